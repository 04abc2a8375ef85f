"""What the packages below must know of learning, told once when the application starts."""

from flask import Flask

from products.catalogue.care import models as care_models
from products.catalogue.care import start as care_start
from products.catalogue.contradictions import start as contradictions_start
from products.catalogue.selling import start as selling_start
from products.catalogue.terms import start as terms_start
from products.onboarding import models
from products.onboarding.gaps import start as gaps_start
from products.onboarding.paths import start as paths_start
from products.onboarding.progress import start as progress_start
from products.onboarding.questions import start as questions_start
from products.onboarding.reading import start as reading_start
from products.onboarding.unclear import start as unclear_start
from products.onboarding.weight import start as weight_start
from wiki.jobs import JobBoard

__all__ = ["care_models", "init_app", "models"]


def init_app(_app: Flask, _board: JobBoard) -> None:
    """Let panels, registries and long jobs of learning be known, in the order of the screen."""
    weight_start.init()
    # What changed since the reader read comes first on the start page.
    reading_start.init()
    care_start.init()
    questions_start.init()
    terms_start.init()
    selling_start.init()
    contradictions_start.init()
    unclear_start.init()
    gaps_start.init()
    paths_start.init()
    progress_start.init()
