diagnoses = {
    "A": {
        "fault": "broadcast-loss",
        "variables": ["hidden/kernel", "hidden/bias", "output/kernel", "output/bias"],
    },
    "B": {"fault": "loss-ignores-prediction", "variables": ["area/kernel", "area/bias"]},
    "C": {"fault": "none", "variables": []},
    "D": {
        "fault": "zero-gradient-op",
        "variables": ["hidden/kernel", "hidden/bias", "output/kernel", "output/bias"],
    },
    "E": {"fault": "hard-mask", "variables": ["smallest"]},
}
