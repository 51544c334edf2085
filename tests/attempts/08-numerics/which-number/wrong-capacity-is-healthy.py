# Healthy gradients, so nothing is wrong?
diagnoses = {
    "A": {"fault": "none", "variables": []},
    "B": {"fault": "dead-relu", "variables": ["first/kernel", "first/bias", "last/kernel"]},
    "C": {
        "fault": "vanishing-gradient",
        "variables": [
            "part0/kernel",
            "part0/bias",
            "part1/kernel",
            "part1/bias",
            "part2/kernel",
            "part2/bias",
        ],
    },
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "zero-initialised", "variables": ["first/kernel", "first/bias", "last/kernel"]},
}
