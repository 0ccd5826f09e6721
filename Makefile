PYTHON ?= .venv/bin/python

.PHONY: setup test lint accuracy benchmark lock

setup: .venv/bin/sayso

.venv/bin/sayso: requirements.lock pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

test: setup
	$(PYTHON) -m pytest

lint: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

accuracy: setup
	$(PYTHON) tests/accuracy.py

benchmark: setup
	$(PYTHON) benchmarks/speed.py
	$(PYTHON) benchmarks/linking.py
	$(PYTHON) benchmarks/pages.py

lock:
	.venv/bin/pip install --quiet uv
	.venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --universal --extra dev pyproject.toml -o requirements.lock
