diagnoses = {
    "A": {"fault": "vanishing-gradient", "variables": ['strokes.kernel', 'strokes/bias']},
    "B": {"fault": "untracked-variable", "variables": ['strokes.kernel']},
    "C": {"fault": "unbounded-loss-parameter", "variables": ['weight']},
    "D": {"fault": "none", "variables": []},
    "E": {"fault": "clipped-to-nothing", "variables": ['all']},
    "F": {"fault": "frozen-python-state", "variables": ['strokes.kernel', 'strokes/bias', 'mix/kernel', 'mix/bias']},
    "G": {"fault": "none", "variables": []},
}
