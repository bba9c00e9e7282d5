# Kinerja. Needs only Python 3.11 or newer and make; everything else is installed into .venv.

PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
WORKERS ?= auto
TESTS ?= tests
SCALE ?= standard

.DEFAULT_GOAL := help
.PHONY: help install demo test screenshots lint format bench lock clean

help: ## Show this list (daftar perintah)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Runs again only when the lock or the project's description changes; no network is used once installed.
$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || PYTHON="$(PYTHON)" sh bin/make-venv.sh $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

install: $(STAMP) ## Install into .venv

demo: $(STAMP) ## Serve demo data on this machine (make demo PORT=8123)
	$(BIN)/kinerja demo --port $(PORT)

test: $(STAMP) ## Run the tests (TESTS=tests/core WORKERS=0 for a part, in one process; COVERAGE=1 holds its limits)
ifeq ($(COVERAGE),1)
	rm -f .coverage .coverage.*
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --cov --cov-report= $(TESTS)
	$(BIN)/coverage report --include='core/*' --fail-under=90 --skip-covered
	$(BIN)/coverage report --include='core/*/rules.py,core/*/rules/*' --fail-under=100
else
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(TESTS)
endif

screenshots: $(STAMP) ## Write a picture of every page, both languages, desk and phone, to screenshots/ (needs Chromium)
	$(BIN)/python -m tests.support.screenshots screenshots

lint: $(STAMP) ## Check style, types and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## Put the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## Measure speed and scale beside peers (SCALE=million or small; WRITE=1 keeps the results)
	$(BIN)/python -m bench --scale $(SCALE) $(if $(WRITE),--write)

lock: $(STAMP) ## Write requirements.lock again from pyproject.toml, newest versions
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --output-file requirements.lock

clean: ## Remove .venv and caches (var/ with the data stays)
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage .coverage.* *.egg-info
