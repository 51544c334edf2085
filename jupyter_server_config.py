"""Settings of JupyterLab for this course; `make lab` starts it with them."""

import os
from typing import Any

c = get_config()  # noqa: F821 - Jupyter defines it

# The session opens on the start page, in JupyterLab and in Notebook 7.
c.LabApp.default_url = "/lab/tree/course/index.ipynb"
c.JupyterNotebookApp.default_url = "/notebooks/course/index.ipynb"

# What TensorFlow logs at its start would stand as a red block under the first cell.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# The text sources are saved together with their notebooks (jupytext.toml);
# beside them in the list of files they would only be a second way to open the same.
c.ContentsManager.hide_globs = ["__pycache__", "*.pyc", "*.pyo", ".DS_Store", "*~", "*.nb.py", "*.egg-info"]


def without_news(handler: object, page_config: dict[str, Any]) -> dict[str, Any]:
    """Leave out the part of JupyterLab that asks each newcomer about news."""
    announcements = "@jupyterlab/apputils-extension:announcements"
    disabled = page_config.get("disabledExtensions", [])
    return page_config | {"disabledExtensions": sorted({*disabled, announcements})}


c.ServerApp.tornado_settings = {"page_config_hook": without_news}
