"""Merging two clients of which somebody knows that they are one, and taking that back.

The dossier of the one goes into the other's, in one change: positions, people and what is known of
them, who looks after it. The card of the one who stays is believed; what it does not say it takes
from the other. The other keeps its card and its notes as they were, and leads to the one who
stays. Companies that belonged to it belong to the one who stays, also those that the actor cannot
see: a part of a holding must not lead to a client that is no more.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed, tell_change
from dossiers.clients.dependents import find_anew, things_of
from dossiers.clients.holding import check_no_circle
from dossiers.clients.kinds import CardField, Duty
from dossiers.clients.models import Assignment, CardFact, Client
from dossiers.clients.queries import locked_client
from dossiers.clients.rules import check_may_edit
from dossiers.clients.services.refreshing import refresh_card
from dossiers.facts.models import Change, Dated
from dossiers.facts.periods import Period
from dossiers.people.duplicates.placeless import drop_placeless
from dossiers.people.duplicates.rehoming import Row, believed_rows, copy, rehome
from dossiers.people.editing.aftermath import is_in_force
from dossiers.people.models import FACT_TABLES, Employment
from wiki.accounts.actor import Actor
from wiki.errors import Missing, Refusal

MERGED = "merge clients"
_FILLED = (CardField.LEGAL_NAME, CardField.SEGMENT, CardField.REGION, CardField.PARENT)
_JOINED = (CardField.DOMAINS, CardField.TAGS)

_Card = Mapping[str, Sequence[Row]]
"""The believed rows of a card by their fields."""


def client_pair_visible_to(session: Session, actor: Actor, one: int, other: int) -> list[Client]:
    """Both clients, in this order. Raises `Missing` unless the actor may see both, unmerged."""
    wanted = select(Client).where(
        Client.id.in_((one, other)),
        Client.audience.in_(actor.audiences),
        Client.merged_into_id.is_(None),
    )
    found = {client.id: client for client in session.scalars(wanted)}
    if {one, other} != set(found) or one == other:
        raise Missing()
    return [found[one], found[other]]


def check_alike(keep: Client, lose: Client) -> None:
    """Raise `Refusal` when merging would show a dossier to people who may not see it."""
    if keep.audience != lose.audience:
        raise Refusal(
            "Not the same people may see these two, so merging would show a restricted dossier "
            "to others, or hide one from its readers. Nothing was changed. Give both the same "
            "team and restriction on their cards first."
        )


def merge_clients(session: Session, actor: Actor, keep_id: int, lose_id: int) -> Change:
    """Put the whole dossier of one client into the other's, who stays.

    Where both speak of the same days, the one who stays is believed. Raises `Missing`,
    `Forbidden` unless the actor may edit both, `Refusal` when their readers differ or the one who
    stays belongs to a company below the other.
    """
    client_pair_visible_to(session, actor, keep_id, lose_id)
    locked = {ident: locked_client(session, actor, ident) for ident in sorted((keep_id, lose_id))}
    keep, lose = locked[keep_id], locked[lose_id]
    check_alike(keep, lose)
    words = {"name": lose.name, "to": keep.name, "loser": lose.id, "winner": keep.id}
    change = begin_deed(session, actor, keep, MERGED, **words)
    _move_dossier(session, change, keep, lose)
    _move_managers(session, change, keep, lose)
    _fill_card(session, change, keep, lose)
    _move_children(session, change, keep, lose)
    _settle(session, actor, change, keep, lose, True)
    return change


def follow_undo(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """Let the client that had been merged stand alone again, or lead to the other again.

    Raises `Forbidden` unless the actor may edit it, too, `Refusal` when their readers differ.
    """
    keep, lose = (session.get_one(Client, first.words[name]) for name in ("winner", "loser"))
    check_may_edit(actor, lose.team_id)
    again = is_in_force(session, undo)
    if again:
        check_alike(keep, lose)
    _settle(session, actor, undo, keep, lose, again)
    if keep.audience != lose.audience:
        raise Refusal(
            "Since these two were merged, %(keep)s has got other readers, so parting them would "
            "show a part of its dossier to others, or hide it from its readers. Nothing was "
            "changed. Give it its former team and restriction first, then part them.",
            keep=keep.name,
        )


def merged_into_visible_to(session: Session, actor: Actor, client_id: int) -> list[Client]:
    """The clients that were merged into this one, by name; their notes can still be read."""
    wanted = select(Client).where(
        Client.merged_into_id == client_id, Client.audience.in_(actor.audiences)
    )
    return list(session.scalars(wanted.order_by(Client.name_folded)))


def _settle(
    session: Session, actor: Actor, change: Change, keep: Client, lose: Client, merged: bool
) -> None:
    """Bring the rows of all clients that the change touched in step with their facts."""
    lose.merged_into_id = keep.id if merged else None
    session.flush()
    touched = (CardFact.change_id == change.id) | (CardFact.superseded_in == change.id)
    idents = {keep.id, lose.id, *session.scalars(select(CardFact.client_id).where(touched))}
    clients = session.scalars(select(Client).where(Client.id.in_(idents)).order_by(Client.id))
    for client in clients.all():
        refresh_card(session, client, actor)
        if client.id != change.client_id:
            tell_change(session, actor, client, change)
    find_anew(session, things_of(session, [keep.id, lose.id]))


def _move_dossier(session: Session, change: Change, keep: Client, lose: Client) -> None:
    for table in FACT_TABLES:
        rows = _rows(session, table, lose.id)
        rehome(session, change, table, rows, lambda row: {**row, "client_id": keep.id})
    drop_placeless(session, change, Employment.__table__.c.client_id == keep.id)


def _rows(session: Session, table: type[Dated], client_id: int) -> Sequence[Row]:
    columns = table.__table__.c  # type: ignore[attr-defined]
    return believed_rows(session, table, columns.client_id == client_id)


def _move_managers(session: Session, change: Change, keep: Client, lose: Client) -> None:
    """Whoever led the other looks after the one who stays, too; two do not lead at once."""
    own = [row for row in _rows(session, Assignment, keep.id) if row["duty"] == Duty.LEAD]

    def mapped(row: Row) -> dict[str, Any]:
        is_led = any(_days(row).meets(_days(other)) for other in own)
        duty = Duty.MEMBER.value if is_led and row["duty"] == Duty.LEAD else row["duty"]
        return {**row, "client_id": keep.id, "duty": duty}

    rehome(session, change, Assignment, _rows(session, Assignment, lose.id), mapped)


def _fill_card(session: Session, change: Change, keep: Client, lose: Client) -> None:
    own, other = _card(session, keep.id), _card(session, lose.id)
    filled = [row for field in _gaps(own, other) for row in other[field]]
    rows = [row for row in filled if _may_fill(session, keep, lose, row)]
    copy(session, change, CardFact, rows, lambda row: {**row, "client_id": keep.id})
    for field in _JOINED:
        _join(session, change, keep, own.get(field, ()), other.get(field, ()))


def _card(session: Session, client_id: int) -> _Card:
    found: dict[str, list[Row]] = {}
    for row in _rows(session, CardFact, client_id):
        found.setdefault(row["field"], []).append(row)
    return found


def _gaps(own: _Card, other: _Card) -> list[str]:
    """The fields that only the other card has. A tax number is one only with its country."""
    gaps = [field.value for field in _FILLED if field in other and field not in own]
    number, country = CardField.TAX_NUMBER.value, CardField.COUNTRY.value
    if number in other and number not in own and _agree(own, other, country):
        gaps.append(number)
    if country in other and country not in own and (number in gaps or number not in own):
        gaps.append(country)
    return gaps


def _agree(own: _Card, other: _Card, field: str) -> bool:
    known = {row["value"] for row in own.get(field, ())}
    return not known or known == {row["value"] for row in other.get(field, ())}


def _may_fill(session: Session, keep: Client, lose: Client, row: Row) -> bool:
    """A parent only when the holding stays a tree."""
    if row["field"] != CardField.PARENT:
        return True
    if row["value"] in (keep.id, lose.id):
        return False
    try:
        check_no_circle(session, keep.id, row["value"], _days(row))
    except Refusal:
        return False
    return True


def _join(
    session: Session, change: Change, keep: Client, own: Sequence[Row], other: Sequence[Row]
) -> None:
    """Lists hold what either says: the own rows get what the other's newest row has beside it."""
    more = max(other, key=lambda row: row["valid_from"])["value"] if other else []
    longer = [row for row in own if set(more) - set(row["value"])]

    def joined(row: Row) -> dict[str, Any]:
        return {**row, "value": list(dict.fromkeys([*row["value"], *more]))}

    rehome(session, change, CardFact, longer, joined)
    if not own:
        copy(session, change, CardFact, other, lambda row: {**row, "client_id": keep.id})


