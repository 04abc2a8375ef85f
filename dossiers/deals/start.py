"""What the packages below must know of deals, told once when the application starts."""

from flask import Flask

from dossiers.deals import linking, models
from wiki.jobs import JobBoard

__all__ = ["init_app", "models"]


def init_app(_app: Flask, _board: JobBoard) -> None:
    """Let panels, registries, deeds and long jobs of deals be known."""
    linking.init()
