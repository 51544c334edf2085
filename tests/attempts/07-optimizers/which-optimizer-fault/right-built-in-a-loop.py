names = {"A": "clipped-to-nothing", "B": "none", "C": "decayed-to-nothing", "D": "tiny-learning-rate"}
hit = {"A": ["encoder/kernel", "encoder/bias"], "C": ["head/kernel", "head/bias"], "D": ["base"]}
diagnoses = {k: {"fault": names[k], "variables": hit.get(k, [])} for k in names}
diagnoses["E"] = dict(fault="ascending-sign", variables=["base"])
