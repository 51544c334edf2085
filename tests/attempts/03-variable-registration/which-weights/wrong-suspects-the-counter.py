# Takes the step counter of the healthy program for a frozen weight.
diagnoses = {
    "A": {"fault": "untracked-variable", "variables": ["baseline.mean", "baseline.per_film"]},
    "B": {"fault": "frozen-variable", "variables": ["films/embeddings"]},
    "C": {"fault": "frozen-variable", "variables": ["steps"]},
    "D": {"fault": "integer-variable", "variables": ["popularity"]},
    "E": {"fault": "rebound-variable", "variables": ["average", "slope"]},
}
