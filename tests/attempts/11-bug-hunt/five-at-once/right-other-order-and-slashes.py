first_layers = [f"{layer}/{kind}" for layer in ("mix", "strokes") for kind in ("bias", "kernel")]
diagnoses = {part: {"fault": "none", "variables": []} for part in "DG"}
diagnoses["F"] = {"fault": "frozen-python-state", "variables": first_layers}
diagnoses["E"] = {"fault": "decayed-to-nothing", "variables": ["all"]}
diagnoses["C"] = {"fault": "unbounded-loss-parameter", "variables": ["weight"]}
diagnoses["B"] = {"fault": "untracked-variable", "variables": ["strokes/kernel"]}
diagnoses["A"] = {"fault": "unscaled-inputs", "variables": ["all"]}
