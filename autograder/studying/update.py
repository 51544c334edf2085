"""The newest version of the course from git, with everything that a learner wrote kept.

`git pull` stops where a file was changed on both sides, and running a lesson
changes it. So each such file is first copied into a folder of its own, the course
is brought forward, and answers are put into the new exercises. Whatever stops
this half-way, the copies are there.
"""

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from autograder.sentences import Sentence
from autograder.studying.carry import carry_over

#: The folder of copies, in the course's folder; git ignores it.
KEPT = "kept"

#: Seconds for git to answer, the network included.
_PATIENCE = 300
_EXERCISES = "exercises"
_ENVIRONMENT = ("pyproject.toml", "requirements.lock")


@dataclass(frozen=True)
class _Git:
    """The clone that a course lies in."""

    root: Path

    def __call__(self, *arguments: str, check: bool = True) -> str:
        """What a git command prints. Raises `Sentence` with git's reason if it fails."""
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        try:
            done = subprocess.run(
                ["git", "-C", str(self.root), *arguments],
                capture_output=True,
                text=True,
                env=environment,
                timeout=_PATIENCE,
            )
        except FileNotFoundError:
            raise Sentence("git is missing, which the update needs: install the package git.") from None
        except subprocess.TimeoutExpired:
            raise Sentence(f"git {arguments[0]} took longer than {_PATIENCE} s. Try again later.") from None
        if check and done.returncode != 0:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise Sentence(f"git {arguments[0]} failed, and nothing of yours has changed: {reason}")
        return done.stdout

    def names(self, *arguments: str) -> set[str]:
        """The paths that a git command lists, one after the other, with -z."""
        return {name for name in self(*arguments).split("\0") if name}


def update(root: Path) -> list[str]:
    """Bring the clone at `root` to the newest version of its branch, and say what was done.

    Raises `Sentence` if it cannot be brought there; every file is as it was then.
    """
    git = _Git(root)
    if git("rev-parse", "--show-prefix", check=False) != "\n":
        raise Sentence(f"{root} is not a clone of the course, so there is nothing to update it from.")
    if not git("rev-parse", "--abbrev-ref", "@{upstream}", check=False).strip():
        raise Sentence("The branch of this clone follows no other, so there is nothing to update it from.")
    git("fetch", "--quiet")
    if git("rev-list", "--count", "HEAD..@{upstream}").strip() == "0":
        return ["You have the newest version."]
    if git("rev-list", "--count", "@{upstream}..HEAD").strip() != "0":
        raise Sentence("This clone has commits of its own. Bring both together with “git merge @{upstream}”.")
    incoming = git.names("diff", "--name-only", "-z", "HEAD", "@{upstream}")
    changed = git.names("diff", "--name-only", "-z", "HEAD")
    both = sorted(incoming & (changed | git.names("ls-files", "--others", "-z")))
    releases = {name: git("show", f"HEAD:{name}", check=False) for name in both if _is_exercise(name)}
    kept = _copy(root, both)
    try:
        _put_back(git, both, changed)
        git("merge", "--ff-only", "--quiet", "@{upstream}")
    except Sentence:
        _restore(root, kept, both)
        raise
    sentences = ["The course is at its newest version."]
    for name in both:
        sentences += _carry(root, kept, name, releases.get(name))
    if both:
        sentences.append(f"Your files as they were before are in {kept}.")
        sentences.append(
            "If one of them is open, take “Reload Notebook from Disk” in its File menu before you save."
        )
    if incoming & set(_ENVIRONMENT):
        sentences.append("Its environment has changed as well: “make lab” builds it anew.")
    return sentences


def _is_exercise(name: str) -> bool:
    return name.startswith(f"{_EXERCISES}/") and name.endswith(".ipynb")


def _copy(root: Path, names: list[str]) -> Path:
    """Copy files into a new folder of `KEPT`. Raises `Sentence` if that fails."""
    stamp, number = time.strftime("%Y-%m-%d-%H%M%S"), 1
    kept = root / KEPT / stamp
    while kept.exists():
        number += 1
        kept = root / KEPT / f"{stamp}-{number}"
    try:
        for name in names:
            if (root / name).is_file():
                (kept / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, kept / name)
    except OSError as error:
        raise Sentence(
            f"Your files cannot be copied to {kept}: {error.strerror}. Nothing has changed."
        ) from None
    return kept


def _put_back(git: _Git, names: list[str], tracked: set[str]) -> None:
    """Give files that were changed the state that git knows, so that it can bring the new one."""
    known = [name for name in names if name in tracked]
    if known:
        git("checkout", "--quiet", "HEAD", "--", *known)
    for name in names:
        if name not in tracked:
            (git.root / name).unlink(missing_ok=True)


def _restore(root: Path, kept: Path, names: list[str]) -> None:
    for name in names:
        if (kept / name).is_file():
            shutil.copy2(kept / name, root / name)
        else:
            (root / name).unlink(missing_ok=True)  # the learner had removed it


def _carry(root: Path, kept: Path, name: str, release: str | None) -> list[str]:
    """Put the answers of one exercise into its new version; says what could not be put there."""
    mine, new = kept / name, root / name
    if not mine.is_file():
        return []
    if not new.is_file():
        return [f"{name} is no longer part of the course."]
    if release is None:
        return [f"{name}: you had changed or run it; this is the new one."]
    try:
        parts = [json.loads(text) for text in (mine.read_text("utf-8"), release, new.read_text("utf-8"))]
        carried = carry_over(*parts)
    except (ValueError, KeyError, TypeError, AttributeError):
        return [f"{name}: your version cannot be read as a notebook; this is the new one."]
    beside = new.with_name(f"{new.name}~")
    beside.write_text(json.dumps(carried.notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(beside, new)
    said = [f"{name}: the new version, with your answers to {', '.join(carried.answers)}."]
    if not carried.answers:
        said = [f"{name}: the new version; you had no answer in it yet."]
    if carried.left:
        said.append(f"{name}: the new version no longer has {', '.join(carried.left)}.")
    return said
