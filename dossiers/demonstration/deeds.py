"""What the demonstration's files call a deed, done with the services that people use."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from dossiers.clients.models import Client
from dossiers.facts.models import NEVER, Confidence
from dossiers.people.editing import judging, lines, positions
from dossiers.people.editing.employments import (
    Appointment,
    appoint_named,
    end_employment,
    move_to_client,
)
from dossiers.people.editing.lookup import person_named
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.persons import set_contact
from dossiers.people.kinds import (
    Aspect,
    ContactKind,
    ContactStanding,
    Coverage,
    EndReason,
    InfluenceKind,
    Level,
    LineKind,
)
from dossiers.people.models import Employment, PositionFact
from wiki.accounts.actor import Actor
from wiki.rendering.titles import fold_title

Said = Mapping[str, Any]
People = Mapping[str, Actor]


def do(pen: Pen, said: Said, people: People) -> None:
    """Do one deed of the files."""
    if "confidence" in said:
        sure = replace(pen.evidence, confidence=Confidence(said["confidence"]))
        pen = replace(pen, evidence=sure)
    _DEEDS[said["do"]](pen, said, people)


def position(pen: Pen, title: str, client_id: int | None = None) -> int:
    """The position of that title, as it is called now."""
    wanted = select(PositionFact.position_id).where(
        PositionFact.client_id == (client_id or pen.client.id),
        PositionFact.title == title,
        PositionFact.superseded_at == NEVER,
    )
    return pen.session.scalars(wanted.order_by(PositionFact.valid_from.desc())).first() or 0


def person(pen: Pen, name: str) -> int:
    """The person of that name at the client. Raises `LookupError`."""
    found = person_named(pen, fold_title(name))
    if found is None:
        raise LookupError(f"{pen.client.name}: {name}")
    return found.id


def _judge(pen: Pen, said: Said, _people: People) -> None:
    for aspect in Aspect:
        if aspect.value in said:
            who = person(pen, said["person"])
            judging.judge(pen, who, aspect, said[aspect.value], said.get("deal", ""))


def _contact(pen: Pen, said: Said, _people: People) -> None:
    kind = ContactKind.EMAIL if "@" in said["contact"] else ContactKind.PHONE
    standing = ContactStanding(said.get("standing", "current"))
    set_contact(pen, person(pen, said["person"]), kind, said["contact"], standing)


def _acquaint(pen: Pen, said: Said, people: People) -> None:
    level, wanted = (Level(said[n]) if n in said else None for n in ("level", "wanted"))
    how = judging.Acquainted(
        Coverage(said["coverage"]), level, wanted, evidence=said.get("evidence", "")
    )
    judging.acquaint(pen, people[said["user"]].id, person(pen, said["person"]), how)


def _tie(pen: Pen, said: Said, _people: People) -> None:
    one, other = (person(pen, said[end]) for end in ("from", "to"))
    noted = replace(pen, evidence=replace(pen.evidence, note=said["note"]))
    kind = InfluenceKind(said["kind"])
    judging.tie(noted, judging.Tie(one, other, kind, said["strength"]))


def _line(pen: Pen, said: Said, _people: People) -> None:
    start, end = (position(pen, said[name]) for name in ("from", "to"))
    lines.draw_line(pen, start, end, LineKind(said["kind"]))


def _appoint(pen: Pen, said: Said, _people: People) -> None:
    how = Appointment(
        main=not said.get("acting", False),
        acting=said.get("acting", False),
        predecessor=EndReason(said.get("predecessor", "unknown")),
    )
    appoint_named(pen, position(pen, said["position"]), said["name"], how)


def _end(pen: Pen, said: Said, _people: People) -> None:
    ident = position(pen, said["position"])
    held = select(Employment.person_id).where(
        Employment.position_id == ident,
        Employment.superseded_at == NEVER,
        Employment.valid_to > pen.day,
    )
    for person_id in pen.session.scalars(held).all():
        end_employment(pen, person_id, ident, EndReason(said["reason"]))


def _title(pen: Pen, said: Said, _people: People) -> None:
    ident = position(pen, said["position"])
    wanted = replace(positions.wanted_now(pen, ident), title=said["title"])
    positions.change_position(pen, ident, wanted)


def _unknown(pen: Pen, said: Said, _people: People) -> None:
    ident = position(pen, said["position"])
    wanted = replace(positions.wanted_now(pen, ident), is_known=False)
    positions.change_position(pen, ident, wanted)


def _move(pen: Pen, said: Said, _people: People) -> None:
    manager = position(pen, said["manager"])
    positions.move_position(pen, position(pen, said["position"]), manager)


def _add(pen: Pen, said: Said, _people: People) -> None:
    wanted = positions.Wanted(said["position"], is_known=not said.get("unknown", False))
    ident = positions.add_position(pen, wanted, position(pen, said["manager"]))[1]
    if said["name"]:
        appoint_named(pen, ident, said["name"], Appointment(acting=said.get("acting", False)))


def _go(pen: Pen, said: Said, _people: People) -> None:
    """To a client whose dossier the director opens, for a manager may not write into it."""
    there = pen.session.scalars(select(Client.id).where(Client.name == said["to"])).one()
    seat = position(pen, said["position"], there)
    move_to_client(pen, person(pen, said["person"]), there, seat)


_DEEDS: Mapping[str, Callable[[Pen, Said, People], None]] = {
    "judge": _judge,
    "contact": _contact,
    "acquaint": _acquaint,
    "tie": _tie,
    "line": _line,
    "appoint": _appoint,
    "end": _end,
    "title": _title,
    "unknown": _unknown,
    "move": _move,
    "add": _add,
    "go": _go,
}
