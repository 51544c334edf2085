ids = ["loss-parameter-missing", "loss-rebuilt-each-step", "unbounded-loss-parameter", "ignored-layer-losses"]
names = ["log_noise", "strength", "encoder/kernel"]
diagnoses = {program: {"fault": ids, "variables": names} for program in "ABCDE"}
