"""Watching what a training step does to its variables. The only part that touches a learner's objects."""

from autograder.observing.observation import Failure, Observation, VariableObservation
from autograder.observing.observer import observe

__all__ = ["Failure", "Observation", "VariableObservation", "observe"]
