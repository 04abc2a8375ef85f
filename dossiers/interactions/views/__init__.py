"""The browser's door to the contact log and of promises; each module adds its addresses."""

from dossiers.interactions.views.blueprint import interactions_room

__all__ = ["interactions_room"]
