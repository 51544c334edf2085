# takes the freezing in time for a fault
diagnoses = {
    "A": {"fault": "frozen-after-compile", "variables": ["base/kernel", "base/bias"]},
    "B": {"fault": "train-step-drops-gradients", "variables": ["base/kernel", "base/bias"]},
    "C": {"fault": "frozen-after-compile", "variables": ["base/kernel", "base/bias"]},
    "D": {"fault": "missing-training-flag", "variables": ["norm/moving_mean", "norm/moving_variance"]},
    "E": {"fault": "recompiled-late", "variables": ["base/kernel", "base/bias"]},
}
