"""What the packages below must know of decisions about companies."""

from dossiers.clients.deed_words import know_deeds
from dossiers.deals.matching import deciding, undoing
from dossiers.deals.matching.deed_words import MATCHING_DEEDS
from dossiers.people.editing.aftermath import follow


def init() -> None:
    """Let decisions be told in a sentence, and be taken back whole from a dossier."""
    know_deeds(MATCHING_DEEDS)
    follow(deciding.GIVEN, undoing.follow_undo)
    follow(deciding.LEFT, undoing.follow_undo)
