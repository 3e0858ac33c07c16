# partnerkit: everything is set up here on a machine that has Python (3.11 or newer), git and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
# one more than there are cores: much of the time goes to waiting for git
JOBS   ?= $(shell echo $$(( $$(nproc 2>/dev/null || echo 2) + 1 )))
# in memory where there is room for it, so that thousands of small registers wait for no disk
PLACE  ?= $(or $(TMPDIR),$(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 6000000 { print "/dev/shm" }'),/tmp)
IN_PLACE = place=$$(mktemp -d -p $(PLACE) partnerkit.XXXXXX) && trap 'rm -rf "$$place"' EXIT && TMPDIR="$$place"
CORE   := rules conditions stays steps store.commit jobs.audit jobs.verdicts
ONLY   ?=
# what a thousand processes import is compiled once, though the machine may say that nothing compiled is kept
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint types layers unit wheel test-clients pictures coverage mutants bench regress records schemas clean

demo: $(READY)   ## build a register to play with, and see what partnerkit does
	@rm -rf demo
	@$(BIN)/partnerkit demo --out demo

test: lint layers   ## the whole check: what runs on one core runs beside the tests
	@$(MAKE) --no-print-directory -j2 unit types wheel

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

unit: $(READY)
	@$(IN_PLACE) $(BIN)/pytest -n $(JOBS) --dist worksteal

wheel: $(READY)   ## build the wheel, install it where there is no source, and run the demo from it
	@$(BIN)/python tests/house/wheel.py

test-clients: $(READY)   ## what editors, hook runners and linters make of what partnerkit writes, where they can be installed
	@$(IN_PLACE) $(BIN)/python -m tests.clients.run

pictures: $(READY)   ## every sort of page of a site in .cache/clients/screenshots, to be looked at
	@$(IN_PLACE) PARTNERKIT_PICTURES=1 $(BIN)/python -m tests.clients.run -k pictures

coverage: $(READY)   ## which branches of the core no test takes (see docs/testing.md)
	$(BIN)/pytest -n $(JOBS) --dist worksteal $(CORE:%=--cov=partnerkit.%) --cov-branch --cov-report=term-missing:skip-covered

mutants: $(READY)   ## which changes of the judge no test notices: make mutants ONLY='partnerkit.rules.governing*'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group mutation
	$(BIN)/mutmut run $(ONLY)
	@$(BIN)/mutmut results | grep -v ': not checked$$' || echo 'none survives'

bench: $(READY)   ## measure, and write bench/RESULTS.md
	$(BIN)/python -m bench

regress: $(READY)   ## whether small commands cost more than bench/baseline.json allows; needs no network
	$(BIN)/python -m bench.regress

records: $(READY)   ## make records/ and schemas/ again from the commands
	$(BIN)/python -m tests.house.make_records

clean:
	rm -rf $(VENV) demo dist build .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(READY): pyproject.toml
	@echo "setting up $(VENV) with $$($(PYTHON) --version) (once)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "partnerkit needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@
