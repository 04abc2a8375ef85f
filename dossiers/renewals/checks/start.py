"""What the packages below must know of checks and opinions, told once at the start."""

from dossiers.clients.deed_words import know_deeds
from dossiers.renewals.checks import giving
from dossiers.renewals.checks.wording import OPINION_DEEDS


def init() -> None:
    """Let opinions be told in a sentence and taken back."""
    know_deeds(OPINION_DEEDS)
    giving.init_undoing()
