diagnoses = {program: {"fault": "none", "variables": []} for program in "ABCDE"}
