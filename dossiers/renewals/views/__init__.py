"""The browser's door to contracts, the calendar and reviews; each module adds its addresses."""

from dossiers.renewals.views.blueprint import renewals_room

__all__ = ["renewals_room"]
