# Calls every cut a round trip.
diagnoses = {
    "A": {"fault": "numpy-round-trip", "variables": ["gain"]},
    "B": {"fault": "numpy-round-trip", "variables": ["log_scale"]},
    "C": {"fault": "numpy-round-trip", "variables": ["encoder/kernel", "encoder/bias"]},
    "D": {"fault": "numpy-round-trip", "variables": ["encoder/kernel", "encoder/bias"]},
    "E": {"fault": "numpy-round-trip", "variables": ["encoder/kernel", "encoder/bias", "middle/kernel", "middle/bias"]},
}
