# Names all layers of the deep stack.
diagnoses = {
    "A": {"fault": "too-little-capacity", "variables": []},
    "B": {"fault": "dead-relu", "variables": ["first/kernel", "first/bias", "last/kernel"]},
    "C": {
        "fault": "vanishing-gradient",
        "variables": [f"part{i}/{n}" for i in range(7) for n in ("kernel", "bias")],
    },
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "zero-initialised", "variables": ["first/kernel", "first/bias", "last/kernel"]},
}
