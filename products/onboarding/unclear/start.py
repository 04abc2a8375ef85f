"""What the packages below must know of unclear, told once when the application starts."""

from products.onboarding.unclear.keeping import follow_marks
from products.onboarding.unclear.panel import draw_unclear
from products.onboarding.unclear.wording import NEWS
from wiki.pages.followers import follow_revisions
from wiki.pages.kinds import register_topic
from wiki.pages.page_panels import PagePanel, register_page_panel


def init() -> None:
    """Keep marks on their sentences and show them under pages."""
    follow_revisions("unclear", follow_marks)
    register_page_panel(PagePanel("unclear", draw_unclear))
    register_topic(NEWS)
