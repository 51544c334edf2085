# Names the last layer before the cut only.
diagnoses = {
    "A": {"fault": "py-function-barrier", "variables": ["gain"]},
    "B": {"fault": "numpy-round-trip", "variables": ["log_scale"]},
    "C": {"fault": "assign-in-forward", "variables": ["encoder/kernel", "encoder/bias"]},
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "integer-cast", "variables": ["middle/kernel", "middle/bias"]},
}
