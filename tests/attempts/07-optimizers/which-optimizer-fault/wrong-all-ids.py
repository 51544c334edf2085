# Every id for every program.
every = ["clipped-to-nothing", "decayed-to-nothing", "tiny-learning-rate", "ascending-sign", "none"]
diagnoses = {program: {"fault": every, "variables": ["base"]} for program in "ABCDE"}
