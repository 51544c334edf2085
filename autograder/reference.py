"""Writes the reference pages: of the command line from its own help, of functions from their docstrings.

Run it with `make pages`. A test says when a page is not what its source makes of it.
"""

import importlib
import inspect
import sys
from pathlib import Path
from typing import Any

import typer.main

import autograder
from autograder import cli
from autograder.authoring import architecture

COMMANDS = Path("course/reference/commands.md")
PYTHON = Path("course/reference/python.md")


def commands() -> str:
    """The page of the command line."""
    group: Any = typer.main.get_command(cli.app)
    parts = [
        "# The command line\n",
        "What `autograder COMMAND --help` says, on one page. Exit codes: 0 done, 1 done but something needs "
        "attention, 2 wrong usage.\n",
        "| command | |\n|---|---|",
    ]
    for name, command in group.commands.items():
        first = inspect.cleandoc(command.help).split("\n\n")[0].replace("\n", " ")
        parts.append(f"| [`autograder {name}`](#autograder-{name}) | {first} |")
    for name, command in group.commands.items():
        parts.append(f"\n## autograder {name}\n\n{inspect.cleandoc(command.help)}\n")
        context = typer.Context(command, info_name=f"autograder {name}")
        parts.append(f"```text\n{' '.join(command.get_usage(context).split()).removeprefix('Usage: ')}\n```")
        rows = [_row(parameter, context) for parameter in command.params]
        if rows:
            parts.append("\n| | |\n|---|---|\n" + "\n".join(rows))
    return "\n".join(parts) + "\n"


def _row(parameter: Any, context: Any) -> str:
    """An argument or option with its help, as a row of a table."""
    if parameter.param_type_name == "argument":
        name = parameter.metavar or parameter.name.upper()
        text = parameter.help or ""
    else:
        name, text = parameter.get_help_record(context)
    return f"| `{_plain(name)}` | {_plain(text)} |"


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def python() -> str:
    """The page of what `import autograder` offers."""
    parts = [
        "# The Python functions\n",
        "What `autograder` offers in a notebook or program, as its docstrings have it.\n",
    ]
    for name in autograder.__all__:
        thing = getattr(autograder, name)
        module = importlib.import_module(thing.__module__)
        parts.append(
            f"## {name}\n\n```text\n{name}{_signature(thing)}\n```\n\n"
            f"{_sections(inspect.getdoc(thing) or '')}\n\nFrom `{module.__name__}`.\n"
        )
    return "\n".join(parts)


def _signature(thing: Any) -> str:
    """A function's signature as it was written: without the quotes of annotations that wait."""
    return str(inspect.signature(thing)).replace("'", "").replace("autograder.", "").replace("typing.", "")


def _sections(doc: str) -> str:
    """A docstring as Markdown: the lines below “Args:” and the like become a list."""
    lines: list[str] = []
    for line in doc.splitlines():
        inner = line.startswith("    ")
        if line in ("Args:", "Raises:", "Returns:"):
            lines += [f"**{line}**", ""]
        elif inner and not line.startswith("        "):
            name, colon, text = line.strip().partition(":")
            lines.append(f"- `{name}`:{text}" if colon else f"  {line.strip()}")
        else:
            lines.append(f"  {line.strip()}" if inner else line)
    return "\n".join(lines)


def files(root: Path) -> dict[Path, str]:
    """What this module makes, by path."""
    return {COMMANDS: commands(), PYTHON: python(), architecture.PICTURE: architecture.draw(root)}


def main() -> int:
    """Write the pages and the picture into the checkout."""
    root = Path.cwd()
    for path, text in files(root).items():
        (root / path).write_text(text, encoding="utf-8")
        print(f"Wrote {path}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
