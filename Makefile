# Every target builds what it needs; `make` alone prints what there is.

SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
ASSIGNMENT ?= 01-tape-scope

# Without bytecode files every process would compile the package again.
unexport PYTHONDONTWRITEBYTECODE

# A file's tests stay on one worker, and so share what they prepare.
PYTEST := $(PY) -m pytest -n 2 --dist loadfile

# nbgrader starts programs of the environment by their names.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.PHONY: help lab demo grade test test-fast notebooks claims versions picture pages lint bench lock clean chromium sandbox

help: ## print this list
	@echo "make TARGET, where TARGET is one of:"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

# The environment is built when what it is made of changes, and only then.
$(READY): pyproject.toml requirements.lock
	@python=$$(.ci/find-python) || exit 1; \
	echo "Building the environment in $(VENV)/ with $$python: about 2 GB, a few minutes."; \
	$(PY) -c '' 2>/dev/null || "$$python" -m venv --clear $(VENV)
	@$(PY) -m pip install --disable-pip-version-check --quiet -c requirements.lock -e '.[course,cluster,test]'
	@$(MAKE) --no-print-directory sandbox || true # what needs it says so again
	@touch $@

lab: $(READY) ## open the course in JupyterLab
	@$(PY) -m jupyter lab --config=jupyter_server_config.py $$(test "$$(id -u)" != 0 || echo --allow-root)

# 1 means: graded, and some submission needs attention, as some of this class do.
# The class is our own, so where there can be no sandbox it is graded without.
demo: $(READY) ## grade a sample class end to end, and say where the report is
	@$(MAKE) --no-print-directory sandbox || true
	@$(PY) -m tests.sample_class .demo
	@$(PY) -c 'from autograder.grading.sandbox import obstacle; raise SystemExit(obstacle() is not None)' \
		|| isolation='--isolation process'; \
	$(VENV)/bin/autograder grade $(ASSIGNMENT) --course-dir .demo $$isolation || test $$? = 1

grade: $(READY) sandbox ## grade the submissions under submitted/
	@$(VENV)/bin/autograder grade

test: $(READY) chromium sandbox ## run all tests
	@$(PYTEST)

test-fast: $(READY) ## run the tests that are neither slow nor in a browser
	@$(PYTEST) -m "not slow and not browser"

notebooks: $(READY) ## build lessons, solutions and exercises from their text sources
	@$(PY) -m autograder.authoring.notebooks

claims: $(READY) ## run every lesson, and list what it states about TensorFlow
	@$(PY) -m autograder.authoring.claims

versions: $(READY) ## run lessons and attempts on the two TensorFlow releases before as well: over an hour
	@$(PY) -m tests.versions

picture: $(READY) ## draw the README's picture and the chart anew
	@$(PY) -m autograder.authoring.picture 2>/dev/null

pages: $(READY) ## write the reference, the picture of the package, and the page of broken programs
	@$(PY) -m autograder.reference
	@$(PY) -m autograder.authoring.cases

lint: $(READY) ## check the style of all Python text
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .

bench: $(READY) ## measure: faults named, the cost of watching a step, grading beside stock nbgrader, as it grows, and in the sandbox
	@$(PY) -m tests.bench.naming
	@$(PY) -m tests.bench.observing
	@$(PY) -m tests.bench.grading
	@$(PY) -m tests.bench.growing
	@$(PY) -m tests.bench.isolation

lock: $(READY) ## renew requirements.lock after a change of pyproject.toml (UPGRADE=1: all versions)
	@$(PY) -m pip install --disable-pip-version-check --quiet uv
	@$(VENV)/bin/uv pip compile --universal --python-version 3.10 --all-extras pyproject.toml \
		--no-header --no-annotate --quiet --output-file requirements.lock $(if $(UPGRADE),--upgrade)
	@$(MAKE) --no-print-directory $(READY)

clean: ## remove the environment and everything else that can be built again
	@rm -rf $(VENV) .demo .bench .versions .pytest_cache .ruff_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		.ci/install chromium "the browser tests drive"

sandbox:
	@test "$$(uname)" != Linux || command -v bwrap >/dev/null || \
		.ci/install bubblewrap "makes the sandbox for students' code"