def _move_children(session: Session, change: Change, keep: Client, lose: Client) -> None:
    _lock(session, {row["client_id"] for row in _lines_to(session, lose)})
    rows = _lines_to(session, lose)
    children = [row for row in rows if row["client_id"] != keep.id]
    for row in children:
        _check_child(session, row, keep, lose)
    rehome(
        session, change, CardFact, rows,
        lambda row: {**row, "value": keep.id} if row["client_id"] != keep.id else None,
    )  # fmt: skip


def _lines_to(session: Session, parent: Client) -> list[Row]:
    """The rows that say of other clients that they belong to this one."""
    field = CardFact.__table__.c.field == CardField.PARENT.value
    return [row for row in believed_rows(session, CardFact, field) if row["value"] == parent.id]


def _lock(session: Session, idents: set[int]) -> None:
    """Nobody changes these cards meanwhile: two would say which parent they have."""
    rows = select(Client.id).where(Client.id.in_(idents)).order_by(Client.id)
    session.execute(rows.with_for_update())


def _check_child(session: Session, row: Row, keep: Client, lose: Client) -> None:
    try:
        check_no_circle(session, row["client_id"], keep.id, _days(row))
    except Refusal:
        raise Refusal(
            "%(keep)s belongs to a company below %(lose)s, so it cannot take its place in the "
            "holding. Nothing was changed. Merge them the other way round, or set the parent "
            "companies first.",
            keep=keep.name,
            lose=lose.name,
        ) from None


def _days(row: Row) -> Period:
    return Period(row["valid_from"], row["valid_to"])
