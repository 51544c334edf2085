# NumPy in a graph is suspected wherever it stands.
diagnoses = {
    "A": {"fault": "frozen-python-state", "variables": ["filters/kernel", "filters/bias"]},
    "B": {"fault": "update-outside-graph", "variables": ["threshold"]},
    "C": {"fault": "numpy-in-graph", "variables": ["filters/kernel"]},
    "D": {"fault": "variable-created-in-graph", "variables": ["right/kernel", "right/bias"]},
    "E": {"fault": "numpy-in-graph", "variables": ["branch-0", "branch-1"]},
}
