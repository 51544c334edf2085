everything = ["encoder/kernel", "encoder/bias", "decoder/kernel", "decoder/bias"]
diagnoses = {p: {"fault": "trained-a-copy", "variables": everything} for p in "ABCDE"}
