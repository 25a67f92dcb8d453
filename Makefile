# Needs Linux, Python 3.11 or newer, and make. The first target of a day sets up .venv; later ones start at once.
PYTHON ?= python3
BIN := .venv/bin
NOTEBOOKS := $(wildcard solutions/*/*.ipynb)
WORKERS ?= 2

export PATH := $(CURDIR)/$(BIN):$(PATH)
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export COURSE_QUIET := 1

.PHONY: demo test lab build site quality bench setup clean
.DEFAULT_GOAL := demo

demo: setup ## a sample class, graded, with feedback and the class report
	grader demo

test: setup ## everything that must hold
	ruff check
	ruff format --check
	mypy
	pytest -n $(WORKERS) --dist loadfile
	pytest -n $(WORKERS) --dist loadfile --nbval --nbval-current-env --nbval-sanitize-with tests/nbval.cfg $(NOTEBOOKS)

lab: setup ## the lessons in JupyterLab
	env -u COURSE_QUIET jupyter lab notebooks

build: setup ## solutions and releases from the lessons' text
	grader build

site: setup ## the lessons as pages to read, in build/site
	grader site build/site

quality: setup ## how often the checks are wrong, measured and written into README.md; FUNCTIONS="…" for some
	python -m tests.quality $(FUNCTIONS)
	python -m tests.strangers.measure $(FUNCTIONS)

bench: setup ## time and memory against stock nbgrader
	python -m tests.bench.throughput --training --students 20 160 --stock 2 20

setup: .venv/ready

.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is older than 3.11; call: make PYTHON=python3.12 (or another that you have)"; exit 1; }
	@test -x $(BIN)/pip || { rm -rf .venv; $(PYTHON) -m venv .venv; } || { rm -rf .venv; \
		echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(BIN)/python -c 'import matplotlib.pyplot' # builds its font list now, not in a lesson
	@touch $@

clean: ## forget the environment and everything generated; submissions and grades stay
	rm -rf .venv build *.egg-info
