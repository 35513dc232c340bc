# One command to try it (make run), one to test it (make test). Needs GNU make and Python 3.11 or newer, nothing else.
# Everything is installed into .venv; everything that is stored lies in var (or AIGOV_DATA).

PYTHON ?= python3
HOST := 127.0.0.1
PORT := 8000
PY := .venv/bin/python
DATA := $(or $(AIGOV_DATA),var)
STATIC_SOURCES := $(shell find annotations/static -type f 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install install_dev install_embedding run test check bench faults lock messages

help:
	@echo "make run       install what is missing, prepare the database and the demo, serve http://$(HOST):$(PORT)/"
	@echo "make test      all tests        make check   lint, types, guards"
	@echo "make bench     speed promises   make faults  kill -9 twenty times, full disk"
	@echo "make install_embedding   what AIGOV_EMBEDDING needs (docs/production.md)"
	@echo "make install   only install     make lock    renew the lock files     make messages  renew the translations"

# --- installing: a stamp remembers which lock file the environment was made from ---
install: .venv/installed
install_dev: .venv/installed-dev
install_embedding: .venv/installed-embedding

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "aigov needs Python 3.11 or newer; $(PYTHON) is older. Name another one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments. On Debian and Ubuntu:"; \
	  echo "    sudo apt-get install python3-venv"; echo "Then run the same make command again."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@

# Without what its parts would pull in: the lock file holds all that is imported.
.venv/installed-embedding: requirements-embedding.txt .venv/installed
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement requirements-embedding.txt
	@touch $@

# --- running ---
$(DATA)/static/staticfiles.json: .venv/installed $(STATIC_SOURCES) aigov/static.py
	$(PY) manage.py collectstatic --no-input --clear --verbosity 0 --ignore redoc --ignore rest_framework
	@touch $@

run: export AIGOV_BASE_URL ?= http://$(HOST):$(PORT)
run: install $(DATA)/static/staticfiles.json
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py load_demo
	@exec $(PY) manage.py start --host $(HOST) --port $(PORT)

# --- testing ---
# As many processes as there are cores; WORKERS=0 runs all in one.
WORKERS ?= auto
test: install_dev
	$(PY) -m pytest --numprocesses $(WORKERS) --maxprocesses 8 --dist loadfile $(ARGS)

check: install_dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/djlint annotations/templates aigov/templates --lint --quiet
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py messages --check
	data=$$(mktemp -d); AIGOV_HTTPS=1 AIGOV_DATA=$$data $(PY) manage.py check --deploy --fail-level WARNING; \
	  status=$$?; rm -rf $$data; exit $$status
	$(PY) -m pytest -q tests/guards

bench: install_dev
	$(PY) -m benchmarks $(ARGS)

faults: install_dev
	FAULT_KILLS=20 $(PY) -m pytest -q tests/faults $(ARGS)

# --- for maintainers ---
lock: install_dev
	.venv/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --upgrade -q requirements.in -o requirements.txt
	.venv/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --upgrade -q requirements-dev.in -o requirements-dev.txt
	.venv/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --upgrade -q --no-deps requirements-embedding.in -o requirements-embedding.txt

messages: install
	$(PY) manage.py messages
