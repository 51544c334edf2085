# Takes the negative loss of program B for a turned sign.
diagnoses = {
    "A": {"fault": "clipped-to-nothing", "variables": ["encoder/kernel", "encoder/bias"]},
    "B": {"fault": "ascending-sign", "variables": ["encoder/kernel", "encoder/bias", "head/kernel", "head/bias"]},
    "C": {"fault": "decayed-to-nothing", "variables": ["head/kernel", "head/bias"]},
    "D": {"fault": "tiny-learning-rate", "variables": ["base"]},
    "E": {"fault": "ascending-sign", "variables": ["base"]},
}
