# serve · test · check · bench: the same for people and CI.  Each makes what it needs, the environment included;
# nothing but Python 3.11 to 3.13 and make has to be there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
KG_DATA ?= data

.PHONY: serve test check bench calibrate patterns format lock diagram yasgui clean

# Build the graph from the bundled releases if nothing is built yet, then serve it.
serve: $(VENV)/.installed
	KG_DATA="$(KG_DATA)" PORT="$(PORT)" $(BIN)/kg up

test: $(VENV)/.installed
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

# Format, lint and strict types; no file is changed.
check: $(VENV)/.installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.installed
	@for script in bench/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

# Measure the confidence of the extraction rules anew, after they have changed.
calibrate: $(VENV)/.installed
	$(BIN)/python -m kg.calibration tests/gold/development --transfer tests/gold/test --docs docs/extraction.md

# Read anew which words the expressions of the extractor need, after rules have changed.
patterns: $(VENV)/.installed
	$(BIN)/python -m kg.pattern_words

format: $(VENV)/.installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("releasekg needs Python 3.11 to 3.13; set PYTHON=python3.12 or the like") if not (3, 11) <= sys.version_info[:2] <= (3, 13) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Write the lock file anew from pyproject.toml (needs uv).
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet -o requirements.lock

# Lay out the diagram of the ontology's core classes anew (needs Graphviz).
diagram: $(VENV)/.installed
	$(BIN)/python -m server.ontology_documentation

# Bring the SPARQL editor from the npm registry into server/static/vendor (optional; the query page works without).
yasgui:
	cd server/assets && npm ci --ignore-scripts --no-audit --no-fund && npm run --silent vendor

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
