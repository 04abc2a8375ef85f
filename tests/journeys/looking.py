"""What is looked at on every page: who can use it, and whether it fits."""

from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")
_OUTSIDE = """() => {
  const room = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth > room ? document.documentElement.scrollWidth : 0;
}"""

_AT_REST = "() => document.getAnimations().every(one => one.playState !== 'running')"


@cache
def _axe() -> Axe:
    return Axe()


def barriers_on(page: Page) -> list[str]:
    """Serious and critical findings of axe, one line each; colours have come to rest before."""
    page.wait_for_function(_AT_REST)
    found = _axe().run(page).response["violations"]
    return [
        f"{finding['id']} ({finding['impact']}): {node['html'][:120]}"
        for finding in found
        if finding["impact"] in GRAVE
        for node in finding["nodes"][:3]
    ]


def too_wide(page: Page) -> list[str]:
    """Says so when the page must be moved sideways to be read."""
    width = page.evaluate(_OUTSIDE)
    return [f"the page is {width} pixels wide"] if width else []
