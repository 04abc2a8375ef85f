"""What others must know of reasons, told once when the application starts."""

from dossiers.clients.deed_words import know_deeds
from dossiers.deals.closing.panel import draw_closing
from dossiers.deals.closing.services import EXPLAINED, follow_undo
from dossiers.deals.closing.wording import CLOSING_DEEDS
from dossiers.deals.deal_panels import DealPanel, register_deal_panel
from dossiers.people.editing.aftermath import follow


def init() -> None:
    """Let deeds be told and taken back, and the page of a closed deal ask why."""
    know_deeds(CLOSING_DEEDS)
    follow(EXPLAINED, follow_undo)
    register_deal_panel(DealPanel("closing", draw_closing))
