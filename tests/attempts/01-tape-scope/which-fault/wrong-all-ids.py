# Every id for every program.
every = ["forward-outside-tape", "loss-outside-tape", "unwatched-tensor", "tape-used-twice", "none"]
names = ["encoder/kernel", "encoder/bias", "head/kernel", "head/bias", "weight", "log_noise"]
diagnoses = {program: {"fault": every, "variables": names} for program in "ABCD"}
