diagnoses = {
    "A": {"fault": "forward-outside-tape", "variables": ["encoder/kernel", "encoder/bias"]},
    "B": {"fault": "none", "variables": []},
    "C": {"fault": "unwatched-tensor", "variables": ["encoder/bias", "head/bias"]},
    "D": {"fault": "loss-outside-tape", "variables": ["log_noise"]},
}
