"""What the packages below must know of renewals, told once when the application starts."""

from flask import Flask

from dossiers.renewals import models
from dossiers.renewals.briefing import months
from wiki.jobs import JobBoard

__all__ = ["init_app", "models"]


def init_app(app: Flask, board: JobBoard) -> None:
    """Let panels, registries, deeds and long jobs of renewals be known."""
    months.init_app(app, board)
