"""What we think of people: roles in decisions, attitude, weight, motive; ties; acquaintance."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select

from dossiers.facts.models import Change
from dossiers.facts.writing import Fact
from dossiers.people.editing.lookup import person_here
from dossiers.people.editing.overtaking import check_not_overtaken
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.persons import person_called_under
from dossiers.people.kinds import Aspect, Coverage, InfluenceKind, Level
from dossiers.people.models import Influence, Judgement, Relationship
from dossiers.people.rules import LONGEST_DEAL, LONGEST_EVIDENCE, line_of, name_of, value_of
from wiki.accounts.models import User
from wiki.errors import Missing, Refusal


def judge(pen: Pen, person_id: int, aspect: Aspect, code: str, deal: str = "") -> Change:
    """Say what somebody is in decisions, how they stand to us, what weight or motive they have.

    A role is added to the others; any other aspect replaces what was said before.
    """
    value = value_of(aspect, code)
    person = person_here(pen, person_id)
    key = _key(pen, person_id, aspect, value, deal)
    check_not_overtaken(pen, Judgement, person_id=person_id, aspect=aspect, slot=key["slot"])
    change = pen.begin("judge", person=person.name, aspect=aspect.value, to=value)
    pen.write(change, Judgement, Fact(key, {"value": value}, pen.period(Judgement, **key)))
    return change


def judge_named(pen: Pen, name: str, aspect: Aspect, code: str) -> Change:
    """The same of somebody of that name, who is written down when not known at the client."""
    value, name = value_of(aspect, code), name_of(name)
    change = pen.begin("judge", person=name, aspect=aspect.value, to=value)
    person = person_called_under(pen, change, name)
    key = _key(pen, person.id, aspect, value, "")
    pen.write(change, Judgement, Fact(key, {"value": value}, pen.period(Judgement, **key)))
    return change


def withdraw_judgement(
    pen: Pen, person_id: int, aspect: Aspect, code: str = "", deal: str = ""
) -> Change:
    """We no longer know that of the person; `code` names which of several roles."""
    value = value_of(aspect, code) if aspect is Aspect.ROLE else ""
    person = person_here(pen, person_id)
    key = _key(pen, person_id, aspect, value, deal)
    change = pen.begin("withdraw judgement", person=person.name, aspect=aspect.value, to=value)
    pen.write(change, Judgement, Fact(key, None, pen.period(Judgement, **key)))
    return change


def _key(pen: Pen, person_id: int, aspect: Aspect, value: str, deal: str) -> dict[str, object]:
    return {
        "person_id": person_id,
        "client_id": pen.client.id,
        "deal": line_of(deal, LONGEST_DEAL),
        "aspect": aspect,
        "slot": value if aspect is Aspect.ROLE else "",
    }


@dataclass(frozen=True)
class Tie:
    """What one person is to another: `strength` from 1 (weak) to 3 (strong)."""

    from_id: int
    to_id: int
    kind: InfluenceKind
    strength: int = 2
    both_ways: bool = False


def tie(pen: Pen, wanted: Tie) -> Change:
    """Draw an influence line between two people of the client; the pen's note belongs to it."""
    one, other = person_here(pen, wanted.from_id), person_here(pen, wanted.to_id)
    if one.id == other.id:
        raise Refusal("Choose two different people. Nothing was changed.")
    if wanted.strength not in (1, 2, 3):
        raise Refusal("The strength is 1, 2 or 3. Nothing was changed.")
    change = pen.begin("tie", person=one.name, to=other.name, kind=wanted.kind.value)
    key = _tie_key(pen, wanted)
    values = {"strength": wanted.strength, "both_ways": wanted.both_ways}
    pen.write(change, Influence, Fact(key, values, pen.period(Influence, **key)))
    return change


def untie(pen: Pen, wanted: Tie) -> Change:
    """Take an influence line away from the pen's day on."""
    one, other = person_here(pen, wanted.from_id), person_here(pen, wanted.to_id)
    change = pen.begin("untie", person=one.name, to=other.name, kind=wanted.kind.value)
    key = _tie_key(pen, wanted)
    pen.write(change, Influence, Fact(key, None, pen.period(Influence, **key)))
    return change


def _tie_key(pen: Pen, wanted: Tie) -> dict[str, object]:
    return {
        "from_person_id": wanted.from_id,
        "to_person_id": wanted.to_id,
        "kind": wanted.kind,
        "client_id": pen.client.id,
    }


@dataclass(frozen=True)
class Acquainted:
    """How well one of ours knows somebody: now, wanted, until when, and by what we see it."""

    coverage: Coverage
    level: Level | None = None
    wanted: Level | None = None
    wanted_by: date | None = None
    evidence: str = ""


def acquaint(pen: Pen, user_id: int, person_id: int, how: Acquainted) -> Change:
    """Write down how well one of ours knows somebody at the client."""
    person = person_here(pen, person_id)
    if not pen.session.scalar(select(exists().where(User.id == user_id))):
        raise Missing("There is no such colleague. Nothing was changed.")
    key = {"person_id": person_id, "client_id": pen.client.id, "user_id": user_id}
    check_not_overtaken(pen, Relationship, person_id=person_id, user_id=user_id)
    ours = pen.session.scalar(select(User.name).where(User.id == user_id))
    change = pen.begin("acquaint", person=person.name, colleague=ours)
    values = {
        "coverage": how.coverage,
        "level": how.level,
        "wanted": how.wanted,
        "wanted_by": how.wanted_by,
        "evidence": line_of(how.evidence, LONGEST_EVIDENCE),
    }
    pen.write(change, Relationship, Fact(key, values, pen.period(Relationship, **key)))
    return change
