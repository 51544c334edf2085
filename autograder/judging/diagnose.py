"""From a history to findings: every rule in order, causes before their symptoms."""

import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterable

from autograder.judging import rules
from autograder.judging.history import Finding, History
from autograder.judging.phases import phases_of
from autograder.observing import events as ev

Rule = Callable[[History, tuple[Finding, ...]], list[Finding]]

#: Families in the order in which they are tried; a family that is not named here comes last, by name.
#: What ended the program or cut a path comes first (tapes, broken graphs, registration, pairing),
#: then what a graph or `fit` does to a step that is sound by itself, then losses. Numbers come last:
#: NaN or a loss that stands still has many causes, and only what no earlier family explains is theirs.
#: Spoiled numbers come before optimizers, because a rate is too large only for numbers that are sane.
ORDER = (
    "tape_scope",
    "broken_graph",
    "registration",
    "pairing",
    "graph_mode",
    "keras_fit",
    "losses",
    "trainable_losses",
    "not_finite",
    "silent_units",
    "numerics",
    "capacity",
    "optimizers",
    "direction",
)

#: What a fault looks like. Two faults with the same look compete for the same variables.
_LOOKS = {
    "none": (
        "forward-outside-tape",
        "loss-outside-tape",
        "unwatched-tensor",
        "numpy-round-trip",
        "py-function-barrier",
        "integer-cast",
        "stop-gradient",
        "assign-in-forward",
        "not-a-variable",
        "rebound-variable",
        "integer-variable",
        "non-differentiable-op",
        "loss-ignores-prediction",
    ),
    "zero": ("zero-gradient-op", "hard-mask", "zero-initialised", "dead-relu"),
    "unmoved": (
        "untracked-variable",
        "frozen-variable",
        "gradients-not-applied",
        "truncated-pairs",
        "incomplete-variable-list",
        "trained-a-copy",
        "loss-parameter-missing",
        "zero-learning-rate",
        "tiny-learning-rate",
        "decayed-to-nothing",
        "clipped-to-nothing",
        "vanishing-gradient",
        "frozen-after-compile",
        "recompiled-late",
        "train-step-drops-gradients",
        "update-outside-graph",
        "frozen-python-state",
    ),
    "nan": ("log-of-zero", "nan-in-unused-branch", "nan-in-data"),
    "diverging": (
        "reordered-pairs",
        "unbounded-loss-parameter",
        "huge-learning-rate",
        "ascending-sign",
        "exploding-gradient",
        "sum-instead-of-mean",
        "unscaled-inputs",
    ),
    "level": ("too-little-capacity",),
}
#: Faults that are told by how a loss goes, which has to be one and the same.
_BY_PHASE = (
    "too-little-capacity",
    "ascending-sign",
    "huge-learning-rate",
    "exploding-gradient",
    "sum-instead-of-mean",
    "unscaled-inputs",
    "tiny-learning-rate",
    "clipped-to-nothing",
)
_LOOK = {fault: look for look, faults in _LOOKS.items() for fault in faults}

#: What a fault of one look also leads to, so that a later finding of that look is no news.
_EXPLAINS = {
    "none": ("none", "zero", "unmoved"),
    "zero": ("zero", "none", "unmoved", "level"),
    "unmoved": ("unmoved", "level"),
    "nan": ("nan", "diverging"),
    "diverging": ("diverging", "nan", "level"),
    "level": ("level",),
}


def all_rules() -> list[tuple[str, Rule]]:
    """(fault id, rule) of every family, in the order in which they are tried."""
    names = [module.name for module in pkgutil.iter_modules(rules.__path__)]
    names.sort(key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
    found: list[tuple[str, Rule]] = []
    for name in names:
        module = importlib.import_module(f"{rules.__name__}.{name}")
        found += getattr(module, "RULES", ())
    return found


def diagnose(
    history: History, chosen: Iterable[tuple[str, Rule]] | None = None, strict: bool = False
) -> list[Finding]:
    """What is wrong, causes first.

    A rule that fails is left out with a logged warning, so that a program of a
    kind that nobody thought of still gets the other rules' findings.

    Args:
        chosen: rules to try; all of them if not given.
        strict: let a failing rule's exception through, for tests.
    """
    findings: tuple[Finding, ...] = ()
    for fault, rule in all_rules() if chosen is None else chosen:
        try:
            parts = phases_of(history) if fault in _BY_PHASE else [history]
            found = [finding for part in parts for finding in rule(part, findings)]
        except Exception:
            if strict:
                raise
            logging.getLogger(__name__).warning("The rule for %s failed.", fault, exc_info=True)
            continue
        for finding in found:
            if fault in _ROOTS and _chosen_by_python(history):
                findings = tuple(f for f in findings if not _is_consequence(f, finding))
            if not any(explains(earlier, finding) for earlier in findings):
                findings = (*findings, finding)
    return list(findings)


#: Faults that are the reason for what an earlier family saw in the graph.
_ROOTS = ("frozen-python-state",)


def _chosen_by_python(history: History) -> bool:
    return any(event.switches for event in history.events(ev.PythonChanged))


def _is_consequence(earlier: Finding, root: Finding) -> bool:
    """Whether a path that is cut, or a variable that stands, is what a value that a graph froze asked for."""
    same = set(earlier.variables) <= set(root.variables)
    return bool(earlier.variables) and same and _LOOK.get(earlier.fault) in ("none", "unmoved")


def explains(earlier: Finding, later: Finding) -> bool:
    """Whether an earlier finding leaves nothing new for a later one to say.

    It does when it hits all the same variables and leads to the same look, or
    when it is the same fault again at the same line.
    """
    if earlier.fault == later.fault:
        return earlier.place == later.place and set(later.variables) <= set(earlier.variables)
    if not later.variables or not set(later.variables) <= set(earlier.variables):
        return False
    look = _LOOK.get(earlier.fault, "")
    return _LOOK.get(later.fault) in _EXPLAINS.get(look, ())
