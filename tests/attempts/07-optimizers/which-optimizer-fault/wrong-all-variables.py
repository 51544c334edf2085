# The faults are right, and every variable of each program is blamed.
diagnoses = {
    "A": {"fault": "clipped-to-nothing", "variables": ["encoder/kernel", "encoder/bias", "head/kernel", "head/bias"]},
    "B": {"fault": "none", "variables": []},
    "C": {"fault": "decayed-to-nothing", "variables": ["encoder/kernel", "encoder/bias", "head/kernel", "head/bias"]},
    "D": {"fault": "tiny-learning-rate", "variables": ["base", "effects"]},
    "E": {"fault": "ascending-sign", "variables": ["base", "effects"]},
}
