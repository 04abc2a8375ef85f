"""What the packages below must know of paths, told once when the application starts."""

from products.onboarding.paths.panel import draw_place
from wiki.pages.page_panels import PagePanel, register_page_panel


def init() -> None:
    """Let pages know of the paths that they stand in."""
    register_page_panel(PagePanel("reading paths", draw_place))
