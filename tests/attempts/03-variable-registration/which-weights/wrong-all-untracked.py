# One guess for everything.
diagnoses = {
    "A": {"fault": "untracked-variable", "variables": ["baseline.mean", "baseline.per_film"]},
    "B": {"fault": "untracked-variable", "variables": ["films/embeddings"]},
    "C": {"fault": "untracked-variable", "variables": ["steps"]},
    "D": {"fault": "untracked-variable", "variables": ["popularity"]},
    "E": {"fault": "untracked-variable", "variables": ["average", "slope"]},
}
