"""Telling people what was seen and judged, in one vocabulary."""
