"""What the packages below must know of clients, told once when the application starts."""

from dossiers.clients.card_words import CLIENT_DEEDS
from dossiers.clients.deed_words import know_deeds
from dossiers.clients.importing.sort import CLIENTS
from dossiers.clients.notes_room import NOTES
from dossiers.clients.services.notes import ROOM
from wiki.lists.sorts import register_sort
from wiki.pages.rooms import register_room


def init() -> None:
    """Let deeds with clients be told, the pages know of their notes, and lists hold them."""
    know_deeds(CLIENT_DEEDS)
    register_room(ROOM, NOTES)
    register_sort(CLIENTS)
