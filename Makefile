# `make help` lists what there is. Everything happens in .venv (and .venv-lab for JupyterLab).
PYTHON ?= python3
STUDY ?= 2014-sjaelland
EXAMPLES ?= 5000
ROUNDS ?= 3
UV_VERSION := 0.13.9

COMMA := ,
BIN := .venv/bin
LAB := .venv-lab/bin

.DEFAULT_GOAL := help
.PHONY: help setup report publish test fuzz check format lab study lock audit messages screenshots benchmark clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/ready  ## Set up .venv with the locked packages

# $(1): the environment's folder, $(2): the extras to install
define install
	@echo "Setting up $(1) (once; again when the packages change)"
	@$(PYTHON) -c 'import sys; sys.exit("misbrug_analysis needs Python 3.11 or newer, not " + sys.version.split()[0] + "; name one with make PYTHON=...") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(1)
	@$(1)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(1)/bin/uv pip install --quiet --python $(1)/bin/python -e '.[$(2)]' -c requirements.lock --compile-bytecode
	@touch $(1)/ready
endef

.venv/ready: pyproject.toml requirements.lock
	$(call install,.venv,test$(COMMA)pdf$(COMMA)distributed)

.venv-lab/ready: pyproject.toml requirements.lock
	$(call install,.venv-lab,lab)

report: setup  ## Make all pages of STUDY (default 2014-sjaelland)
	@$(BIN)/misbrug run $(STUDY)

publish: setup  ## Make all pages of STUDY, and every page as PDF
	@$(BIN)/misbrug run $(STUDY) --pdf

# Each worker would compile all tests anew where Python is told to keep nothing that it compiles.
test: export PYTHONDONTWRITEBYTECODE =
test: setup .venv-lab/ready  ## Run every check and test
	-$(BIN)/python -m tests.browser
	-$(BIN)/python -m tests.system_libraries
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

fuzz: setup  ## Break EXAMPLES files (default 5000) by SEED and read them; ONLY one test
	@$(BIN)/python -m tests.fuzz --examples $(EXAMPLES) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY))

check: setup  ## Say what is wrong with the forms of STUDY
	@$(BIN)/misbrug check $(STUDY)

format: setup  ## Put code into the project's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lab: .venv-lab/ready  ## Open the notebooks in JupyterLab (an environment of its own)
	cd notebooks && ../$(LAB)/jupyter lab

study: setup  ## Rebuild the reconstructed forms of 2014
	$(BIN)/python data/raw/2014-sjaelland/reconstruction/build.py

screenshots: report  ## Make the pictures of the README, and of docs/rounds.md where its example was run
	$(BIN)/python docs/screenshots.py $(STUDY)

benchmark: setup  ## Measure a country in all ways, ROUNDS (default 3) times; the README shows what it finds (OPTIONS)
	$(BIN)/python -m benchmarks.run_time --rounds $(ROUNDS) $(OPTIONS)
	$(BIN)/python -m benchmarks.publish

messages: setup  ## Write docs/messages.md from the catalogues of messages
	$(BIN)/python docs/messages.py

lock: setup  ## Compile requirements.lock anew
	$(BIN)/uv pip compile --quiet --universal --all-extras --generate-hashes --no-emit-index-url \
		--no-header pyproject.toml -o requirements.lock

audit: setup  ## Look up known flaws of the locked packages (asks api.osv.dev)
	@$(BIN)/python -m tests.audit

clean:  ## Remove everything that a run made
	rm -rf outputs data/processed .misbrug
