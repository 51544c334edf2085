# another order of programs and variables
diagnoses = {
    "E": {"fault": "recompiled-late", "variables": ["base/bias", "base/kernel"]},
    "D": {"fault": "missing-training-flag", "variables": ["norm/moving_variance", "norm/moving_mean"]},
    "C": {"fault": "none", "variables": []},
    "B": {"fault": "train-step-drops-gradients", "variables": ["base/bias", "base/kernel"]},
    "A": {"fault": "frozen-after-compile", "variables": ["base/bias", "base/kernel"]},
}
