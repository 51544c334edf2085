# One id for everything.
diagnoses = dict.fromkeys(
    "ABCDE", {"fault": "vanishing-gradient", "variables": ["part0/kernel", "part0/bias"]}
)
