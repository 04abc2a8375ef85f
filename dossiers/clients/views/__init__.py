"""The browser's and the programs' doors to clients; each module adds its addresses."""

from dossiers.clients import api
from dossiers.clients.views import (
    cards,
    dossier,
    history,
    importing,
    listing,
    log,
    managers,
    standing,
)
from dossiers.clients.views.blueprint import clients

__all__ = [
    "api",
    "cards",
    "clients",
    "dossier",
    "history",
    "importing",
    "listing",
    "log",
    "managers",
    "standing",
]
