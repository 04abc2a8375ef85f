#!/bin/sh
# Everything that can be seen without running the wiki: style, types, layers, templates.
# All steps run at once; what they said is shown in the order in which they stand here.
set -u
cd "$(dirname "$0")/.." || exit 1
PYTHONPATH=.
export PYTHONPATH
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT
steps=0
step() {
    steps=$((steps + 1))
    echo "$1" >"$said/$steps.name"
    number=$steps
    shift
    ( "$@" >"$said/$number.output" 2>&1; echo $? >"$said/$number.code" ) &
}
bin=.venv/bin
step "types (mypy)" $bin/mypy
step "style (ruff)" $bin/ruff check .
step "format (ruff)" $bin/ruff format --check --quiet .
step "layers (import-linter)" $bin/lint-imports
step "templates (djlint)" $bin/djlint --lint --quiet templates
step "templates (jinja)" $bin/python make/compile_templates.py
step "front end (tsc)" $bin/python make/front_end_types.py
wait
failed=0
number=0
while [ $number -lt $steps ]; do
    number=$((number + 1))
    if [ "$(cat "$said/$number.code")" = 0 ]; then word=ok; else word=FAILED; failed=1; fi
    printf '%-24s%s\n' "$(cat "$said/$number.name")" "$word"
    if [ $word = FAILED ]; then cat "$said/$number.output"; fi
done
exit $failed
