diagnoses = {
    "A": {"fault": "?", "variables": []},
    "B": {"fault": "?", "variables": []},
    "C": {"fault": "?", "variables": []},
    "D": {"fault": "?", "variables": []},
    "E": {"fault": "?", "variables": []},
}
