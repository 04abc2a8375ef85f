"""Merging two people of whom somebody knows that they are one, and taking that back.

All facts of the one go to the other, in one change of the dossier in which it is done. Facts in
other dossiers move too and stay in their dossiers, those in dossiers that the actor cannot see as
well: if they stayed behind, directors would find half of a person under a name that leads
elsewhere; and a refusal, or a warning, would tell that there is such a dossier. Nothing of it can
be read by anybody who could not read it before, for each fact keeps its dossier.
"""

from collections.abc import Collection

from sqlalchemy import CompoundSelect, exists, or_, select, union
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed, tell_change
from dossiers.clients.models import Client
from dossiers.clients.queries import locked_client
from dossiers.clients.rules import may_edit
from dossiers.facts.asking import believed
from dossiers.facts.models import Change
from dossiers.people.duplicates.placeless import drop_placeless
from dossiers.people.duplicates.rehoming import Row, believed_rows, rehome
from dossiers.people.editing.aftermath import is_in_force
from dossiers.people.kinds import NameKind
from dossiers.people.models import (
    FACT_TABLES,
    Employment,
    Influence,
    Judgement,
    Person,
    PersonContact,
    PersonName,
    Relationship,
)
from wiki.accounts.actor import Actor
from wiki.errors import Forbidden, Missing
from wiki.outbox import changed_many
from wiki.rendering.titles import fold_title

MERGED = "merge people"
_OF_ONE = (Employment, PersonContact, Judgement, Relationship)


def pair_visible_to(session: Session, actor: Actor, one: int, other: int) -> list[Person]:
    """Both people, in this order. Raises `Missing` unless the actor may see both, unmerged."""
    seen = exists().where(
        Employment.person_id == Person.id,
        believed(Employment),
        Employment.client_id == Client.id,
        Client.audience.in_(actor.audiences),
    )
    wanted = select(Person).where(
        Person.id.in_((one, other)), Person.merged_into_id.is_(None), seen
    )
    found = {person.id: person for person in session.scalars(wanted)}
    if {one, other} != set(found) or one == other:
        raise Missing()
    return [found[one], found[other]]


def check_may_merge(session: Session, actor: Actor, *people: int) -> list[Client]:
    """The dossiers that the actor sees these people in, and may edit.

    Raises `Forbidden` when they stand in one that the actor may only read.
    """
    return _editable(session, actor, dossiers_of(session, *people))


def _editable(session: Session, actor: Actor, idents: Collection[int]) -> list[Client]:
    seen = select(Client).where(Client.id.in_(idents), Client.audience.in_(actor.audiences))
    clients = session.scalars(seen.order_by(Client.id)).all()
    for client in clients:
        if not may_edit(actor, client.team_id):
            raise Forbidden(
                "They also stand in the dossier of %(client)s, which belongs to another team. "
                "Nothing was changed. Ask a manager of that team or a director to do this.",
                client=client.name,
            )
    return list(clients)


def merge_people(session: Session, actor: Actor, keep_id: int, lose_id: int) -> Change:
    """Give all that is known of one person to the other, who stays.

    Where both speak of the same days, the one who stays is believed. Raises `Missing`, and
    `Forbidden` unless the actor may edit every dossier that they see the people in.
    """
    pair_visible_to(session, actor, keep_id, lose_id)
    _lock(session, dossiers_of(session, keep_id, lose_id))
    # Once more: while one waited for the lock, somebody may have merged one of them elsewhere.
    keep, lose = pair_visible_to(session, actor, keep_id, lose_id)
    home = _home(session, actor, keep_id, lose_id)
    words = {"person": lose.name, "to": keep.name, "loser": lose.id, "winner": keep.id}
    change = begin_deed(session, actor, home, MERGED, **words)
    _move(session, change, keep, lose)
    lose.merged_into_id = keep.id
    _tell_others(session, actor, change)
    changed_many(session, "person", (keep.id, lose.id))
    return change


