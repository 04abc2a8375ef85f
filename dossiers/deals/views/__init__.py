"""The browser's door to deals; each module adds its addresses."""

from dossiers.deals.views import listing, terms
from dossiers.deals.views.blueprint import deals_room

__all__ = ["deals_room", "listing", "terms"]
