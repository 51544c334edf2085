diagnoses = {program: {"fault": "loss-parameter-missing", "variables": ["log_noise"]} for program in "ABCDE"}
