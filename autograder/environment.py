"""The environment that this Python belongs to."""

import os
import sys
from pathlib import Path


def put_tools_on_path() -> None:
    """Make the environment's commands findable for this process and its children.

    nbgrader starts `alembic` by name to make a gradebook, which fails where
    the environment's folder of commands is not on the PATH.
    """
    folder = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", os.defpath)
    if folder not in path.split(os.pathsep):
        os.environ["PATH"] = folder + os.pathsep + path
