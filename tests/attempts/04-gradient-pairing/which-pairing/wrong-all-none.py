diagnoses = {p: {"fault": "none", "variables": []} for p in "ABCDE"}
