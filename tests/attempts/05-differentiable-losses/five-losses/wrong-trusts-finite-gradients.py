# All gradients of A are finite, so A must be healthy.
diagnoses = {
    "A": {"fault": "none", "variables": []},
    "B": {"fault": "loss-ignores-prediction", "variables": ["area/kernel", "area/bias"]},
    "C": {"fault": "none", "variables": []},
    "D": {
        "fault": "zero-gradient-op",
        "variables": ["hidden/kernel", "hidden/bias", "output/kernel", "output/bias"],
    },
    "E": {"fault": "hard-mask", "variables": ["smallest"]},
}
