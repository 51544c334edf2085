# Names what lies behind each cut instead of what lies before it.
diagnoses = {
    "A": {"fault": "py-function-barrier", "variables": ["weight"]},
    "B": {"fault": "numpy-round-trip", "variables": ["log_scale"]},
    "C": {"fault": "assign-in-forward", "variables": ["middle/kernel", "middle/bias", "head/kernel", "head/bias"]},
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "integer-cast", "variables": ["head/kernel", "head/bias"]},
}
