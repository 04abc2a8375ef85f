#!/bin/sh
# Everything that can be seen without running the wiki: style, types, layers, templates.
set -u
cd "$(dirname "$0")/.." || exit 1
failed=""
step() {
    name=$1; shift
    printf '%-24s' "$name"
    if output=$("$@" 2>&1); then echo "ok"; else echo "FAILED"; echo "$output"; failed="$failed $name,"; fi
}
bin=.venv/bin
PYTHONPATH=.
export PYTHONPATH
step "style (ruff)" $bin/ruff check .
step "format (ruff)" $bin/ruff format --check --quiet .
step "types (mypy)" $bin/mypy
step "layers (import-linter)" $bin/lint-imports
step "templates (djlint)" $bin/djlint --lint --quiet templates
step "templates (jinja)" $bin/python make/compile_templates.py
step "front end (tsc)" $bin/python make/front_end_types.py
if [ -n "$failed" ]; then echo "Not in order:${failed%,}."; exit 1; fi
