"""Grading: from the folders of an nbgrader course to its gradebook.

Each module imports only those before it::

    names, limits, result, scratch, testcells            what all share
    course → source → notebooks → screen → stage         what is there, and what is to be run
    reaper, refusals → room → sandbox → environment      the walls around a student's code
    task, host → kernel                                  a kernel: started, asked, ended
    verdicts → execute → worker                          a process per submission (`inside`: its kernel)
    warm_kernel, warm_inside, warm_worker                what hosts load before they fork these
    launch → settle, harmless, journal → record → feedback   bytes in, bytes out; then gradebook and folders
    batch → show, lookback → similar, report, export     the coordinator, and what a person sees of it
    cluster                                              what `launch` does, on the workers of a Dask cluster
    attempt                                              one answer, without a gradebook
    doctor                                               what this machine can do

Data passes between them as frozen dataclasses. Only the coordinator touches
the gradebook and the course's folders. Only the kernel, a process of its own,
runs a student's code, and it never decides the score of one of our tests.
"""
