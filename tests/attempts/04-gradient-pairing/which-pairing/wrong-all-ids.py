ids = "exhausted-zip, unzipped-gradients, none, reordered-pairs, trained-a-copy"
diagnoses = {p: {"fault": ids, "variables": ["encoder/kernel"]} for p in "ABCDE"}
