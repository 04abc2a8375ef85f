"""What the packages below must know of selling, told once when the application starts."""

from products.catalogue.selling.panel import draw_line
from wiki.pages.page_panels import PagePanel, register_page_panel


def init() -> None:
    """Let product pages show the way to their card for selling."""
    register_page_panel(PagePanel("selling", draw_line, above=True))
