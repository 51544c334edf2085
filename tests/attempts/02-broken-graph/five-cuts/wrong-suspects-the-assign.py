# Takes a variable that is read in the target only for a fault.
diagnoses = {
    "A": {"fault": "py-function-barrier", "variables": ["gain"]},
    "B": {"fault": "numpy-round-trip", "variables": ["log_scale"]},
    "C": {"fault": "assign-in-forward", "variables": ["encoder/kernel", "encoder/bias"]},
    "D": {"fault": "assign-in-forward", "variables": ["encoder/kernel", "encoder/bias", "middle/kernel", "middle/bias"]},
    "E": {"fault": "integer-cast", "variables": ["encoder/kernel", "encoder/bias", "middle/kernel", "middle/bias"]},
}
