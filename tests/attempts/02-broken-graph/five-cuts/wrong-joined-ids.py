# All ids in one text.
every = "numpy-round-trip, py-function-barrier, integer-cast, stop-gradient, assign-in-forward, none"
diagnoses = dict.fromkeys("ABCDE", {"fault": every, "variables": ["encoder/kernel", "encoder/bias"]})
