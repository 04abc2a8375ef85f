"""What the packages below must know of first pages, told once when the application starts."""

from flask import Flask

from dossiers.clients.panels import Panel, register_first
from dossiers.overview.beginning import panels
from dossiers.overview.dossier.panel import draw_answers
from wiki.jobs import JobBoard


def init_app(_app: Flask, _board: JobBoard) -> None:
    """Let the panels of first pages be known."""
    register_first(Panel("answers", draw_answers))
    panels.init()
