"""What the packages below must know of gaps, told once when the application starts."""

from products.catalogue.start_panels import StartPanel, register_start_panel
from products.onboarding.gaps.panels import draw_asking, draw_on_start
from products.onboarding.gaps.wording import NEWS
from search.empty_panels import register_empty_panel
from wiki.accounts.actor import Role
from wiki.pages.kinds import register_topic


def init() -> None:
    """Let searches that found nothing be asked, and tell of answers."""
    register_empty_panel("ask", draw_asking)
    register_topic(NEWS)
    register_start_panel(StartPanel("gaps", draw_on_start, frozenset(Role), can_wait=True))
