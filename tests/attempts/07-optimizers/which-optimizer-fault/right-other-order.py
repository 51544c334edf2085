diagnoses = {
    "E": {"fault": "ascending-sign", "variables": ["base"]},
    "D": {"fault": "tiny-learning-rate", "variables": ["base"]},
    "C": {"fault": "decayed-to-nothing", "variables": ["head/bias", "head/kernel"]},
    "B": {"fault": "none", "variables": []},
    "A": {"fault": "clipped-to-nothing", "variables": ["encoder/bias", "encoder/kernel"]},
}
