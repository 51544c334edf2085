"""Which earlier answers an answer builds on."""

import ast
from collections.abc import Mapping


def built_on(answer: str, earlier: Mapping[str, str]) -> set[str]:
    """The names of those earlier answers that define something which `answer` uses, or one of these does.

    `earlier` maps names to texts, in the order of the notebook. A text that is
    no Python defines and uses nothing.
    """
    wanted, _ = _used_and_defined(answer)
    found = set()
    for name, text in reversed(earlier.items()):
        used, defined = _used_and_defined(text)
        if wanted & defined:
            found.add(name)
            wanted = (wanted - defined) | used
    return found


def _used_and_defined(text: str) -> tuple[set[str], set[str]]:
    """The names that a cell expects to find, and those that it leaves behind."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return set(), set()
    defined: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            defined.add(statement.name)
        else:
            defined |= {
                node.id
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
    loaded = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    return loaded - defined, defined
