# Takes the NumPy preprocessing of program B for a fault.
diagnoses = {
    "A": {"fault": "forward-outside-tape", "variables": ["encoder/kernel", "encoder/bias"]},
    "B": {"fault": "forward-outside-tape", "variables": ["encoder/kernel", "encoder/bias"]},
    "C": {"fault": "unwatched-tensor", "variables": ["encoder/bias", "head/bias"]},
    "D": {"fault": "loss-outside-tape", "variables": ["log_noise"]},
}
