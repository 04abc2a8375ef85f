"""People: adding, renaming, telephones and addresses."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import redraw
from dossiers.facts.models import NEVER, Change
from dossiers.facts.periods import EVER
from dossiers.facts.writing import Fact
from dossiers.people.editing.lookup import person_here, person_named
from dossiers.people.editing.overtaking import check_not_overtaken
from dossiers.people.editing.pen import Pen
from dossiers.people.kinds import ContactKind, ContactStanding, NameKind
from dossiers.people.models import Employment, Person, PersonContact, PersonName
from dossiers.people.rules import folded_contact, line_of, name_of
from wiki import clock
from wiki.outbox import changed
from wiki.pages.content import one_line
from wiki.rendering.titles import fold_title


def new_person(pen: Pen, change: Change, name: str) -> Person:
    """A person who works at the client in a position that nobody knows yet, under `change`."""
    name = name_of(name)
    person = Person(name=name, name_folded=fold_title(name)[:250], created_at=clock.now())
    pen.session.add(person)
    pen.session.flush()
    _write_name(pen, change, person.id, name)
    key = {"person_id": person.id, "client_id": pen.client.id, "position_id": None}
    values = {"main": True, "acting": False, "end_reason": None}
    pen.write(change, Employment, Fact(key, values, pen.period(Employment, **key)))
    changed(pen.session, "person", person.id)
    return person


def add_person(pen: Pen, name: str) -> tuple[Change, Person]:
    """Write down somebody who works at the client, place not known."""
    change = pen.begin("add person", person=name_of(name))
    return change, new_person(pen, change, name)


def person_called(pen: Pen, name: str) -> Person:
    """Somebody of that name at the client; written down when there is nobody."""
    name = name_of(name)
    known = person_named(pen, fold_title(name)[:250])
    return known or add_person(pen, name)[1]


def person_called_under(pen: Pen, change: Change, name: str) -> Person:
    """The same as a part of a change that has begun."""
    name = name_of(name)
    return person_named(pen, fold_title(name)[:250]) or new_person(pen, change, name)


def rename_person(pen: Pen, person_id: int, name: str, is_correction: bool = False) -> Change:
    """Another full name from the pen's day on; as a correction, it always was that one.

    The former name stays a form by which the person is found.
    """
    name = name_of(name)
    person = person_here(pen, person_id)
    key = {"person_id": person_id, "kind": NameKind.FULL, "slot": ""}
    check_not_overtaken(pen, PersonName, person_id=person_id)
    change = pen.begin("rename person", person=person.name, to=name)
    if fold_title(person.name) != fold_title(name):
        _write_form(pen, change, person_id, person.name)
    period = EVER if is_correction else pen.period(PersonName, **key)
    pen.write(change, PersonName, Fact(key, {"name": name}, period))
    refresh_name(pen.session, person, _last_name(pen, person_id) or name)
    return change


def _last_name(pen: Pen, person_id: int) -> str | None:
    """The newest full name: what is written about earlier years does not change the present one."""
    full = select(PersonName.name).where(
        PersonName.person_id == person_id,
        PersonName.kind == NameKind.FULL,
        PersonName.superseded_at == NEVER,
    )
    return pen.session.scalar(full.order_by(PersonName.valid_from.desc()).limit(1))


def add_name_form(pen: Pen, person_id: int, name: str) -> Change:
    """Another form of the name by which the person is found: initials, a maiden name."""
    person = person_here(pen, person_id)
    change = pen.begin("add name", person=person.name, to=name_of(name))
    _write_form(pen, change, person_id, name_of(name))
    changed(pen.session, "person", person_id)
    return change


def _write_form(pen: Pen, change: Change, person_id: int, name: str) -> None:
    key = {"person_id": person_id, "kind": NameKind.FORM, "slot": fold_title(name)[:250]}
    pen.write(change, PersonName, Fact(key, {"name": name}))


def _write_name(pen: Pen, change: Change, person_id: int, name: str) -> None:
    key = {"person_id": person_id, "kind": NameKind.FULL, "slot": ""}
    pen.write(change, PersonName, Fact(key, {"name": name}))


def refresh_name(session: Session, person: Person, name: str) -> None:
    """Let lists, search and the charts of every client where they work know the present name."""
    person.name, person.name_folded = name, fold_title(name)[:250]
    redraw(session, select(Employment.client_id).where(Employment.person_id == person.id))
    changed(session, "person", person.id)


def set_contact(
    pen: Pen,
    person_id: int,
    kind: ContactKind,
    value: str,
    standing: ContactStanding = ContactStanding.CURRENT,
) -> Change:
    """A telephone or address from the pen's day on; an old one goes on matching old mail."""
    folded_contact(kind, value)
    person = person_here(pen, person_id)
    change = pen.begin("set contact", person=person.name, contact=one_line(value))
    write_contact(pen, change, person_id, kind, line_of(value, 254), standing)
    changed(pen.session, "person", person_id)
    return change


def write_contact(
    pen: Pen,
    change: Change,
    person_id: int,
    kind: ContactKind,
    value: str,
    standing: ContactStanding,
) -> None:
    """Write a telephone or address under a change that has begun."""
    key = _contact_key(pen, person_id, kind, value)
    values = {"value": value, "standing": standing}
    pen.write(change, PersonContact, Fact(key, values, pen.period(PersonContact, **key)))


def withdraw_contact(pen: Pen, person_id: int, kind: ContactKind, value: str) -> Change:
    """That telephone or address never was this person's: nobody believes it any more."""
    person = person_here(pen, person_id)
    change = pen.begin("withdraw contact", person=person.name, contact=one_line(value))
    key = _contact_key(pen, person_id, kind, value)
    pen.write(change, PersonContact, Fact(key, None))
    changed(pen.session, "person", person_id)
    return change


def _contact_key(pen: Pen, person_id: int, kind: ContactKind, value: str) -> dict[str, object]:
    """Each dossier keeps its own: who may not see one of them finds no trace of it."""
    folded = folded_contact(kind, value)
    return {
        "person_id": person_id, "client_id": pen.client.id, "kind": kind, "folded": folded,
    }  # fmt: skip