def follow_undo(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """Let the person who had been merged stand alone again, or lead to the other again.

    Raises `Forbidden` unless the actor may edit every dossier that they see it touch.
    """
    session.flush()
    _editable(session, actor, set(session.scalars(_touched(undo))))
    loser = session.get_one(Person, first.words["loser"])
    loser.merged_into_id = first.words["winner"] if is_in_force(session, undo) else None
    _tell_others(session, actor, undo)
    changed_many(session, "person", (loser.id, first.words["winner"]))


def dossiers_of(session: Session, *people: int) -> set[int]:
    """The dossiers in which anything is believed of these people."""
    parts = [
        select(table.client_id).where(believed(table), table.person_id.in_(people))
        for table in (*_OF_ONE, PersonName)
    ]
    ends = or_(Influence.from_person_id.in_(people), Influence.to_person_id.in_(people))
    tied = select(Influence.client_id).where(believed(Influence), ends)
    return set(session.scalars(union(*parts, tied)))


def _lock(session: Session, idents: Collection[int]) -> None:
    """All dossiers in one order, so that two merges never wait for each other."""
    rows = select(Client.id).where(Client.id.in_(idents)).order_by(Client.id)
    session.execute(rows.with_for_update())


def _home(session: Session, actor: Actor, keep_id: int, lose_id: int) -> Client:
    """The dossier in which the merge is written down: one where both work, if there is one."""
    clients = {client.id for client in check_may_merge(session, actor, keep_id, lose_id)}
    works = select(Employment.client_id).where(believed(Employment))
    kept, lost = (
        set(session.scalars(works.where(Employment.person_id == ident))) & clients
        for ident in (keep_id, lose_id)
    )
    return locked_client(session, actor, min(kept & lost or kept))


def _move(session: Session, change: Change, keep: Person, lose: Person) -> None:
    for table in _OF_ONE:
        rows = believed_rows(session, table, table.__table__.c.person_id == lose.id)
        rehome(session, change, table, rows, lambda row: {**row, "person_id": keep.id})
    _move_names(session, change, keep, lose)
    _move_ties(session, change, keep, lose)
    drop_placeless(session, change, Employment.__table__.c.person_id == keep.id)


def _move_names(session: Session, change: Change, keep: Person, lose: Person) -> None:
    """The full name of the one becomes another form of the name of the other."""
    own = fold_title(keep.name)[:250]

    def mapped(row: Row) -> dict[str, object] | None:
        slot = row["slot"] or fold_title(row["name"])[:250]
        if slot == own:
            return None
        return {**row, "person_id": keep.id, "kind": NameKind.FORM, "slot": slot}

    rows = believed_rows(session, PersonName, PersonName.__table__.c.person_id == lose.id)
    rehome(session, change, PersonName, rows, mapped)


def _move_ties(session: Session, change: Change, keep: Person, lose: Person) -> None:
    def mapped(row: Row) -> dict[str, object] | None:
        ends = {
            end: keep.id if row[end] == lose.id else row[end]
            for end in ("from_person_id", "to_person_id")
        }
        return {**row, **ends} if len(set(ends.values())) == 2 else None

    columns = Influence.__table__.c
    touched = or_(columns.from_person_id == lose.id, columns.to_person_id == lose.id)
    rehome(session, change, Influence, believed_rows(session, Influence, touched), mapped)


def _tell_others(session: Session, actor: Actor, change: Change) -> None:
    """The other dossiers whose facts moved; that in which it was done has been told."""
    session.flush()
    others = select(Client).where(Client.id.in_(_touched(change)), Client.id != change.client_id)
    for client in session.scalars(others.order_by(Client.id)).all():
        tell_change(session, actor, client, change)


def _touched(change: Change) -> CompoundSelect[int]:
    """The dossiers in which the change opened or closed rows."""
    return union(
        *(
            select(table.client_id).where(
                (table.change_id == change.id) | (table.superseded_in == change.id)
            )
            for table in FACT_TABLES
        )
    )
