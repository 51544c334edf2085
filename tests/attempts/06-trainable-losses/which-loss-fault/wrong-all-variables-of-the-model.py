every = ["encoder/kernel", "encoder/bias", "head/kernel", "head/bias"]
diagnoses = {
    "A": {"fault": "loss-parameter-missing", "variables": ["log_noise"]},
    "B": {"fault": "loss-rebuilt-each-step", "variables": ["log_noise"]},
    "C": {"fault": "none", "variables": []},
    "D": {"fault": "ignored-layer-losses", "variables": every},
    "E": {"fault": "unbounded-loss-parameter", "variables": [*every, "strength"]},
}
