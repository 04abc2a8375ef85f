"""Where deals are shown outside of their own pages, and what packages below know of them."""

from flask import Flask

from dossiers.approvals.run_panels import RunPanel, register_run_panel
from dossiers.approvals.runs.hints import know_hints
from dossiers.approvals.runs.origins import know_origin
from dossiers.clients.deed_words import know_deeds
from dossiers.clients.dependents import know_dependents
from dossiers.clients.panels import Panel, register_panel
from dossiers.deals import hints, pinning, run_links
from dossiers.deals.deed_words import DEAL_DEEDS
from dossiers.deals.kept_figures import KeptFigures
from dossiers.deals.matching.followers import follow_decisions
from dossiers.deals.searchable import DEAL, deals_naming, find_anew_after
from dossiers.deals.sold_kept import MOST
from dossiers.deals.views.dossier import draw_deals
from dossiers.deals.views.product_panel import draw_sold
from dossiers.deals.views.run_panel import draw_deals_of_run
from dossiers.people.editing.aftermath import follow
from dossiers.people.reading.deal_names import know_deals
from wiki.pages.page_panels import PagePanel, register_page_panel


def init_app(app: Flask) -> None:
    """Let deeds with deals be told and taken back, and deals be shown where they belong."""
    app.extensions["deals_sold"] = KeptFigures(MOST)
    know_deeds(DEAL_DEEDS)
    for action in (pinning.GIVEN, pinning.LEFT):
        follow(action, pinning.follow_undo)
    for action in (run_links.LINKED, run_links.PARTED):
        follow(action, run_links.follow_undo)
    know_origin("deal", run_links.begun_for_deal)
    know_hints("deals", hints.stage_hints)
    know_dependents(DEAL, deals_naming)
    follow_decisions("search", find_anew_after)
    know_deals("deals", hints.deal_names)
    register_run_panel(RunPanel("deals", draw_deals_of_run, aside=True))
    register_panel(Panel("deals", draw_deals))
    register_page_panel(PagePanel("deals", draw_sold))
