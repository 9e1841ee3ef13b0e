# Everything a person or a machine does with this project. `make help` lists it.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
DATA ?= ../shared/data
LARGE ?= 100000
export DO_NOT_TRACK = 1
export HF_HUB_OFFLINE = 1

.DEFAULT_GOAL := help

.PHONY: help
help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 18

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)

.PHONY: setup
setup: $(STAMP)  ## prepare the environment alone
	@$(BIN)/python -m compileall -q curate  # or each start compiles it, where bytecode is not written

.PHONY: demo
demo: setup  ## set everything up and run the example company
	$(BIN)/curate demo examples/company

.PHONY: lint
lint: setup  ## ruff, mypy, import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: test
test: setup lint  ## set everything up and pass all tests but the long ones
	$(BIN)/python -m pytest -m 'not long' --numprocesses auto --dist loadfile

.PHONY: test-fast
test-fast: setup  ## the fast tests alone
	$(BIN)/python -m pytest

.PHONY: test-long
test-long: setup  ## hundreds of kills, thousands of files
	$(BIN)/python -m pytest -m 'long' --timeout 7200

.PHONY: schemas
schemas: setup  ## write schemas/ anew from the code
	$(BIN)/python -m curate.release.schemas

.PHONY: readme
readme: setup  ## write the results that the README shows anew from a demo
	$(BIN)/python -m tests.readme

PEERS := tests/benchmarks/peers
.peers/main/.ready: $(PEERS)/main.txt $(PEERS)/main_pdf.txt constraints.txt
	$(PYTHON) -m venv --clear .peers/main
	.peers/main/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r $(PEERS)/main.txt
	.peers/main/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r $(PEERS)/main_pdf.txt
	@touch $@

.PHONY: bench-main
bench-main: setup .peers/main/.ready  ## beside the glue script that people write today (DATA=folder)
	$(BIN)/python -m tests.benchmarks.main --data $(DATA)

.PHONY: bench-refresh
bench-refresh: setup .peers/main/.ready  ## what a refresh costs, changes, embeds and leaves (DATA=folder, LARGE=0: skip 100,000 documents)
	$(BIN)/python -m tests.benchmarks.refresh --data $(DATA) --large $(LARGE)

.peers/conformance/%/.ready: tests/conformance/peers/%.txt
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r $<
	@touch $@

.PHONY: conformance
conformance: setup $(patsubst %,.peers/conformance/%/.ready,main juicer dedup)  ## what peers fail at, on curate and on the peers: who passes
	$(BIN)/python -m tests.conformance.main

.PHONY: clean
clean:  ## remove the environment and what runs left in the tree
	rm -rf $(VENV) .peers build dist *.egg-info examples/company/.curate
