"""The browser's door to the contact log and of promises; each module adds its addresses."""

from dossiers.interactions.views import (
    contact,
    contact_lists,
    contacts,
    contacts_api,
    promise_deeds,
    promises,
    promises_api,
)
from dossiers.interactions.views.blueprint import interactions_room

__all__ = [
    "contact",
    "contact_lists",
    "contacts",
    "contacts_api",
    "interactions_room",
    "promise_deeds",
    "promises",
    "promises_api",
]
