"""The Makefile, and what it builds the environment from."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest


def run(root: Path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, cwd=root, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def targets(root: Path) -> list[str]:
    return re.findall(r"^([a-z-]+):.*## ", (root / "Makefile").read_text(), re.MULTILINE)


def test_make_alone_prints_every_target(root):
    printed = run(root, "make").stdout
    assert {"lab", "demo", "grade", "test", "test-fast", "notebooks", "lint"} <= set(targets(root))
    for target in targets(root):
        assert re.search(rf"^  {target} +\w", printed, re.MULTILINE), target


def test_a_python_that_is_there_is_found(root):
    found = run(root, ".ci/find-python")
    assert found.returncode == 0
    assert (
        run(root, found.stdout.strip(), "-c", "import sys; assert sys.version_info >= (3, 10)").returncode
        == 0
    )


def test_a_missing_python_is_one_sentence(root):
    found = run(root, ".ci/find-python", PYTHON="/nowhere/python3")
    assert found.returncode == 1
    assert found.stderr.startswith("No Python from 3.10 to 3.13 was found as /nowhere/python3; install one")
    assert found.stderr.count("\n") == 1


@pytest.fixture
def nobody(tmp_path: Path) -> dict[str, str]:
    """A machine on which we are not root: its `id` says so."""
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    (tmp_path / "id").chmod(0o755)
    return {"PATH": f"{tmp_path}:/usr/bin:/bin"}


def test_a_missing_system_tool_is_one_sentence_that_names_it(root, nobody):
    done = run(root, ".ci/install", "chromium", "the browser tests drive", **nobody)
    assert done.returncode == 1
    assert done.stderr.startswith("chromium is missing, which the browser tests drive")
    assert done.stderr.count("\n") == 1


def test_the_lock_names_versions_and_no_place_to_get_them_from(root):
    for line in (root / "requirements.lock").read_text().splitlines():
        assert re.fullmatch(r"[a-z0-9-]+==[\w.+]+( ; .+)?", line), line
        assert "://" not in line


def test_the_lock_fixes_every_declared_dependency(root):
    locked = set(re.findall(r"^([a-z0-9-]+)==", (root / "requirements.lock").read_text(), re.MULTILINE))
    declared = set(
        re.findall(r'^    "([A-Za-z0-9_-]+)[<>=]', (root / "pyproject.toml").read_text(), re.MULTILINE)
    )
    assert len(declared) > 10
    assert declared <= locked


def test_conda_installs_what_is_locked(root):
    text = (root / "environment.yml").read_text()
    assert "- -c requirements.lock" in text and "- -e .[course,cluster]" in text


# -- Binder and development containers ----------------------------------------------------


def test_binder_finds_its_files_where_it_looks_for_them(root):
    """A folder binder/ or .binder/ would hide those at the top. Binder knows Python as x.y, with one “=”."""
    assert not (root / "binder").exists() and not (root / ".binder").exists()
    assert re.search(r"^  - python=3\.\d+$", (root / "environment.yml").read_text(), re.MULTILINE)
    for name in ("postBuild", "start"):
        assert os.access(root / name, os.X_OK) and run(root, "bash", "-n", name).returncode == 0


def test_a_session_has_warm_kernels_and_runs_what_it_is_given(root):
    done = run(root, "./start", "printenv", "JUPYTER_DEFAULT_PROVISIONER_NAME")
    assert done.returncode == 0
    assert f'\n{done.stdout.strip()} = "autograder.' in (root / "pyproject.toml").read_text()


def test_binder_opens_the_start_page(root):
    [page] = re.findall(r"urlpath=lab/tree/(\S+)", (root / "course/guides/self-learner.md").read_text())
    assert (root / page).is_file()


def test_a_development_container_builds_the_environment(root):
    settings = json.loads((root / ".devcontainer/devcontainer.json").read_text())
    command, target = settings["postCreateCommand"].split()
    assert command == "make" and target in targets(root)
    assert settings["containerEnv"]["JUPYTER_DEFAULT_PROVISIONER_NAME"] == "autograder-warm"
