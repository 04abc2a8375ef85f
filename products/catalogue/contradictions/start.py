"""What the packages below must know of contradictions, told once when the application starts."""

from products.catalogue.contradictions.panel import draw_contradictions
from products.catalogue.contradictions.telling import FOUND, TOPIC
from wiki.locale import _l
from wiki.pages.kinds import Topic, register_topic
from wiki.pages.page_panels import PagePanel, register_page_panel


def init() -> None:
    """Show on a page what contradicts it, and name the notices of it."""
    register_topic(
        Topic(TOPIC, {FOUND: _l("contradicts another page")}, lambda _page: "/contradictions")
    )
    register_page_panel(PagePanel("contradictions", draw_contradictions, above=True))
