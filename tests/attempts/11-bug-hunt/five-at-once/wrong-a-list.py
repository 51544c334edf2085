diagnoses = [
    "unscaled-inputs",
    "untracked-variable",
    "unbounded-loss-parameter",
    "decayed-to-nothing",
    "frozen-python-state",
]
