# Names every variable of the program, also those that train.
diagnoses = {
    "A": {"fault": "py-function-barrier", "variables": ["gain"]},
    "B": {"fault": "numpy-round-trip", "variables": ["log_scale"]},
    "C": {"fault": "assign-in-forward", "variables": ["encoder/kernel", "encoder/bias", "middle/kernel", "middle/bias", "head/kernel", "head/bias"]},
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "integer-cast", "variables": ["encoder/kernel", "encoder/bias", "middle/kernel", "middle/bias"]},
}
