"""The browser that the journeys drive."""

import os
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Playwright

_ROOT = Path(__file__).parent.parent.parent
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch(driver: Playwright) -> Browser:
    """Start the Chromium that `make/chromium.sh` finds, or installs when there is none."""
    return driver.chromium.launch(executable_path=_chromium(), args=list(_FLAGS))


def _chromium() -> str | None:
    """Its path; `None` is Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named is None:
        command = ["sh", "make/chromium.sh"]
        found = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True)
        named = found.stdout.strip()
    return named or None
