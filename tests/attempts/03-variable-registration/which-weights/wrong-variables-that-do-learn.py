# Right ids with the variables that move.
diagnoses = {
    "A": {"fault": "untracked-variable", "variables": ["people/embeddings", "films/embeddings"]},
    "B": {"fault": "frozen-variable", "variables": ["people/embeddings"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "integer-variable", "variables": ["average"]},
    "E": {"fault": "rebound-variable", "variables": ["people/embeddings", "films/embeddings"]},
}
