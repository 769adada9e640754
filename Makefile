# `make book` needs only Python 3.10 or newer; PYTHON=… chooses which.
PYTHON ?= python3
PORT ?= 8000
IN_VENV = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help book serve test lint notebooks bundles bench clean \
	book-environment test-environment

help:
	@echo "make book        build the site in _build/html (the first time sets up .venv)"
	@echo "make serve       build it and serve it on http://127.0.0.1:$(PORT)/ (PORT=…)"
	@echo "make test        everything that is checked: code, notebooks, site, browser"
	@echo "make lint        only the format, the linter and the types; seconds"
	@echo "make notebooks   run the chapters and rewrite their notebooks"
	@echo "make bundles     rebuild the figures' JavaScript"
	@echo "make bench       measure speed and memory; ten minutes, in .venv-bench"
	@echo "make clean       remove what was built; .venv and .venv-bench stay"

book: book-environment
	@$(IN_VENV) book/_tools/make_site.py

serve: book-environment
	@$(IN_VENV) book/_tools/make_site.py --serve $(PORT)

test: test-environment
	@$(IN_VENV) book/_tools/checks.py

lint: test-environment
	@$(IN_VENV) book/_tools/checks.py --lint

notebooks: book-environment
	@$(IN_VENV) book/_tools/notebooks.py

bundles: test-environment
	@$(IN_VENV) -m gdcourse.figures.build

bench:
	@$(PYTHON) book/_tools/environment.py bench
	@.venv-bench/bin/python benchmarks/run.py

clean:
	rm -rf _build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

book-environment:
	@$(PYTHON) book/_tools/environment.py book

test-environment:
	@$(PYTHON) book/_tools/environment.py test
