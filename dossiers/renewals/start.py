"""What the packages below must know of renewals, told once when the application starts."""

from flask import Flask

from dossiers.renewals import contact_topics, models
from dossiers.renewals.briefing import months
from dossiers.renewals.checks import start as checks_start
from dossiers.renewals.contracts import start as contracts_start
from dossiers.renewals.reviews import start as reviews_start
from wiki.jobs import JobBoard

__all__ = ["init_app", "models"]


def init_app(app: Flask, board: JobBoard) -> None:
    """Let panels, registries, deeds and long jobs of renewals be known."""
    contracts_start.init()
    contact_topics.init()
    checks_start.init()
    reviews_start.init()
    months.init_app(app, board)
