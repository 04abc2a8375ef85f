"""Dossiers that grow by chance, as bare rows: quick enough for many hundreds of them."""

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from dossiers.approvals.document import plain_document
from dossiers.approvals.models import ApprovalPath, PathVersion
from dossiers.clients.models import CardFact, Client
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealSource
from dossiers.facts.models import FOREVER, NEVER, Change, Confidence, Dated, Source
from dossiers.facts.writing import begin_change
from dossiers.people.kinds import Aspect, Attitude, InfluenceKind, NameKind, PositionKind, Role
from dossiers.people.models import (
    Employment,
    Influence,
    Judgement,
    Person,
    PersonName,
    Position,
    PositionFact,
    SolidLine,
)
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from tests.factories.approvals import usual_document
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_interaction, make_promise
from wiki import clock
from wiki.accounts.actor import Actor

SINCE = date(2024, 1, 1)
_NEW_EACH_TIME = ("id", "recorded_at", "superseded_at", "change_id", "superseded_in")


@dataclass
class Grown:
    """One dossier and the rows it has, to be edited by chance."""

    session: Session
    actor: Actor
    client: Client
    chance: random.Random
    change: Change
    positions: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    facts: list[Dated] = field(default_factory=list)
    path: ApprovalPath | None = None
    deals: list[Deal] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)

    def add(self, table: Any, **values: Any) -> None:
        """A fact since long ago, known from this moment on."""
        row = table(
            client_id=self.client.id, valid_from=SINCE, valid_to=FOREVER, learned_on=SINCE,
            recorded_at=clock.now(), superseded_at=NEVER, source=Source.MEETING,
            confidence=Confidence.SURE, change_id=self.change.id, **values,
        )  # fmt: skip
        self.session.add(row)
        self.facts.append(row)

    def close(self, row: Dated) -> None:
        """We no longer believe it."""
        row.superseded_at = clock.now()
        row.superseded_in = self.change.id
        self.facts.remove(row)

    def replace(self, row: Dated, **values: Any) -> None:
        """We believe something else instead."""
        columns = [one.key for one in inspect(type(row)).column_attrs]
        kept = {name: getattr(row, name) for name in columns if name not in _NEW_EACH_TIME}
        self.close(row)
        table: Any = type(row)
        again = table(
            recorded_at=clock.now(), superseded_at=NEVER, change_id=self.change.id,
            **{**kept, **values},
        )  # fmt: skip
        self.session.add(again)
        self.facts.append(again)

    def any_of(self, table: type[Dated]) -> Any:
        """A fact of that table; none when there are none."""
        rows = [row for row in self.facts if isinstance(row, table)]
        return self.chance.choice(rows) if rows else None

    def word(self) -> str:
        """A word as chance will have it."""
        return f"word {self.chance.randint(1, 99)}"


def grow(session: Session, actor: Actor, source: DealSource, number: int) -> Grown:
    """A dossier with something in every section."""
    client = make_client(session, actor, f"Client {number}")
    change = begin_change(session, actor.id, client.id, "grow")
    one = Grown(session, actor, client, random.Random(number), change)
    for _time in range(one.chance.randint(2, 6)):
        seat_and_person(one)
    one.add(CardFact, field="segment", value=one.word())
    decide(one)
    deal(one, source)
    contract(one)
    session.flush()
    return one


def seat_and_person(one: Grown) -> None:
    """A position under another one, mostly with somebody in it."""
    position, person = (
        Position(created_at=clock.now()),
        Person(name=one.word(), name_folded="word", created_at=clock.now()),
    )
    one.session.add_all([position, person])
    one.session.flush()
    one.add(PositionFact, position_id=position.id, title=one.word(), kind=PositionKind.MEMBER)
    if one.positions:
        above = one.chance.choice(one.positions)
        one.add(SolidLine, from_position_id=position.id, to_position_id=above)
    one.positions.append(position.id)
    if one.chance.random() < 0.9:
        hold(one, position.id, person)


def hold(one: Grown, position_id: int, person: Person) -> None:
    """The person holds the position and has a name."""
    one.add(Employment, person_id=person.id, position_id=position_id)
    one.add(PersonName, person_id=person.id, kind=NameKind.FULL, name=one.word())
    one.people.append(person.id)


def decide(one: Grown) -> None:
    """A path with its first version."""
    one.path = ApprovalPath(
        client_id=one.client.id, subject=one.word(), subject_folded="word", newest=0,
        created_at=clock.now(),
    )  # fmt: skip
    one.session.add(one.path)
    one.session.flush()
    version(one)


