"""Who holds which position: appointing, ending, moving to another client."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import redraw
from dossiers.clients.queries import client_visible_to, locked_client
from dossiers.facts.models import NEVER, Change
from dossiers.facts.periods import Period
from dossiers.facts.writing import Fact
from dossiers.people.editing.aftermath import follow
from dossiers.people.editing.lookup import days_of, person_here, position_here
from dossiers.people.editing.overtaking import check_not_overtaken
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.persons import person_called_under
from dossiers.people.kinds import EndReason
from dossiers.people.models import Employment, Person
from dossiers.people.rules import name_of
from wiki.accounts.actor import Actor
from wiki.errors import Missing, Refusal
from wiki.outbox import changed

_STAYS = (EndReason.UNKNOWN, EndReason.MOVED_INSIDE)
"""With these reasons somebody who loses the only place is still at the client."""
_MOVED = "move to client"


@dataclass(frozen=True)
class Appointment:
    """How somebody holds a position, and what became of those who held it before.

    `predecessor` is why they no longer hold it; `None` lets them hold it together.
    """

    main: bool = True
    acting: bool = False
    predecessor: EndReason | None = None


def appoint(pen: Pen, position_id: int, person: Person, appointment: Appointment) -> Change:
    """Let the person hold the position from the pen's day on."""
    position = position_here(pen, position_id)
    check_not_overtaken(pen, Employment, position_id=position_id)
    change = pen.begin("appoint", person=person.name, position=position["title"])
    _appoint_under(pen, change, position_id, person, appointment)
    return change


def appoint_named(
    pen: Pen, position_id: int, name: str, appointment: Appointment
) -> tuple[Change, Person]:
    """The same for somebody of that name, who is written down when not known at the client."""
    position = position_here(pen, position_id)
    check_not_overtaken(pen, Employment, position_id=position_id)
    change = pen.begin("appoint", person=name_of(name), position=position["title"])
    person = person_called_under(pen, change, name)
    _appoint_under(pen, change, position_id, person, appointment)
    return change, person


def _appoint_under(
    pen: Pen, change: Change, position_id: int, person: Person, appointment: Appointment
) -> None:
    if appointment.predecessor is not None:
        _end_others(pen, change, position_id, person.id, appointment.predecessor)
    place(pen, change, person.id, position_id, appointment)
    changed(pen.session, "person", person.id)


def place(pen: Pen, change: Change, person_id: int, position_id: int, how: Appointment) -> None:
    """Write under a change that the person holds the position from the pen's day on.

    When it is known already that they do not hold it to the end of time, that and the reason stay.
    """
    key = {"person_id": person_id, "client_id": pen.client.id, "position_id": position_id}
    before = pen.believed(Employment, **key)
    reason = before["end_reason"] if before else None
    values = {"main": how.main, "acting": how.acting, "end_reason": reason}
    period = pen.period(Employment, **key).with_(days_of(pen, position_id))
    pen.write(change, Employment, Fact(key, values, period))
    # Whoever has a place is no longer one whose place nobody knows.
    pen.write(change, Employment, Fact({**key, "position_id": None}, None, period))


def _end_others(
    pen: Pen, change: Change, position_id: int, person_id: int, reason: EndReason
) -> None:
    held = select(Employment.person_id).where(
        Employment.position_id == position_id,
        Employment.client_id == pen.client.id,
        Employment.superseded_at == NEVER,
        Employment.valid_from <= pen.day,
        Employment.valid_to > pen.day,
        Employment.person_id != person_id,
    )
    for other in pen.session.scalars(held.order_by(Employment.person_id)).all():
        end_one(pen, change, other, position_id, reason)
        if reason in _STAYS:
            _unplace_if_placeless(pen, change, other)


def _unplace(pen: Pen, change: Change, person_id: int) -> None:
    """The person stays at the client; where, nobody knows yet."""
    key = {"person_id": person_id, "client_id": pen.client.id, "position_id": None}
    values = {"main": True, "acting": False, "end_reason": None}
    pen.write(change, Employment, Fact(key, values, pen.period(Employment, **key)))


def end_one(
    pen: Pen, change: Change, person_id: int, position_id: int | None, reason: EndReason
) -> None:
    """End one employment on the pen's day and keep why. Raises `Refusal` when there is none."""
    key = {"person_id": person_id, "client_id": pen.client.id, "position_id": position_id}
    row = pen.believed(Employment, **key)
    if row is None:
        raise Refusal(
            "On %(day)s this person does not hold that position. Nothing was changed.",
            day=pen.day.isoformat(),
        )
    held = Period(row["valid_from"], pen.day)
    values = {"main": row["main"], "acting": row["acting"], "end_reason": reason}
    pen.write(
        change,
        Employment,
        Fact(key, values, held),
        Fact(key, None, Period(pen.day, row["valid_to"])),
    )


