# Two commands matter: `make run` and `make test`. Both work on a fresh clone.
.DEFAULT_GOAL := help
.PHONY: help run test check fix bench bench-search bench-dossiers bench-deals bench-renewals bench-learning assets words migration initial-migration environment tools

PORT ?= 8080
PYTHON ?=
export PYTHON

help: ## What can be made
	@echo "make run [PORT=8080]   install what is missing and start the wiki with its demonstration"
	@echo "make test              everything: checks, tests on both databases, browser journeys"
	@echo "make check             what must hold before each commit, in under a minute"
	@echo "make fix               put style and format in order"
	@echo "make bench             measure speed and memory, print a table, write JSON"
	@echo "make bench-search      measure how well and how fast search finds, next to simpler engines"
	@echo "make bench-dossiers    measure charts: read, saved, drawn, imported, asked about any day"
	@echo "make bench-deals       measure files of deals: time, memory, again"
	@echo "make bench-renewals    measure first pages, calendar and briefing over 5,000 contracts"
	@echo "make bench-learning    measure which changes of pages are to be read again"
	@echo "make assets            build the front end and the translations anew"
	@echo "make words             collect the interface's sentences for the translation"
	@echo "make migration WHY=\"…\" write a migration from the difference between tables and models"

run: environment
	@DOSSIER_WIKI_DEMONSTRATION=$${DOSSIER_WIKI_DEMONSTRATION:-1} \
		.venv/bin/dossier-wiki serve --with-worker --port $(PORT)

test: tools
	@sh make/test.sh

check: tools
	@sh make/check.sh
	@.venv/bin/python -m pytest -rs -n 2 -m "not slow and not journey"

fix: tools
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .

bench: tools
	@.venv/bin/python -m bench

bench-search: tools
	@.venv/bin/python -m bench.search

bench-dossiers: tools
	@CHROMIUM=$$(sh make/chromium.sh) .venv/bin/python -m bench.dossiers

bench-deals: tools
	@.venv/bin/python -m bench.deals

bench-renewals: tools
	@.venv/bin/python -m bench.renewals

bench-learning: tools
	@.venv/bin/python -m bench.learning

assets: tools
	@.venv/bin/python hatch_build.py

words: tools
	@.venv/bin/python make/words.py

migration: tools
	@PYTHONPATH=. .venv/bin/python make/new_migration.py "$(WHY)"

initial-migration: tools
	@PYTHONPATH=. .venv/bin/python make/new_migration.py --initial

environment:
	@sh make/environment.sh

tools:
	@sh make/environment.sh --tests
