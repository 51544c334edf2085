# Both are None in the table; their causes are confused.
diagnoses = {
    "A": {"fault": "untracked-variable", "variables": ["baseline.mean", "baseline.per_film"]},
    "B": {"fault": "integer-variable", "variables": ["films/embeddings"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "frozen-variable", "variables": ["popularity"]},
    "E": {"fault": "rebound-variable", "variables": ["average", "slope"]},
}
