diagnoses = {
    "A": {"fault": "unscaled-inputs", "variables": ['all']},
    "B": {"fault": "untracked-variable", "variables": ['strokes.kernel']},
    "C": {"fault": "unbounded-loss-parameter", "variables": ['weight']},
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "decayed-to-nothing", "variables": ['all']},
    "F": {"fault": "frozen-python-state", "variables": ['strokes/bias', 'mix/kernel', 'mix/bias']},
    "G": {"fault": "none", "variables": []},
}
