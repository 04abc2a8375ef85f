#!/bin/sh
# Everything: static checks, all tests on SQLite, those with a database once more on PostgreSQL,
# and the browser journeys. Goes on after a failure, so that one run tells all of them.
set -u
cd "$(dirname "$0")/.." || exit 1
failed=""
part() {
    name=$1; shift
    echo; echo "== $name"
    "$@" || failed="$failed $name,"
}
CHROMIUM=$(sh make/chromium.sh) || failed=" Chromium,"
export CHROMIUM
pytest=".venv/bin/python -m pytest -rs"
part "static checks" sh make/check.sh
part "tests on SQLite" $pytest -n 2 -m "not journey"
part "tests on PostgreSQL" $pytest -n 2 -m "not journey" --database=postgresql -p tests.only_with_database
part "browser journeys" $pytest -m journey
echo
if [ -n "$failed" ]; then echo "FAILED:${failed%,}."; exit 1; fi
echo "All passed."
