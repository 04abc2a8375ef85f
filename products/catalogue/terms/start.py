"""What the packages below must know of terms, told once when the application starts."""

from products.catalogue.terms.panel import draw_terms
from wiki.pages.page_panels import PagePanel, register_page_panel


def init() -> None:
    """Let pages explain their terms."""
    register_page_panel(PagePanel("terms", draw_terms))
