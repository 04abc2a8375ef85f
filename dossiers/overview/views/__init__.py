"""The browser's door to first pages; each module adds its addresses."""

from dossiers.overview.views import neglected
from dossiers.overview.views.blueprint import overview_room

__all__ = ["neglected", "overview_room"]
