# What a newcomer needs: `make serve` and `make test`. Both set everything up first and work offline afterwards.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
STORE ?= .averment
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help serve test check bench pictures lock clean

help:  ## show these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 10

# The stamp is made last, so an interrupted install is begun again; nothing but the two files named makes it stale.
$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "averment needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 2; }
	@rm -f $(STAMP)
	@$(PY) -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

serve: $(STAMP)  ## read the demonstration case, validate it, and serve it with SPARQL (PORT=8000, STORE=.averment)
	@$(PY) -m averment case chicago --store $(STORE)
	@$(PY) -m averment serve --store $(STORE) --port $(PORT)

test: $(STAMP) check  ## lint, check types and run the tests, on as many processors as there are
	$(PY) -m pytest -n auto --maxprocesses 8 --dist loadfile

check: $(STAMP)  ## lint and check types only
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: $(STAMP)  ## measure speed, as ratios side by side in one run
	$(PY) tests/bench/bench.py
	$(PY) tests/bench/citations.py
	$(PY) tests/bench/validation.py
	$(PY) tests/bench/dumps.py
	$(PY) tests/bench/exports.py
	$(PY) tests/bench/server.py

pictures: $(STAMP)  ## draw the pictures of README anew, from the demonstration case
	$(PY) tests/pictures.py

lock: $(STAMP)  ## write requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet -o requirements.lock

clean:  ## remove what the other targets made, and the demonstration store
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis dist .averment
	find graph server tests -name __pycache__ -type d -prune -exec rm -rf {} +
