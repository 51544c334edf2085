diagnoses = {
    "A": {"fault": "loss-parameter-missing", "variables": "log_noise"},
    "B": {"fault": "loss-rebuilt-each-step", "variables": "log_noise"},
    "C": {"fault": "none", "variables": ""},
    "D": {"fault": "ignored-layer-losses", "variables": "encoder/kernel"},
    "E": {"fault": "unbounded-loss-parameter", "variables": "strength"},
}
