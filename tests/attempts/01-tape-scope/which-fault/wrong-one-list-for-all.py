# One guess for everything.
diagnoses = dict.fromkeys("ABCD", {"fault": "unwatched-tensor", "variables": ["encoder/bias", "head/bias"]})
