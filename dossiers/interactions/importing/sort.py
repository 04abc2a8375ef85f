"""Contacts as a sort of list."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from dossiers.interactions.contacts.fields import FIELDS, Field
from dossiers.interactions.importing.applying import ContactWriter
from dossiers.interactions.importing.planning import plan_contacts
from dossiers.interactions.importing.settings import CLIENT, SETTINGS
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission
from wiki.errors import Refusal
from wiki.lists.plans import Chosen, Plan
from wiki.lists.sheets import Sheet
from wiki.lists.sorts import By, ListField, Setting, Sort, SortWords, Writer
from wiki.locale import _l
from wiki.pages.saving import Desk


class ContactSort(Sort):
    """Lists of contacts."""

    code = "contacts"
    address = "/contacts/import"
    room = "/clients"
    frame = "dossiers/interactions/contacts/import.html"
    permission = Permission.EDIT_DOSSIERS
    words = SortWords(
        title=_l("Import contacts"),
        about=_l(
            "A table of calls, meetings, letters and messages (CSV or XLSX), one a row, with what "
            "was promised. The same file sent again changes nothing. You see what would happen "
            "before anything is written."
        ),
        done=_l("The contacts are written. Each of them can be taken back by itself."),
        look=_l("Look at the clients"),
    )

    def fields(self, session: Session) -> Mapping[str, ListField]:
        """Whom, when, how, what was said and promised."""
        return FIELDS

    def settings(self, session: Session, actor: Actor) -> Sequence[Setting]:
        """The client of rows that name none, new people, the order of days."""
        return SETTINGS

    def check(self, chosen: Chosen) -> None:
        """Raise `Refusal` when it is not said with whom, when, or what."""
        columns = chosen.columns
        if Field.WHEN not in columns:
            raise Refusal(
                "No column holds the day of a contact. Nothing was changed. Say which one does."
            )
        if Field.CLIENT not in columns and not chosen.settings.get(CLIENT):
            raise Refusal(
                "No column names the client. Nothing was changed. Say which one does, or name one "
                "client for the whole file."
            )
        if Field.TEXT not in columns and Field.THEIRS not in columns:
            raise Refusal(
                "Neither what was said nor with whom is in a column. Nothing was changed. Say "
                "which column holds one of them."
            )
        if {Field.WE_PROMISED, Field.THEY_PROMISED} & columns.keys() and Field.DUE not in columns:
            raise Refusal(
                "No column holds the day until which promises hold. Nothing was changed. Say which "
                "one does, or leave the promises out."
            )

    def plan(self, session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> Plan:
        """What the list would do."""
        return plan_contacts(session, actor, sheet, chosen)

    def writer(self, desk: Desk, actor: Actor, plan: Plan, by: By) -> Writer:
        """Who writes it."""
        return ContactWriter(desk, actor)


CONTACTS = ContactSort()
