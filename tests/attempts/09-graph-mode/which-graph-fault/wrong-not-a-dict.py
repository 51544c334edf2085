# A list of ids.
diagnoses = [
    "frozen-python-state",
    "update-outside-graph",
    "none",
    "variable-created-in-graph",
    "numpy-in-graph",
]
