"""The browser's door to contracts, the calendar and reviews; each module adds its addresses."""

from dossiers.renewals.calendar import api as calendar_api
from dossiers.renewals.views import (
    briefing,
    briefings,
    calendar,
    calendar_feed,
    contract,
    contract_forms,
    contracts,
    contracts_api,
    contracts_import,
    follow_ups,
    opinions,
    review_deeds,
    reviews,
    reviews_api,
    rules,
)
from dossiers.renewals.views.blueprint import renewals_room

__all__ = [
    "briefing",
    "briefings",
    "calendar",
    "calendar_api",
    "calendar_feed",
    "contract",
    "contract_forms",
    "contracts",
    "contracts_api",
    "contracts_import",
    "follow_ups",
    "opinions",
    "renewals_room",
    "review_deeds",
    "reviews",
    "reviews_api",
    "rules",
]
