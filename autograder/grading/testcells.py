"""Recognising a test cell of this package: one call of `check`, and nothing else."""

import ast
from dataclasses import dataclass


@dataclass(frozen=True)
class CheckCall:
    """What ``check("problem", "test", name, ...)`` in a test cell asks for."""

    problem: str
    test: str
    #: The further arguments, as the expressions that the cell has.
    arguments: tuple[str, ...]
    #: The cell itself imports `check` from this package, so that it can be no other.
    imported: bool


def check_call(source: str) -> CheckCall | None:
    """The call that a test cell makes, or ``None`` if the cell is anything else.

    Besides the call there may be comments, a docstring and imports from
    `autograder`.
    """
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    imports = [s for s in statements if _imports_autograder(s)]
    rest = [s for s in statements if s not in imports and not _is_text(s)]
    if len(rest) != 1 or not isinstance(rest[0], ast.Expr) or not isinstance(rest[0].value, ast.Call):
        return None
    call = rest[0].value
    if ast.unparse(call.func) not in (
        "check",
        "autograder.check",
        "checking.check",
        "autograder.checking.check",
    ):
        return None
    if call.keywords or len(call.args) < 2 or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    names = [a.value for a in call.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if len(names) != 2:
        return None
    return CheckCall(names[0], names[1], tuple(ast.unparse(a) for a in call.args[2:]), bool(imports))


def _imports_autograder(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return statement.level == 0 and (statement.module or "").split(".")[0] == "autograder"
    if isinstance(statement, ast.Import):
        return all(alias.name.split(".")[0] == "autograder" for alias in statement.names)
    return False


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )
