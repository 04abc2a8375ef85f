"""Who looked at dossiers and took them out: read from the history, which nobody can change."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.accounts.rules import Permission, require
from wiki.history.models import HistoryEntry
from wiki.paging import Key, Part, beyond, part_of

PART = 50
VIEW, EXPORT = "view ", "export "


class Look(NamedTuple):
    """One look at a part of a dossier, or one thing taken out of it."""

    id: int
    at: datetime
    who: str | None
    action: str
    client_id: int
    client: str

    @property
    def is_export(self) -> bool:
        """Whether something was taken out."""
        return self.action.startswith(EXPORT)

    @property
    def what(self) -> str:
        """The part that was looked at: "chart", "chart.pdf"."""
        return self.action.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which looks to list: of one client or of all, of one person or of all, only exports."""

    client_id: int | None = None
    person: int | None = None
    only_exports: bool = False


def looks_visible_to(
    session: Session, actor: Actor, wanted: Wanted, before: Key | None = None
) -> Part[Look]:
    """A part of the looks, the newest first; for those who may see them."""
    require(actor, Permission.SEE_DOSSIER_LOG)
    statement = _looks(actor).where(*_conditions(wanted))
    if before is not None:
        statement = statement.where(beyond(before, HistoryEntry.at, HistoryEntry.id))
    ordered = statement.order_by(HistoryEntry.at.desc(), HistoryEntry.id.desc())
    rows = [Look._make(row) for row in session.execute(ordered.limit(PART + 1))]
    return part_of(rows, PART, lambda look: Key(look.at, look.id))


def _looks(actor: Actor) -> Select[int, datetime, str | None, str, int, str]:
    return (
        select(
            HistoryEntry.id,
            HistoryEntry.at,
            User.name,
            HistoryEntry.action,
            Client.id,
            Client.name,
        )
        .join(Client, Client.id == HistoryEntry.subject_id)
        .outerjoin(User, User.id == HistoryEntry.actor_id)
        .where(HistoryEntry.subject_kind == "client", Client.audience.in_(actor.audiences))
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    action = HistoryEntry.action
    exports = action.startswith(EXPORT)
    found: list[ColumnElement[bool]] = [
        exports if wanted.only_exports else or_(exports, action.startswith(VIEW))
    ]
    if wanted.client_id is not None:
        found.append(HistoryEntry.subject_id == wanted.client_id)
    if wanted.person is not None:
        found.append(HistoryEntry.actor_id == wanted.person)
    return found
