"""What the packages below must know of care, told once when the application starts."""

from products.catalogue.care.keeping import keep_facts
from products.catalogue.care.marks import stale_marks
from products.catalogue.care.panel import draw_waiting
from products.catalogue.start_panels import StartPanel, register_start_panel
from wiki.accounts.actor import DIRECTING, Role
from wiki.pages.fact_marks import register_fact_marks
from wiki.pages.followers import follow_revisions


def init() -> None:
    """Keep the life of each fact as pages are saved, and mark what is stale."""
    follow_revisions("care", keep_facts)
    register_fact_marks("care", stale_marks)
    roles = frozenset({Role.MANAGER, *DIRECTING})
    register_start_panel(StartPanel("care", draw_waiting, roles, can_wait=True))
