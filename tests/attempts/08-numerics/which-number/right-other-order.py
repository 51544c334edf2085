diagnoses = {
    "A": {"fault": "too-little-capacity", "variables": []},
    "B": {"fault": "dead-relu", "variables": ["last/kernel", "first/bias", "first/kernel"]},
    "C": {
        "fault": "vanishing-gradient",
        "variables": [
            "part2/bias",
            "part1/bias",
            "part0/bias",
            "part2/kernel",
            "part1/kernel",
            "part0/kernel",
        ],
    },
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "zero-initialised", "variables": ["first/kernel", "first/bias", "last/kernel"]},
}
