# A rate of 1e-9 is not 0.
diagnoses = {
    "A": {"fault": "clipped-to-nothing", "variables": ["encoder/kernel", "encoder/bias"]},
    "B": {"fault": "none", "variables": []},
    "C": {"fault": "decayed-to-nothing", "variables": ["head/kernel", "head/bias"]},
    "D": {"fault": "zero-learning-rate", "variables": ["base"]},
    "E": {"fault": "ascending-sign", "variables": ["base"]},
}
