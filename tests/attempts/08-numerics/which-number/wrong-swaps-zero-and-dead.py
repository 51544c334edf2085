# Takes each of the two tables with zeros for the other.
diagnoses = {
    "A": {"fault": "too-little-capacity", "variables": []},
    "B": {"fault": "zero-initialised", "variables": ["first/kernel", "first/bias", "last/kernel"]},
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
    "E": {"fault": "dead-relu", "variables": ["first/kernel", "first/bias", "last/kernel"]},
}
