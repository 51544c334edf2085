"""Why won't it learn? Diagnosis, judging and grading of TensorFlow training steps."""

from typing import Any

_HOMES = {
    "chart": "autograder.telling.chart",
    "check": "autograder.checking",
    "check_notebook": "autograder.notebook",
    "claim": "autograder.telling.lesson",
    "diagnose": "autograder.diagnosis",
    "draw_path": "autograder.telling.path",
    "hint": "autograder.telling.lesson",
    "observe": "autograder.observing",
    "progress": "autograder.notebook",
    "reset": "autograder.notebook",
    "reveal": "autograder.telling.lesson",
    "show": "autograder.telling.show",
    "solution": "autograder.notebook",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Import a public function when it is first used, so that `import autograder` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)


def load_ipython_extension(shell: Any) -> None:
    """Register the cell magic `%%diagnose`; `%load_ext autograder` calls this."""
    from autograder.magic import load_ipython_extension as load

    load(shell)
