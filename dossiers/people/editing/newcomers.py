"""Somebody new at the client with all that is known of them: one deed, taken back as one."""

from dataclasses import dataclass

from dossiers.facts.models import Change
from dossiers.facts.writing import Fact
from dossiers.people.editing.employments import Appointment, place
from dossiers.people.editing.lookup import person_named, position_here
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.persons import new_person, write_contact
from dossiers.people.kinds import Aspect, ContactKind, ContactStanding, Role
from dossiers.people.models import Judgement, Person
from dossiers.people.rules import name_of
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.rendering.titles import fold_title


@dataclass(frozen=True)
class Newcomer:
    """What is known of somebody; `position` is `None` while nobody knows it.

    `is_namesake` says that it is not the person of the same name who is here already.
    """

    name: str
    position: int | None = None
    acting: bool = False
    role: Role | None = None
    phone: str = ""
    email: str = ""
    is_namesake: bool = False


def welcome(pen: Pen, newcomer: Newcomer) -> tuple[Change, Person]:
    """Write the person down. Raises `Refusal` when somebody of that name is here already."""
    name = name_of(newcomer.name)
    if not newcomer.is_namesake and person_named(pen, fold_title(name)[:250]):
        raise Refusal(
            "Somebody called %(name)s is in this dossier already. Nothing was changed. Open that "
            "person, or say below that this is another one.",
            name=name,
        )
    if newcomer.position is not None:
        position_here(pen, newcomer.position)
    change = pen.begin("add person", person=name)
    person = new_person(pen, change, name)
    _write_rest(pen, change, person.id, newcomer)
    return change, person


def _write_rest(pen: Pen, change: Change, person_id: int, newcomer: Newcomer) -> None:
    if newcomer.position is not None:
        place(pen, change, person_id, newcomer.position, Appointment(acting=newcomer.acting))
    for kind, typed in ((ContactKind.PHONE, newcomer.phone), (ContactKind.EMAIL, newcomer.email)):
        value = one_line(typed)
        if value:
            write_contact(pen, change, person_id, kind, value, ContactStanding.CURRENT)
    if newcomer.role is not None:
        _write_role(pen, change, person_id, newcomer.role)


def _write_role(pen: Pen, change: Change, person_id: int, role: Role) -> None:
    key = {
        "person_id": person_id,
        "client_id": pen.client.id,
        "deal": "",
        "aspect": Aspect.ROLE,
        "slot": role.value,
    }
    values = {"value": role.value}
    pen.write(change, Judgement, Fact(key, values, pen.period(Judgement, **key)))
