"""What the packages below must know of reading, told once when the application starts."""

from products.catalogue.start_panels import StartPanel, register_start_panel
from products.onboarding.reading.panels import draw_changed, draw_confirming, draw_start
from wiki.accounts.actor import Role
from wiki.pages.page_panels import PagePanel, register_page_panel


def init() -> None:
    """Let the panels of reading be known; on the start page they come first."""
    register_start_panel(StartPanel("changed since read", draw_start, frozenset(Role)))
    register_page_panel(PagePanel("changed since read", draw_changed, above=True))
    register_page_panel(PagePanel("confirm reading", draw_confirming))
