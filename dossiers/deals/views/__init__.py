"""The browser's door to deals; each module adds its addresses."""

from dossiers.deals import api, api_queue
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
    "api",
    "api_queue",
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