def version(one: Grown) -> None:
    """A version of the path in which chance left steps out and called others differently."""
    assert one.path is not None
    document = plain_document(usual_document())
    steps = document["steps"]
    left = [step for step in steps if step["code"] == "request" or one.chance.random() < 0.7]
    codes = {step["code"] for step in left}
    for step in left:
        step["after"] = [code for code in step["after"] if code in codes]
        step["note"] = one.chance.choice(("", one.word()))
    one.path.newest += 1
    one.session.add(
        PathVersion(
            path_id=one.path.id, number=one.path.newest, document=document | {"steps": left},
            valid_from=SINCE, saved_at=clock.now(), change_id=one.change.id,
        )
    )  # fmt: skip


def deal(one: Grown, source: DealSource) -> None:
    """A deal that the source tells of."""
    row = Deal(
        source_id=source.id, external_id=f"{one.client.id}-{len(one.deals)}", title=one.word(),
        amount=Decimal(one.chance.randint(1, 9)), currency="RUB", kind=DealKind.OPEN,
        discount=Decimal(one.chance.randint(1, 9)), client_id=one.client.id, raw={}, clocks={},
        first_seen_at=clock.now(), changed_at=clock.now(),
    )  # fmt: skip
    one.session.add(row)
    one.deals.append(row)


def contract(one: Grown) -> None:
    """A contract without an end."""
    row = Contract(
        client_id=one.client.id, number=one.word(), number_folded="word", products=[],
        starts_on=SINCE, state=RenewalState.FUTURE, start_by_why={}, created_at=clock.now(),
    )  # fmt: skip
    one.session.add(row)
    one.contracts.append(row)


def _closed(one: Grown) -> None:
    one.close(one.chance.choice(one.facts))


def _titled(one: Grown) -> None:
    if row := one.any_of(PositionFact):
        one.replace(row, title=one.word(), unit=one.word())


def _moved(one: Grown) -> None:
    if row := one.any_of(SolidLine):
        one.replace(row, to_position_id=one.chance.choice(one.positions))


def _handed(one: Grown) -> None:
    if row := one.any_of(Employment):
        one.replace(row, position_id=one.chance.choice([*one.positions, None]))


def _acting(one: Grown) -> None:
    if row := one.any_of(Employment):
        one.replace(row, acting=not row.acting, main=one.chance.random() < 0.5)


def _named(one: Grown) -> None:
    if row := one.any_of(PersonName):
        one.replace(row, name=one.word())


def _judged(one: Grown) -> None:
    if not one.people:
        return
    aspect = one.chance.choice((Aspect.ROLE, Aspect.ATTITUDE))
    value = one.chance.choice(list(Role if aspect is Aspect.ROLE else Attitude)).value
    slot = value if aspect is Aspect.ROLE else ""
    key = {"person_id": one.chance.choice(one.people), "aspect": aspect, "slot": slot}
    for row in [row for row in one.facts if isinstance(row, Judgement)]:
        if all(getattr(row, name) == said for name, said in key.items()):
            one.close(row)
    one.add(Judgement, deal="", value=value, **key)


def _tied(one: Grown) -> None:
    if len(one.people) > 1 and one.any_of(Influence) is None:
        first, other = one.chance.sample(one.people, 2)
        kind = one.chance.choice(list(InfluenceKind))
        one.add(Influence, from_person_id=first, to_person_id=other, kind=kind)


def _carded(one: Grown) -> None:
    if row := one.any_of(CardFact):
        one.replace(row, value=one.word())


def _told(one: Grown) -> None:
    row = one.chance.choice(one.deals)
    row.stage, row.amount = one.word(), Decimal(one.chance.randint(10, 99))


def _discounted(one: Grown) -> None:
    one.chance.choice(one.deals).discount = one.chance.choice((None, Decimal("12.5")))


def _agreed(one: Grown) -> None:
    row = one.chance.choice(one.contracts)
    row.state, row.notice_days = one.chance.choice(list(RenewalState)), one.chance.randint(1, 90)


def _promised(one: Grown) -> None:
    make_promise(one.session, one.actor, one.client, date(2026, 5, 1), one.word())


def _spoken(one: Grown) -> None:
    make_interaction(one.session, one.actor, one.client, SINCE, one.word())


EDITS = (
    seat_and_person, _closed, _titled, _moved, _handed, _acting, _named, _judged, _judged, _tied,
    _carded, version, _told, _discounted, _agreed, contract, _promised, _spoken,
)  # fmt: skip


def edit(one: Grown, times: int) -> None:
    """So many edits, one after the other, as chance will have it."""
    for _time in range(times):
        one.chance.choice(EDITS)(one)
        one.session.flush()
