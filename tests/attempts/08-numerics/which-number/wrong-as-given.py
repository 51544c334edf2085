# The program as it was given.
diagnoses = {
    "A": {"fault": "?", "variables": []},
    "B": {"fault": "?", "variables": []},
    "C": {"fault": "?", "variables": []},
    "D": {"fault": "?", "variables": []},
    "E": {"fault": "?", "variables": []},
}
