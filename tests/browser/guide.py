"""A page whose commands are executed: a test takes them from the page, so that both cannot drift apart."""

import re
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```(\w+)(?: ([\w-]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A block of code on a page."""

    language: str
    #: A word after the language, for blocks that are not for the course's own folder.
    word: str
    text: str


class Guide:
    """The blocks of a page, by the heading they stand under; counts which were not taken yet."""

    def __init__(self, page: Path):
        self._left: dict[str, list[Block]] = {}
        text = page.read_text(encoding="utf-8")
        for section in re.split(r"^#+ ", text, flags=re.MULTILINE)[1:]:
            heading, _, body = section.partition("\n")
            self._left[heading] = [Block(*(part or "" for part in b)) for b in _BLOCK.findall(body)]

    def take(self, heading: str) -> list[Block]:
        """The blocks under a heading, each only once."""
        return self._left.pop(heading)

    @property
    def left(self) -> list[Block]:
        """What no test has taken."""
        return [block for blocks in self._left.values() for block in blocks]
