"""What the packages below must know of renewals, told once when the application starts."""

from flask import Flask

from dossiers.renewals import models
from wiki.jobs import JobBoard

__all__ = ["init_app", "models"]


def init_app(_app: Flask, _board: JobBoard) -> None:
    """Let panels, registries, deeds and long jobs of renewals be known."""
