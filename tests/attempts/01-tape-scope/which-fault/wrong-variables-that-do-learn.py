# Faults are right, but the lists hold the variables that do learn.
diagnoses = {
    "A": {"fault": "forward-outside-tape", "variables": ["head/kernel", "head/bias"]},
    "B": {"fault": "none", "variables": []},
    "C": {"fault": "unwatched-tensor", "variables": ["encoder/kernel", "head/kernel"]},
    "D": {"fault": "loss-outside-tape", "variables": ["weight"]},
}
