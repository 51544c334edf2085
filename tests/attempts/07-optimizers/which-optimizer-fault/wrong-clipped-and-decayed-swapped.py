# Two faults that look alike in the table are confused.
diagnoses = {
    "A": {"fault": "decayed-to-nothing", "variables": ["encoder/kernel", "encoder/bias"]},
    "B": {"fault": "none", "variables": []},
    "C": {"fault": "clipped-to-nothing", "variables": ["head/kernel", "head/bias"]},
    "D": {"fault": "tiny-learning-rate", "variables": ["base"]},
    "E": {"fault": "ascending-sign", "variables": ["base"]},
}
