diagnoses = {
    "A": {"fault": "forward-outside-tape", "variables": ["encoder/bias", "encoder/kernel"]},
    "B": {"fault": "none", "variables": []},
    "C": {"fault": "unwatched-tensor", "variables": ["head/bias", "encoder/bias"]},
    "D": {"fault": "loss-outside-tape", "variables": ["log_noise"]},
}
