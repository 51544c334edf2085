# Two faults are confused with each other.
diagnoses = {
    "A": {"fault": "loss-outside-tape", "variables": ["encoder/kernel", "encoder/bias"]},
    "B": {"fault": "none", "variables": []},
    "C": {"fault": "unwatched-tensor", "variables": ["encoder/bias", "head/bias"]},
    "D": {"fault": "forward-outside-tape", "variables": ["log_noise"]},
}
