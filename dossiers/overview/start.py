"""What the packages below must know of first pages, told once when the application starts."""

from flask import Flask

from dossiers.clients.panels import Panel, Place, register_panel
from dossiers.overview.beginning import panels
from dossiers.overview.dossier.panel import draw_answers
from wiki.jobs import JobBoard


def init_app(_app: Flask, _board: JobBoard) -> None:
    """Let the panels of first pages be known."""
    register_panel(Panel("answers", draw_answers, Place.FIRST))
    panels.init()
