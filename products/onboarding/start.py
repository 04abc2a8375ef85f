"""What the packages below must know of learning, told once when the application starts."""

from flask import Flask

from products.catalogue.care import models as care_models
from products.onboarding import models
from products.onboarding.weight import start as weight_start
from wiki.jobs import JobBoard

__all__ = ["care_models", "init_app", "models"]


def init_app(_app: Flask, _board: JobBoard) -> None:
    """Let panels, registries and long jobs of learning be known."""
    weight_start.init()
