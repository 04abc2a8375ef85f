#!/bin/sh
# Prints the path of a Chromium for the browser journeys, installing one when there is none.
# An empty line means Playwright's own.
set -u
cd "$(dirname "$0")/.." || exit 1
for name in ${CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable; do
    # Ubuntu's chromium-browser may be a stub that only says how to install a snap.
    if "$name" --version >/dev/null 2>&1; then command -v "$name"; exit 0; fi
done
mac="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
if [ -x "$mac" ]; then echo "$mac"; exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser journeys …" >&2
    apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-dejavu-core >/dev/null 2>&1
    if chromium --version >/dev/null 2>&1; then command -v chromium; exit 0; fi
fi
echo "Installing Playwright's Chromium for the browser journeys …" >&2
if .venv/bin/python -m playwright install chromium >&2; then echo ""; exit 0; fi
echo "No Chromium could be had, and the browser journeys need one. Install it (Debian, Ubuntu: sudo" >&2
echo "apt install chromium; macOS: brew install --cask chromium), then run the same command again." >&2
exit 1
