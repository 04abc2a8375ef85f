#!/bin/sh
# Makes .venv and installs the wiki into it, unless that was done before.
# Finds a Python that is new enough; the rest is in environment.py.
set -u
cd "$(dirname "$0")/.." || exit 1
found=""
for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    version=$("$python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" make/environment.py "$@"
    fi
    found="$found $python is $version,"
done
echo "Dossier Wiki needs Python 3.11 or newer;${found:- there is no Python here,} so nothing was installed." >&2
echo "Install a newer Python (Debian 12, Ubuntu 24.04 and Homebrew have one), then run the same command again." >&2
echo "If it has an unusual name: make run PYTHON=/path/to/python3.13" >&2
exit 1
