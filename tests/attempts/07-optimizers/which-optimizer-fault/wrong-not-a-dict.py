# A list of ids instead of the form that is asked for.
diagnoses = ["clipped-to-nothing", "none", "decayed-to-nothing", "tiny-learning-rate", "ascending-sign"]
