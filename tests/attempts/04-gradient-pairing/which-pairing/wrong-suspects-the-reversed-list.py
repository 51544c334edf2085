# C pairs consistently in a reversed order: nothing is wrong with that.
everything = ["encoder/kernel", "encoder/bias", "decoder/kernel", "decoder/bias"]
diagnoses = {
    "A": {"fault": "exhausted-zip", "variables": ["encoder/kernel"]},
    "B": {"fault": "unzipped-gradients", "variables": everything},
    "C": {"fault": "reordered-pairs", "variables": everything},
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "trained-a-copy", "variables": everything},
}
