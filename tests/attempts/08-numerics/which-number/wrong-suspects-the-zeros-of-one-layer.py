# A start at zero is harmless in a single layer.
diagnoses = {
    "A": {"fault": "too-little-capacity", "variables": []},
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
    "D": {"fault": "zero-initialised", "variables": ["only/kernel"]},
    "E": {"fault": "zero-initialised", "variables": ["first/kernel", "first/bias", "last/kernel"]},
}
