"""Tryton among the kinds of programs that can be asked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dossiers.deals.connectors.addresses import checked_address
from dossiers.deals.connectors.interface import ConnectorKind, Setting
from dossiers.deals.connectors.tryton.connector import MOST_AT_ONCE, Tryton
from dossiers.deals.connectors.tryton.rest import Rest
from dossiers.deals.connectors.web import USUAL
from dossiers.deals.kinds import SourceKind
from wiki.locale import _l

_ADDRESS = Setting(
    "address",
    _l("Address"),
    _l("Of the Tryton server, as one types it in the browser, without the database."),
    example="https://tryton.example.com",
    check=checked_address,
)
_DATABASE = Setting("database", _l("Database"), _l("Its name on that server."), longest=60)


def open_tryton(settings: Mapping[str, Any], key: str) -> Tryton:
    """A connector with these settings; nothing is asked yet.

    `at_once` (deals of one question) and `silence` (seconds) may be set smaller than usual.
    """
    limits = replace(USUAL, silence=float(settings.get("silence", USUAL.silence)))
    at_once = int(settings.get("at_once", MOST_AT_ONCE))
    return Tryton(Rest(settings["address"], settings["database"], key, limits), at_once)


TRYTON = ConnectorKind(
    SourceKind.TRYTON,
    "Tryton",
    (_ADDRESS, _DATABASE),
    _l("Key"),
    _l(
        "In Tryton: Preferences, Applications, a new one of the kind REST API. The deals are read "
        "with the rights of the person to whom it belongs."
    ),
    open_tryton,
)
