# Nothing is wrong anywhere.
diagnoses = {
    "A": {"fault": "none", "variables": []},
    "B": {"fault": "none", "variables": []},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "none", "variables": []},
}
