diagnoses = {
    "A": {"fault": "untracked-variable", "variables": ["baseline.mean", "baseline.per_film"]},
    "B": {"fault": "frozen-variable", "variables": ["films/embeddings"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "integer-variable", "variables": ["popularity"]},
    "E": {"fault": "rebound-variable", "variables": ["average", "slope"]},
}
