# Everything sets itself up: all that is needed beforehand is make and Python 3.11 or newer (with its venv module).

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
SIZES ?= 1000,10000,100000

.DEFAULT_GOAL := help
.PHONY: help demo inbox test soak check lint format bench lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/runtime ## the sample rep: its report, and at a terminal its inbox; no account, no network
	@$(BIN)/python -m agent demo --into build/demo

inbox: $(VENV)/runtime ## the inbox of the sample rep, also without a terminal; goes on where it was left
	@$(BIN)/python -m agent demo --into build/demo --serve

test: $(VENV)/dev ## all tests
	@$(BIN)/python -m pytest -n auto --dist loadgroup

soak: $(VENV)/dev ## all tests, with the large counts of what must hold: hours
	@ONWARD_SOAK=1 CRASH=all $(BIN)/python -m pytest -n auto --dist loadgroup -o timeout=20000

check: lint test ## style, types, imports and all tests: what CI runs

lint: $(VENV)/dev ## style, types and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo

format: $(VENV)/dev ## puts the code in shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/dev ## measures what the README claims: make bench SIZES=1000,10000
	@$(BIN)/python -m bench.run --sizes $(SIZES)

lock: ## resolves the dependencies anew, with hashes, for every platform and Python ≥ 3.11
	@$(PYTHON) -m venv build/lock && build/lock/bin/python -m pip --disable-pip-version-check --quiet install --upgrade uv
	@build/lock/bin/uv pip compile $(LOCK) -o requirements.lock pyproject.toml
	@build/lock/bin/uv pip compile $(LOCK) -o requirements-dev.lock -c requirements.lock --group dev pyproject.toml

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --upgrade --custom-compile-command "make lock"

clean: ## takes away what make and Python made
	rm -rf $(VENV) build dist bench/data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Onward needs Python 3.11 or newer with its venv module (Debian: apt install python3-venv)." >&2; exit 2; }
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/runtime: requirements.lock | $(BIN)/python
	@$(PIP) --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

$(VENV)/dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	@$(PIP) --require-hashes --only-binary :all: -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/runtime
