everything = ["encoder/kernel", "encoder/bias", "decoder/kernel", "decoder/bias"]
diagnoses = {
    "A": {"fault": "exhausted-zip", "variables": ["encoder/bias", "decoder/kernel", "decoder/bias"]},
    "B": {"fault": "unzipped-gradients", "variables": everything},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "reordered-pairs", "variables": ["encoder/kernel", "decoder/kernel"]},
    "E": {"fault": "trained-a-copy", "variables": everything},
}
