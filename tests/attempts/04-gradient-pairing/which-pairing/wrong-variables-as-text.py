diagnoses = {
    "A": {"fault": "exhausted-zip", "variables": "encoder/kernel"},
    "B": {"fault": "unzipped-gradients", "variables": "all"},
    "C": {"fault": "none", "variables": ""},
    "D": {"fault": "reordered-pairs", "variables": "encoder/bias, decoder/bias"},
    "E": {"fault": "trained-a-copy", "variables": "all"},
}
