# for D names what does learn
diagnoses = {
    "A": {"fault": "frozen-after-compile", "variables": ["base/kernel", "base/bias"]},
    "B": {"fault": "train-step-drops-gradients", "variables": ["base/kernel", "base/bias"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "missing-training-flag", "variables": ["norm/gamma", "norm/beta"]},
    "E": {"fault": "recompiled-late", "variables": ["base/kernel", "base/bias"]},
}
