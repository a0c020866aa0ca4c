.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help bootstrap run test lint test-long crash sim bench screens forms fonts requirements
.PHONY: perfect lock clean

PYTHON_IN_VENV := .venv/bin/python
BIN := .venv/bin
CODE := desktop ui printing card_reader tests benchmarks

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

bootstrap: ## install what is missing: system packages, .venv
	@installer/linux/bootstrap.sh

run: bootstrap ## play one journey, card to receipt, every part real
	@$(PYTHON_IN_VENV) -m tests.journey

test: bootstrap lint ## all checks and tests (under 10 minutes on 2 cores)
	@$(PYTHON_IN_VENV) -m tests.lanes
	@$(PYTHON_IN_VENV) -m tests.perfect_coverage

lint: bootstrap
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

test-long: bootstrap ## the slow proofs (under 40 minutes)
	$(PYTHON_IN_VENV) -m pytest -m slow --timeout=2400 --hypothesis-profile=explore

N ?= 500
crash: bootstrap ## kill -9 of a real desk, N times; SEED makes it repeatable
	@$(PYTHON_IN_VENV) -m tests.crash $(N) $(or $(SEED),1)

sim: bootstrap ## the simulation: SEEDS=100000 many days (from FIRST=n on), SEED=n one of them in plain words
	$(PYTHON_IN_VENV) -m tests.simulation $(if $(SEED),--seed $(SEED),--seeds $(or $(SEEDS),5000) --first $(or $(FIRST),0))

bench: bootstrap ## our overhead over the least possible work
	$(PYTHON_IN_VENV) -m benchmarks

screens: bootstrap ## pictures of every state of the window, into docs/screens
	$(PYTHON_IN_VENV) -m tests.window.screens

forms: bootstrap ## a picture of every form, into docs/forms
	@$(PYTHON_IN_VENV) -m tests.printing.pictures

fonts: bootstrap ## fonts and their licences into printing/font_files, for a build
	@$(PYTHON_IN_VENV) -c "import sys, printing.collect_fonts as fonts; sys.exit(fonts.main())"

requirements: bootstrap ## the rows of the requirement ledger, and which tests prove them
	@$(PYTHON_IN_VENV) -m tests.requirements

perfect: ## add files that became perfect to tests/perfect_coverage.txt
	@$(PYTHON_IN_VENV) -m tests.perfect_coverage --update

UV ?= uv
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"

lock: ## pin the newest requirements again (needs uv; UV=/path/to/uv)
	$(COMPILE) --upgrade pyproject.toml --output-file requirements/runtime.txt >/dev/null
	$(COMPILE) --upgrade pyproject.toml --extra dev --constraint requirements/runtime.txt \
		--output-file requirements/dev.txt >/dev/null
	$(COMPILE) --upgrade --group build --output-file requirements/build.txt >/dev/null
	$(COMPILE) --upgrade pyproject.toml --extra bench --constraint requirements/runtime.txt \
		--output-file requirements/bench.txt >/dev/null

clean: ## remove everything that was built, .venv too
	rm -rf .venv out build dist *.egg-info .hypothesis \
		.import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
