diagnoses = {part: {"fault": "none", "variables": []} for part in "ABCDEFG"}
