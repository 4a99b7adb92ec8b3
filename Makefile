# The portal's four commands. Each works from a clean clone and again from a used one.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup run test bench

setup: $(VENV)/.installed
	@bin/system-packages serve

$(VENV)/.installed: requirements/base.txt
	@bin/python-packages $(PYTHON) $(VENV) requirements/base.txt
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt $(VENV)/.installed
	@bin/python-packages $(PYTHON) $(VENV) requirements/dev.txt
	@touch $@

run: setup
	@bin/serve $(PORT)

test: $(VENV)/.installed-dev
	@bin/system-packages test
	@bin/check

bench: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest tests/benchmarks -q -s -p no:cacheprovider -o python_files='bench_*.py'
	@bin/with-postgresql $(BIN)/python -m pytest tests/benchmarks/bench_closing_day.py tests/benchmarks/bench_scale.py \
		-q -s -p no:cacheprovider -o python_files='bench_*.py'
