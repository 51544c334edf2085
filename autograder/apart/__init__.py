"""Judging tests of other courses apart from the student's code.

`wire` is what crosses between the two processes, `student` answers beside the
student's code, `checker` runs the tests. Nothing here knows of notebooks' files,
of kernels or of the gradebook.
"""
