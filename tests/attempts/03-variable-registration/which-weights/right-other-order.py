# The order of the variables does not matter.
diagnoses = {
    "A": {"fault": "untracked-variable", "variables": ["baseline.per_film", "baseline.mean"]},
    "B": {"fault": "frozen-variable", "variables": ["films/embeddings"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "integer-variable", "variables": ["popularity"]},
    "E": {"fault": "rebound-variable", "variables": ["slope", "average"]},
}
