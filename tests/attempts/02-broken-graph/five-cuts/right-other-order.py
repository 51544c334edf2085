diagnoses = {
    "A": {"fault": "py-function-barrier", "variables": ["gain"]},
    "B": {"fault": "numpy-round-trip", "variables": ["log_scale"]},
    "C": {"fault": "assign-in-forward", "variables": ["encoder/bias", "encoder/kernel"]},
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "integer-cast", "variables": ["middle/bias", "middle/kernel", "encoder/kernel", "encoder/bias"]},
}
