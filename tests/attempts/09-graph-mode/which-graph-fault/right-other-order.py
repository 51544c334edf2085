# Another order of programs and of variables.
diagnoses = {
    "E": {"fault": "numpy-in-graph", "variables": ["branch-1", "branch-0"]},
    "D": {"fault": "variable-created-in-graph", "variables": ["right/bias", "right/kernel"]},
    "C": {"fault": "none", "variables": []},
    "B": {"fault": "update-outside-graph", "variables": ["threshold"]},
    "A": {"fault": "frozen-python-state", "variables": ["filters/bias", "filters/kernel"]},
}
