"""What the packages below must know of interactions, told once when the application starts."""

from flask import Flask

from dossiers.interactions import models
from wiki.jobs import JobBoard

__all__ = ["init_app", "models"]


def init_app(_app: Flask, _board: JobBoard) -> None:
    """Let panels, registries, deeds and long jobs of interactions be known."""