def end_employment(pen: Pen, person_id: int, position_id: int | None, reason: EndReason) -> Change:
    """The person no longer holds the position (or, with `None`, no longer works there)."""
    person = person_here(pen, person_id)
    check_not_overtaken(pen, Employment, person_id=person_id, client_id=pen.client.id)
    title = position_here(pen, position_id)["title"] if position_id else ""
    change = pen.begin("end employment", person=person.name, position=title, reason=reason.value)
    end_one(pen, change, person_id, position_id, reason)
    if position_id and reason in _STAYS:
        _unplace_if_placeless(pen, change, person_id)
    changed(pen.session, "person", person_id)
    return change


def _unplace_if_placeless(pen: Pen, change: Change, person_id: int) -> None:
    if not _held(pen, person_id):
        _unplace(pen, change, person_id)


def leave_client(pen: Pen, person_id: int, reason: EndReason) -> Change:
    """The person no longer works at the client at all."""
    person = person_here(pen, person_id)
    check_not_overtaken(pen, Employment, person_id=person_id, client_id=pen.client.id)
    change = pen.begin("leave client", person=person.name, reason=reason.value)
    _leave(pen, change, person_id, reason)
    changed(pen.session, "person", person_id)
    return change


def _leave(pen: Pen, change: Change, person_id: int, reason: EndReason) -> None:
    held = _held(pen, person_id)
    if not held:
        raise Refusal(
            "On %(day)s this person does not work at the client. Nothing was changed.",
            day=pen.day.isoformat(),
        )
    for position_id in held:
        end_one(pen, change, person_id, position_id, reason)


def _held(pen: Pen, person_id: int) -> list[int | None]:
    """The positions that the person holds on the pen's day; `None` for a place nobody knows."""
    wanted = select(Employment.position_id).where(
        Employment.person_id == person_id,
        Employment.client_id == pen.client.id,
        Employment.superseded_at == NEVER,
        Employment.valid_from <= pen.day,
        Employment.valid_to > pen.day,
    )
    return list(pen.session.scalars(wanted))


def move_to_client(
    pen: Pen, person_id: int, other_client_id: int, position_id: int | None
) -> Change:
    """The person leaves for another client, and works there from the same day on.

    The past stays; who may edit only the old dossier may still say where somebody went. Raises
    `Missing` when the actor may not see the other client.
    """
    person = person_here(pen, person_id)
    if other_client_id == pen.client.id:
        raise Refusal("That is the same client. Nothing was changed. Choose another position.")
    client_visible_to(pen.session, pen.actor, other_client_id)
    # Not where to: readers of this dossier need not see the other client.
    change = pen.begin(_MOVED, person=person.name)
    _leave(pen, change, person_id, EndReason.MOVED_CLIENT)
    _arrive(pen, change, person_id, other_client_id, position_id)
    changed(pen.session, "person", person_id)
    changed(pen.session, "client", other_client_id)
    _redraw_other(pen.session, pen.actor, change, change)
    return change


def _arrive(
    pen: Pen, change: Change, person_id: int, client_id: int, position_id: int | None
) -> None:
    key = {"person_id": person_id, "client_id": client_id, "position_id": position_id}
    values = {"main": True, "acting": False, "end_reason": None}
    period = pen.period(Employment, **key)
    if position_id is not None:
        there = replace(pen, client=locked_client(pen.session, pen.actor, client_id))
        position_here(there, position_id)
        period = period.with_(days_of(there, position_id))
    pen.write(change, Employment, Fact(key, values, period))


def _redraw_other(session: Session, _actor: Actor, _first: Change, latest: Change) -> None:
    """The chart of the other client has changed, too: by the deed, and when it is taken back."""
    mine = (Employment.change_id == latest.id) | (Employment.superseded_in == latest.id)
    other = Employment.client_id != latest.client_id
    redraw(session, select(Employment.client_id).where(mine, other))


follow(_MOVED, _redraw_other)


def person_of(pen: Pen, person_id: int) -> Person:
    """A person by number who may be appointed here: one of the client, whoever else is unseen.

    Raises `Missing`.
    """
    person = pen.session.get(Person, person_id)
    if person is None or not _is_seen(pen, person_id):
        raise Missing("There is no such person. Nothing was changed.")
    return person


def _is_seen(pen: Pen, person_id: int) -> bool:
    wanted = select(Employment.client_id).where(
        Employment.person_id == person_id, Employment.superseded_at == NEVER
    )
    for client_id in set(pen.session.scalars(wanted)):
        if client_id == pen.client.id:
            return True
        try:
            client_visible_to(pen.session, pen.actor, client_id)
        except Missing:
            continue
        return True
    return False
