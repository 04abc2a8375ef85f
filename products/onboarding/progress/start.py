"""What the packages below must know of progress, told once when the application starts."""

from products.catalogue.start_panels import StartPanel, register_start_panel
from products.onboarding.progress.panel import draw_next
from wiki.accounts.actor import Role


def init() -> None:
    """Let the start page show what a learner reads next."""
    register_start_panel(StartPanel("learning", draw_next, frozenset(Role), can_wait=True))
