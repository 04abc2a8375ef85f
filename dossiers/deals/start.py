"""What the packages below must know of deals, told once when the application starts."""

from flask import Flask

from dossiers.deals import at_stake, contact_topics, models, shown_elsewhere
from dossiers.deals.closing import start as closing
from dossiers.deals.connectors import start as connectors
from dossiers.deals.discounts import start as discounts
from dossiers.deals.files import jobs as files_jobs
from dossiers.deals.kept_figures import KeptFigures
from dossiers.deals.matching import start as matching_start
from dossiers.deals.sellers import start as sellers
from dossiers.deals.views import discount_panel
from wiki.jobs import JobBoard

__all__ = ["init_app", "models"]


def init_app(app: Flask, board: JobBoard) -> None:
    """Let panels, registries, deeds and long jobs of deals be known."""
    shown_elsewhere.init_app(app)
    matching_start.init()
    connectors.init()
    files_jobs.init_app(app, board)
    discounts.init(board)
    closing.init()
    app.extensions["deals_figures"] = KeptFigures()
    sellers.init()
    discount_panel.init()
    contact_topics.init()
    at_stake.init()
