# Forgets the biases.
diagnoses = {
    "A": {"fault": "too-little-capacity", "variables": []},
    "B": {"fault": "dead-relu", "variables": ["first/kernel", "last/kernel"]},
    "C": {"fault": "vanishing-gradient", "variables": ["part0/kernel", "part1/kernel", "part2/kernel"]},
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "zero-initialised", "variables": ["first/kernel", "last/kernel"]},
}
