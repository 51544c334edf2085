# Reading and writing mixed up.
diagnoses = {
    "A": {"fault": "update-outside-graph", "variables": ["filters/kernel", "filters/bias"]},
    "B": {"fault": "frozen-python-state", "variables": ["threshold"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "variable-created-in-graph", "variables": ["right/kernel", "right/bias"]},
    "E": {"fault": "numpy-in-graph", "variables": ["branch-0", "branch-1"]},
}
