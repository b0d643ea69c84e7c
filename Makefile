# Thin on purpose: .ci/setup gets what the machine lacks, tests/run.py runs the checks.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: book serve pdf notebooks facts test lint bench

book: .venv/installed
	@sh .ci/setup page
	$(BIN)/jupyter-book build . -W -n --keep-going

serve: book
	@echo "The book is at http://localhost:$(PORT) (Ctrl-C stops it)."
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

pdf: book
	@sh .ci/setup browser
	@$(BIN)/python -m vpnedu.site.printing

notebooks: .venv/installed
	$(BIN)/ruff format chapters
	$(BIN)/python -m vpnedu.site.notebooks

facts: .venv/installed
	$(BIN)/python -m vpnedu.site.profiles

test: .venv/installed
	@sh .ci/setup browser node readers page witnesses gateways
	@$(BIN)/python tests/run.py

lint: .venv/installed
	@$(BIN)/python tests/run.py lint

bench: .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-bench.txt
	$(BIN)/python -m tests.bench

# The stamp is written last, so an interrupted installation is taken up again.
.venv/installed: requirements.txt pyproject.toml
	@PYTHON=$(PYTHON) sh .ci/setup venv
	@touch $@
