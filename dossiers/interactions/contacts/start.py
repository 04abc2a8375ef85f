"""What the packages below must know of contacts, told once when the application starts."""

from dossiers.clients.deed_words import know_deeds
from dossiers.interactions.contacts import run_topics, undoing
from dossiers.interactions.contacts.deed_words import CONTACT_DEEDS


def init() -> None:
    """Let deeds with contacts be told and taken back, and runs be topics."""
    know_deeds(CONTACT_DEEDS)
    undoing.init()
    run_topics.init()
