"""The browser's door to deals; each module adds its addresses."""

from dossiers.deals import api, api_queue
from dossiers.deals.discounts import api as discounts_api
from dossiers.deals.views import (
    closing,
    deal,
    discount_panel,
    discounts,
    dossier,
    forecast,
    ground,
    hooks,
    importing,
    listing,
    policy,
    policy_edit,
    queue,
    queue_deeds,
    reasons,
    reports,
    sellers,
    sources,
    terms,
)
from dossiers.deals.views.blueprint import deals_room

__all__ = [
    "api",
    "api_queue",
    "closing",
    "deal",
    "deals_room",
    "discount_panel",
    "discounts",
    "discounts_api",
    "dossier",
    "forecast",
    "ground",
    "hooks",
    "importing",
    "listing",
    "policy",
    "policy_edit",
    "queue",
    "queue_deeds",
    "reasons",
    "reports",
    "sellers",
    "sources",
    "terms",
]
