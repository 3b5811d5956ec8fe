# All that one does in this house. `make` alone lists it. Needs Python 3.11 or newer, and make.
# Where something can be chosen: make demo PORT=9000 EMPTY=1 DATA=/tmp/elsewhere; make test ARGS="-k digest";
# make install PYTHON=/opt/python3.13/bin/python3.

VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
DATA ?= compassbot-demo
ARGS ?=

# A machine's own pip settings may cap versions or install elsewhere; the lock files are exact.
PIP := PIP_CONSTRAINT=/dev/null PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 $(PY) -m pip --quiet --quiet
LOCK := $(PY) -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --quiet

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format install dev lock clean FORCE

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: install ## live a week with the bot in your browser (PORT=8000, EMPTY=1 without history, DATA=folder)
	@exec $(PY) -m compassbot demo --port $(PORT) --data-dir "$(DATA)" $(if $(EMPTY),--empty) $(ARGS)

test: dev ## all tests, with a real PostgreSQL and a real browser (ARGS="-k digest" for some)
	@$(if $(findstring --ignore=tests/browser,$(ARGS)),:,sh tools/chromium.sh $(PY))
	@$(if $(findstring --ignore=tests/slack,$(ARGS)),:,sh tools/local_slack.sh $(PY) $(VENV)/local-slack)
	@$(PY) -m pytest -n 2 --dist loadgroup $(ARGS)

check: dev ## style, types, who imports whom, licences, and whether the papers agree with the code
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(PY) -m pyright
	$(PY) -c "from importlinter.cli import lint_imports_command as lint; lint()" --no-cache
	$(PY) -m reuse lint --lines
	$(PY) -m pytest -q $(wildcard tests/test_house.py tests/test_the_papers.py)

format: dev ## put the code in the usual form, and mend what ruff can mend
	$(VENV)/bin/ruff check --fix --exit-zero --quiet .
	$(VENV)/bin/ruff format .

install: $(VENV)/installed ## what the bot itself needs, into .venv
	@:

dev: $(VENV)/installed-dev ## the same, and what tests and checks need
	@:

lock: dev ## choose new versions: writes requirements.lock and requirements-dev.lock (ARGS=--upgrade for the newest)
	$(LOCK) --group build --output-file requirements.lock $(ARGS)
	$(LOCK) --group build --group dev --extra teams --constraint requirements.lock \
		--output-file requirements-dev.lock $(ARGS)

clean: ## take away what was made here, except the data of the demo
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What has been done is a file in .venv, so that a second run costs nothing. A .venv whose Python has gone is made anew.
ifneq ($(shell test -x $(PY) && echo whole),whole)
$(VENV)/made: FORCE
endif
$(VENV)/made:
	@sh tools/make_venv.sh "$(VENV)" "$(PYTHON)"
	@touch $@

$(VENV)/installed: $(VENV)/made requirements.lock pyproject.toml
	@echo "Installing what the bot needs into $(VENV) (a minute, this once) ..."
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
	@echo "Installed."

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	@echo "Installing what tests and checks need into $(VENV) ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
