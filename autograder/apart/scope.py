"""What can be told of a cell from its text: the names that it assigns, and whether it can be judged apart."""

import ast
import builtins
from collections.abc import Iterable

#: Names and attributes → what a test wants with them. None of it can be had apart from the student's code.
_NEEDS = {
    "the notebook itself": ("get_ipython", "In", "Out", "_", "__", "___", "_i", "_ii", "_iii", "_ih", "_oh"),
    "the names that there are": ("globals", "locals", "vars", "dir"),
    "the student's plots": ("gcf", "gca", "get_fignums", "get_figlabels"),
    "the text or the frames of the student's code": (
        "inspect", "getsource", "getsourcelines", "getfullargspec", "signature", "__code__", "__closure__",
        "_getframe", "dis", "traceback", "settrace", "setprofile", "tracemalloc",
    ),
    "to replace something in the student's process": (
        "input", "mock", "MagicMock", "monkeypatch", "builtins", "__builtins__", "environ", "putenv",
    ),
    "files that the student's code has written": (
        "exists", "isfile", "isdir", "is_file", "is_dir", "listdir", "scandir", "glob", "iglob", "rglob",
        "iterdir", "getsize",
    ),
    "the same random numbers there": ("set_seed", "manual_seed", "set_random_seed", "set_state", "setstate"),
    "other processes": ("subprocess", "popen", "multiprocessing"),
}  # fmt: skip
_WANTED = {word: what for what, words in _NEEDS.items() for word in words}
_PLAIN_KINDS = ("int", "float", "str", "bool", "list", "tuple", "dict", "set", "bytes", "complex", "type")


def parsed(source: str) -> ast.Module | None:
    """A cell as a program; ``None`` if it is none, such as with magics."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def assigned(tree: ast.AST) -> set[str]:
    """The names that a program assigns at its outermost level."""
    found: set[str] = set()
    for node in _outermost(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return found


def _outermost(tree: ast.AST) -> Iterable[ast.AST]:
    """All nodes that are not inside a function, a class or a comprehension."""
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    inner += (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, inner):
            waiting.extend(ast.iter_child_nodes(node))


def imports(sources: Iterable[str]) -> str:
    """The import statements at the outermost level of cells, as one program."""
    lines: dict[str, None] = {}
    for source in sources:
        code = "\n".join(line for line in source.split("\n") if not line.lstrip().startswith(("%", "!")))
        tree = parsed(code)
        for statement in tree.body if tree is not None else []:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                lines[ast.unparse(statement)] = None
    return "\n".join(lines)


def answers(sources: Iterable[str]) -> tuple[str, ...]:
    """The names that answer cells assign: what tests ask the student for. Imports are none."""
    found: set[str] = set()
    for source in sources:
        tree = parsed(source)
        if tree is not None:
            body = [s for s in tree.body if not isinstance(s, ast.Import | ast.ImportFrom)]
            found |= assigned(ast.Module(body, []))
    return tuple(sorted(found))


def functions(sources: Iterable[str]) -> tuple[str, ...]:
    """The functions that cells define at their outermost level."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    trees = [tree for source in sources if (tree := parsed(source)) is not None]
    return tuple(sorted({s.name for tree in trees for s in tree.body if isinstance(s, kinds)}))


def seeds(source: str) -> bool:
    """Whether a test seeds the common stream of random numbers of `random` or of NumPy."""
    tree = parsed(source)
    nodes = ast.walk(tree) if tree is not None else ()
    return any(getattr(node, "id", getattr(node, "attr", "")) == "seed" for node in nodes)


def why_not_apart(source: str) -> str | None:
    """Why a test cell cannot be judged apart from the student's code; ``None`` if its text does not say so.

    It completes “The test …”.
    """
    tree = parsed(source)
    if tree is None:
        return "is no plain Python program, or has magics"
    for node in ast.walk(tree):
        words: list[str] = []
        if isinstance(node, ast.Name):
            if node.id == "_" and not isinstance(node.ctx, ast.Load):
                continue
            words = [node.id]
        elif isinstance(node, ast.Attribute):
            words = [node.attr]
        elif isinstance(node, ast.Import | ast.ImportFrom):
            words = [part for alias in node.names for part in alias.name.split(".")]
            words += (getattr(node, "module", None) or "").split(".")
        elif isinstance(node, ast.Compare) and _compares_identity(node):
            return "asks whether two things are the same object (“is”)"
        for word in words:
            if word in _WANTED:
                return f"uses ‘{word}’, so it needs {_WANTED[word]}"
    return None


def _compares_identity(node: ast.Compare) -> bool:
    if not any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
        return False
    sides = [node.left, *node.comparators]
    return not any(isinstance(side, ast.Constant) or _is_plain_kind(side) for side in sides)


def _is_plain_kind(side: ast.AST) -> bool:
    return isinstance(side, ast.Name) and side.id in _PLAIN_KINDS and hasattr(builtins, side.id)
