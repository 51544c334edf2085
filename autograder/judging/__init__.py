"""Judging observations: pure functions of plain data, without TensorFlow and without notebooks."""
