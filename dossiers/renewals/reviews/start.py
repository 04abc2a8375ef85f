"""What the packages below must know of reviews, told once when the application starts."""

from dossiers.clients.deed_words import know_deeds
from dossiers.renewals.reviews import undoing
from dossiers.renewals.reviews.deed_words import REVIEW_DEEDS


def init() -> None:
    """Let deeds with reviews be told and taken back."""
    know_deeds(REVIEW_DEEDS)
    undoing.init()
