"""Files of contacts in."""

from dossiers.interactions.importing.sort import CONTACTS
from dossiers.interactions.views.blueprint import interactions_room
from wiki.lists.views import add_addresses

add_addresses(interactions_room, CONTACTS)
