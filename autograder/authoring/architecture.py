"""The picture of the package, ``course/images/architecture.svg``, drawn from its imports.

A box is a subpackage, or a module that stands beside them; what only holds words
and small tools for all others is left out. An arrow means "imports"; one that
follows from others is not drawn.
"""

import ast
import html
import textwrap
from dataclasses import dataclass
from pathlib import Path

PICTURE = Path("course/images/architecture.svg")
PACKAGE = "autograder"

#: Small modules that everything may use; they use nothing of the package.
SHARED = frozenset({"data", "environment", "faults", "plain", "running", "sentences"})
#: Doors that only lead on.
_DOORS = frozenset({"__init__", "__main__"})

_WIDTH, _BOX_HEIGHT, _GAP, _SIDE = 760, 62, 30, 24
#: Room at the right, for arrows that pass by other boxes.
_MARGIN = 30
#: An image file has no page whose text colour it could take, so it asks for the reader's theme.
_STYLE = "<style>svg{color:#1f2328}@media(prefers-color-scheme:dark){svg{color:#e6edf3}}</style>"

#: Who imports whom, by name.
Graph = dict[str, set[str]]


@dataclass(frozen=True)
class Box:
    """A part of the package, and what its docstring says that it is."""

    name: str
    purpose: str


def boxes(root: Path) -> list[Box]:
    """All parts, by name."""
    found = []
    for path in sorted((root / PACKAGE).iterdir()):
        file = path / "__init__.py" if path.is_dir() else path
        if file.suffix == ".py" and file.is_file() and path.stem not in SHARED | _DOORS:
            said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
            found.append(Box(path.stem, said.split("\n\n")[0].replace("\n", " ")))
    return found


def imports(root: Path) -> Graph:
    """Which part imports which, wherever in a file; imports for type checkers do not run, and don't count."""
    names = {box.name for box in boxes(root)}
    graph: Graph = {name: set() for name in names}
    for file in (root / PACKAGE).rglob("*.py"):
        part = file.relative_to(root / PACKAGE).parts[0].removesuffix(".py")
        if part in names:
            tree = _Runs().visit(ast.parse(file.read_text(encoding="utf-8")))
            graph[part] |= (_imported(tree) & names) - {part}
    return graph


class _Runs(ast.NodeTransformer):
    """Leaves out what stands under ``if TYPE_CHECKING``."""

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return node.orelse
        return self.generic_visit(node)


def _imported(tree: ast.AST) -> set[str]:
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
            modules |= {f"{PACKAGE}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module)
    return {name.split(".")[1] for name in modules if name.startswith(f"{PACKAGE}.")}


def reached(graph: Graph, start: str) -> set[str]:
    """Everything that a part imports, directly or by others."""
    found: set[str] = set()
    left = list(graph[start])
    while left:
        part = left.pop()
        if part not in found:
            found.add(part)
            left += graph[part]
    return found


def arrows(graph: Graph) -> list[tuple[str, str]]:
    """The imports that do not follow from others."""
    return sorted(
        (part, other)
        for part in graph
        for other in graph[part]
        if not any(other in reached(graph, between) for between in graph[part] - {other})
    )


def rows(graph: Graph) -> list[list[str]]:
    """The parts from top to bottom: each above all that it imports."""
    depth: dict[str, int] = {}

    def down(part: str) -> int:
        if part not in depth:
            depth[part] = 1 + max((down(other) for other in graph[part]), default=-1)
        return depth[part]

    height = max(map(down, graph))
    return [sorted(part for part in graph if depth[part] == level) for level in range(height, -1, -1)]


def draw(root: Path) -> str:
    """The picture as SVG text. Raises `RecursionError` if two parts import each other."""
    graph, purposes = imports(root), {box.name: box.purpose for box in boxes(root)}
    levels = rows(graph)
    level_of = {name: level for level, names in enumerate(levels) for name in names}
    far = {arrow for arrow in arrows(graph) if level_of[arrow[1]] - level_of[arrow[0]] > 1}
    height = len(levels) * (_BOX_HEIGHT + _GAP) - _GAP + 2 * _SIDE
    places: dict[str, tuple[float, float, float]] = {}
    parts = []
    for level, names in enumerate(levels):
        width = (_WIDTH - _MARGIN - _SIDE * (len(names) + 1)) / len(names)
        # A box with an arrow that passes by others stands at the right, where there is room for it.
        for index, name in enumerate(sorted(names, key=lambda n: any(n in arrow for arrow in far))):
            x, y = _SIDE + index * (width + _SIDE), _SIDE + level * (_BOX_HEIGHT + _GAP)
            places[name] = x, y, width
            parts.append(_box(name, purposes[name], *places[name]))
    for start, end in arrows(graph):
        way = _past if (start, end) in far else _down
        parts.append(_arrow(way(places[start], places[end])))
    said = "; ".join(f"{start} imports {end}" for start, end in arrows(graph))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{html.escape(said)}" font-family="sans-serif" fill="currentColor">'
        f"{_STYLE}{''.join(parts)}</svg>\n"
    )


def _box(name: str, purpose: str, x: float, y: float, width: float) -> str:
    shown = textwrap.wrap(purpose.replace("`", ""), int(width / 6.2), max_lines=2, placeholder=" …")
    lines = "".join(
        f'<text x="{x + 12:g}" y="{y + 36 + 16 * number:g}" font-size="12">{html.escape(line)}</text>'
        for number, line in enumerate(shown)
    )
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{_BOX_HEIGHT}" rx="6" fill="none" '
        'stroke="currentColor"/>'
        f'<text x="{x + 12:g}" y="{y + 19:g}" font-size="14" font-weight="bold">{html.escape(name)}</text>'
        f"{lines}"
    )


def _down(start: tuple[float, float, float], end: tuple[float, float, float]) -> str:
    """Straight down into the box below, from the middle of the narrower one."""
    (x, y, width), (to_x, to_y, to_width) = start, end
    middle = x + width / 2 if width <= to_width else to_x + to_width / 2
    return f"M {middle:g} {y + _BOX_HEIGHT:g} V {to_y:g} m -5 -8 l 5 8 l 5 -8"


def _past(start: tuple[float, float, float], end: tuple[float, float, float]) -> str:
    """Down the right margin, past the boxes between."""
    (x, y, width), (to_x, to_y, to_width) = start, end
    right, half, margin = to_x + to_width, _BOX_HEIGHT / 2, _WIDTH - _MARGIN / 2 - 10
    return f"M {x + width:g} {y + half:g} H {margin:g} V {to_y + half:g} H {right:g} m 8 -5 l -8 5 l 8 5"


def _arrow(way: str) -> str:
    return f'<path d="{way}" fill="none" stroke="currentColor" stroke-width="1.5"/>'
