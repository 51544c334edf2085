# Where nothing moves, "not applied"; where one is missing, "truncated".
everything = ["encoder/kernel", "encoder/bias", "decoder/kernel", "decoder/bias"]
diagnoses = {
    "A": {"fault": "truncated-pairs", "variables": ["encoder/kernel"]},
    "B": {"fault": "gradients-not-applied", "variables": everything},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "reordered-pairs", "variables": ["encoder/bias", "decoder/bias"]},
    "E": {"fault": "incomplete-variable-list", "variables": everything},
}
