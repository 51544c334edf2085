# one fault everywhere
diagnoses = {
    "A": {"fault": "recompiled-late", "variables": ["base/kernel", "base/bias"]},
    "B": {"fault": "recompiled-late", "variables": ["base/kernel", "base/bias"]},
    "C": {"fault": "recompiled-late", "variables": []},
    "D": {"fault": "recompiled-late", "variables": ["norm/moving_mean", "norm/moving_variance"]},
    "E": {"fault": "recompiled-late", "variables": ["base/kernel", "base/bias"]},
}
