.DEFAULT_GOAL := help
.PHONY: help demo editor test bench attack faults lint format pictures constraints clean

help: ## List these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

demo: ## Serve the real record at http://127.0.0.1:8000 (PORT=9000 moves it)
	@bin/demo

editor: ## Give the demo's editor a new password
	@bin/demo editor

test: ## Run every check and test, on SQLite, PostgreSQL and in a browser
	@bin/test

bench: ## Measure the pages, on SQLite and PostgreSQL
	@bin/bench

attack: ## Send 12,500 hostile requests to the site, on SQLite and PostgreSQL
	@bin/attack

faults: ## Kill, stop, fill and cut off what serves the site, while it is read and edited
	@bin/faults

lint: ## Only style, format and types
	@bin/test lint

format: ## Put code and templates in their format
	@bin/setup test
	@.venv/bin/ruff check --fix . && bin/format

pictures: ## Take the pictures of docs/editing.md anew
	@bin/setup test
	@ASTANA_PICTURES=on ASTANA_CHROMIUM="$$(bin/chromium)" .venv/bin/pytest -q -n0 tests/browser/test_guide.py

constraints: ## Pin the newest versions that fit pyproject.toml
	@bin/setup dev
	@.venv/bin/pip-compile --quiet --upgrade --all-extras --strip-extras --no-header \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-annotate \
		--output-file constraints.txt pyproject.toml

clean: ## Remove the environment and the demo's database
	rm -rf .venv var
