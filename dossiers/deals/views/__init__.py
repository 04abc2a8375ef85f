"""The browser's door to deals; each module adds its addresses."""

from dossiers.deals.views import (
    deal,
    dossier,
    hooks,
    importing,
    listing,
    queue,
    queue_deeds,
    sources,
    terms,
)
from dossiers.deals.views.blueprint import deals_room

__all__ = [
    "deal",
    "deals_room",
    "dossier",
    "hooks",
    "importing",
    "listing",
    "queue",
    "queue_deeds",
    "sources",
    "terms",
]
