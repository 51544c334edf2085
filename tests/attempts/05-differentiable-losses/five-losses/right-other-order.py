# The order of the variables does not count.
diagnoses = {
    "A": {
        "fault": "broadcast-loss",
        "variables": ["output/bias", "output/kernel", "hidden/bias", "hidden/kernel"],
    },
    "B": {"fault": "loss-ignores-prediction", "variables": ["area/bias", "area/kernel"]},
    "C": {"fault": "none", "variables": []},
    "D": {
        "fault": "zero-gradient-op",
        "variables": ["hidden/kernel", "hidden/bias", "output/kernel", "output/bias"],
    },
    "E": {"fault": "hard-mask", "variables": ["smallest"]},
}
