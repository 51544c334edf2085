# Takes the thawed table for a list that was read too early.
diagnoses = {
    "A": {"fault": "untracked-variable", "variables": ["baseline.mean", "baseline.per_film"]},
    "B": {"fault": "variables-read-before-build", "variables": ["films/embeddings"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "integer-variable", "variables": ["popularity"]},
    "E": {"fault": "rebound-variable", "variables": ["average", "slope"]},
}
