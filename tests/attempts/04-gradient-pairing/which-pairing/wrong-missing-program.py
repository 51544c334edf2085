everything = ["encoder/kernel", "encoder/bias", "decoder/kernel", "decoder/bias"]
diagnoses = {
    "A": {"fault": "exhausted-zip", "variables": ["encoder/kernel"]},
    "B": {"fault": "unzipped-gradients", "variables": everything},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "reordered-pairs", "variables": ["encoder/bias", "decoder/bias"]},
}
