"""The browser's door to contracts, the calendar and reviews; each module adds its addresses."""

from dossiers.renewals.views import briefing, briefings
from dossiers.renewals.views.blueprint import renewals_room

__all__ = ["briefing", "briefings", "renewals_room"]
