diagnoses = {
    "A": {"fault": "clipped-to-nothing", "variables": ["encoder/kernel", "encoder/bias"]},
    "B": {"fault": "none", "variables": []},
    "C": {"fault": "decayed-to-nothing", "variables": ["head/kernel", "head/bias"]},
    "D": {"fault": "tiny-learning-rate", "variables": ["base"]},
    "E": {"fault": "ascending-sign", "variables": ["base"]},
}
