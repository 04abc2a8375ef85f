"""Clients as a sort of list."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from dossiers.clients.importing.applying import ClientWriter
from dossiers.clients.importing.fields import FIELDS, Field
from dossiers.clients.importing.planning import plan_clients
from dossiers.clients.importing.settings import settings_of
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission
from wiki.errors import Refusal
from wiki.lists.plans import Chosen, Plan
from wiki.lists.sheets import Sheet
from wiki.lists.sorts import By, ListField, Setting, Sort, SortWords, Writer
from wiki.locale import _l
from wiki.pages.saving import Desk

_KEYS = (Field.NAME, Field.TAX_NUMBER, Field.DOMAINS)


class ClientSort(Sort):
    """Lists of clients."""

    code = "clients"
    address = "/clients/import"
    room = "/clients"
    frame = "dossiers/clients/import.html"
    permission = Permission.EDIT_DOSSIERS
    words = SortWords(
        title=_l("Import clients"),
        about=_l(
            "A table of clients (CSV or XLSX), one a row. A client is known by tax number, then by "
            "domain, then by exact name. You see what would happen before anything is written."
        ),
        done=_l("The clients are written. Each of them can be looked at and taken back by itself."),
        look=_l("Look at the clients"),
        kept=_l("They stand in the client's notes as a table, with the file and the day."),
    )

    def fields(self, session: Session) -> Mapping[str, ListField]:
        """The fields of a card, and who is responsible."""
        return FIELDS

    def settings(self, session: Session, actor: Actor) -> Sequence[Setting]:
        """Team and country of new clients."""
        return settings_of(session, actor)

    def check(self, chosen: Chosen) -> None:
        """Raise `Refusal` when no column tells one client from another."""
        if not any(key in chosen.columns for key in _KEYS):
            raise Refusal(
                "No column holds the name, tax number or domain of a client. Nothing was changed. "
                "Say which one does."
            )

    def plan(self, session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> Plan:
        """What the list would do."""
        return plan_clients(session, actor, sheet, chosen)

    def writer(self, desk: Desk, actor: Actor, plan: Plan, by: By) -> Writer:
        """Who writes it."""
        return ClientWriter(desk, actor, by)


CLIENTS = ClientSort()
