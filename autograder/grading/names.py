"""Names that people typed: compared as people see them, shown so that nothing in them can hide."""

import difflib
import unicodedata
from collections.abc import Iterable


def same(name: str) -> str:
    """A form in which two names that look the same are equal (accents may be written in two ways)."""
    return unicodedata.normalize("NFC", name)


def in_order(name: str) -> tuple[str, str]:
    """A key that sorts names as people do: accents and capitals come second."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.casefold(), name


def shown(name: str) -> str:
    """The name in quotation marks, with control characters and broken characters made visible."""
    visible = "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in name
    )
    return f"‘{visible}’"


def has_control_characters(name: str) -> bool:
    """Whether the name holds a line break, another control character or undecodable bytes."""
    return any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in name)


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name that is most like `name`, or ``None`` if none is much like it."""
    found = difflib.get_close_matches(name.casefold(), [k.casefold() for k in known], 1, cutoff)
    return next((k for k in known if found and k.casefold() == found[0]), None)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """“Did you mean …?”, or the list of what there is."""
    known = list(known)
    near = nearest(name, known)
    if near is not None:
        return f"Did you mean {shown(near)}?"
    return f"There are: {', '.join(sorted(known))}." if known else "There are none yet."


def listed(names: Iterable[str]) -> str:
    """Names in quotation marks, as one says them: ‘a’, ‘b’ and ‘c’."""
    quoted = [shown(name) for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}" if quoted else ""
