"""What a student was given in an answer cell: noted in its metadata, so that it can be had back anywhere.

nbgrader's checksum tells that an answer was changed. This tells from what. It
holds nothing that the student's notebook does not show when it is handed out.
"""

from collections.abc import MutableMapping
from typing import Any

#: The key of this project in a cell's metadata.
KEY = "autograder"


def note_given(metadata: MutableMapping[str, Any], text: str) -> None:
    """Note in a cell's metadata what its text is when it is handed out."""
    metadata[KEY] = {"given": text}


def given_text(cell: MutableMapping[str, Any]) -> str | None:
    """What a cell held when it was handed out; `None` if that was not noted."""
    noted = cell.get("metadata", {}).get(KEY)
    text = noted.get("given") if isinstance(noted, dict) else None
    return text if isinstance(text, str) else None
