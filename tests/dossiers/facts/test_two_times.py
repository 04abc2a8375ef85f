"""Ten thousand questions to random dossiers, against a plain memory of everything ever said."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import CardFact, Client
from dossiers.facts.asking import Moment, at
from dossiers.facts.models import Change, Confidence, Source
from dossiers.facts.periods import Period
from dossiers.facts.undoing import undo_change
from dossiers.facts.writing import Evidence, Fact, begin_change, write_facts
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client
from wiki.database import Database
from wiki.errors import Clash

START = date(2020, 1, 1)
DAYS, KEYS = 40, ("name", "region", "segment", "state")
State = dict[tuple[str, int], str]
"""What is believed of each field on each day (counted from `START`)."""


@dataclass
class Oracle:
    """Remembers the whole state after every change; knows nothing of rows and periods."""

    states: list[tuple[datetime, State]] = field(default_factory=list)

    def now(self) -> State:
        return dict(self.states[-1][1]) if self.states else {}

    def believe(self, moment: datetime, key: str, days: range, value: str | None) -> None:
        state = self.now()
        for day in days:
            state.pop((key, day), None)
            if value is not None:
                state[key, day] = value
        self.states.append((moment, state))

    def back_to(self, moment: datetime, state: State) -> None:
        self.states.append((moment, state))

    def asked(self, key: str, day: int, known: datetime) -> str | None:
        then = [state for moment, state in self.states if moment <= known]
        return then[-1].get((key, day)) if then else None


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


def answered(session: Session, client: Client, key: str, day: int, known: datetime) -> str | None:
    moment = Moment(START + timedelta(days=day), known)
    wanted = select(CardFact.value).where(
        CardFact.client_id == client.id, CardFact.field == key, at(CardFact, moment)
    )
    rows = session.scalars(wanted).all()
    assert len(rows) < 2, "two answers to one question"
    return str(rows[0]) if rows else None


def say_something(
    random: Random, session: Session, client: Client, oracle: Oracle, clock: SetClock
) -> Change:
    """One random fact about a random stretch of days; now and then that it is not so."""
    moment = clock.forward(seconds=random.choice((1, 60, 90_000)))
    first, last = sorted(random.sample(range(DAYS + 1), 2))
    key, value = random.choice(KEYS), random.choice(("a", "b", "c", None))
    change = begin_change(session, None, client.id, "edit card")
    evidence = Evidence(random.choice(list(Source)), random.choice(list(Confidence)))
    period = Period(START + timedelta(days=first), START + timedelta(days=last))
    named = {"client_id": client.id, "field": key}
    values = None if value is None else {"value": value}
    write_facts(session, change, CardFact, [Fact(named, values, period)], evidence)
    oracle.believe(moment, key, range(first, last), value)
    return change


@pytest.mark.parametrize("seed", range(20))
def test_as_of_and_as_known_answer_as_a_plain_memory_does(
    session: Session, cast: Cast, clock: SetClock, seed: int
) -> None:
    random, oracle = Random(seed), Oracle()
    client = make_client(session, cast.anna)
    for _edit in range(60):
        say_something(random, session, client, oracle, clock)
    moments = [moment for moment, _state in oracle.states]
    for _question in range(500):
        key, day = random.choice(KEYS), random.randrange(-2, DAYS + 2)
        known = random.choice(moments) + timedelta(seconds=random.choice((-1, 0, 30)))
        assert answered(session, client, key, day, known) == oracle.asked(key, day, known)


@pytest.mark.parametrize("seed", range(10))
def test_what_is_taken_back_was_never_so_and_what_was_believed_meanwhile_stays_known(
    session: Session, cast: Cast, clock: SetClock, seed: int
) -> None:
    random, oracle = Random(seed), Oracle()
    client = make_client(session, cast.anna)
    for _edit in range(20):
        before = oracle.now()
        change = say_something(random, session, client, oracle, clock)
        if random.random() < 0.5:
            moment = clock.forward(seconds=5)
            undone = undo_change(session, cast.anna.id, change, (CardFact,))
            oracle.back_to(moment, before)
            if random.random() < 0.3:
                after = oracle.states[-2][1]
                moment = clock.forward(seconds=5)
                undo_change(session, cast.anna.id, undone, (CardFact,))
                oracle.back_to(moment, after)
    moments = [moment for moment, _state in oracle.states]
    for _question in range(100):
        key, day, known = random.choice(KEYS), random.randrange(DAYS), random.choice(moments)
        assert answered(session, client, key, day, known) == oracle.asked(key, day, known)


def test_what_was_changed_since_is_not_taken_back(
    session: Session, cast: Cast, clock: SetClock
) -> None:
    client = make_client(session, cast.anna)
    changes = []
    for value in ("a", "b"):
        clock.forward(days=1)
        changes.append(begin_change(session, None, client.id, "edit card"))
        fact = Fact({"client_id": client.id, "field": "name"}, {"value": value})
        write_facts(session, changes[-1], CardFact, [fact], Evidence(Source.CALL))
    with pytest.raises(Clash):
        undo_change(session, cast.anna.id, changes[0], (CardFact,))


def test_a_row_taken_away_does_not_come_back_over_what_was_said_since(
    session: Session, cast: Cast, clock: SetClock
) -> None:
    client = make_client(session, cast.anna)
    named = {"client_id": client.id, "field": "name"}
    changes = []
    for values in ({"value": "a"}, None, {"value": "b"}):
        clock.forward(days=1)
        changes.append(begin_change(session, None, client.id, "edit card"))
        write_facts(session, changes[-1], CardFact, [Fact(named, values)], Evidence(Source.CALL))
    with pytest.raises(Clash):
        undo_change(session, cast.anna.id, changes[1], (CardFact,))


def test_the_same_said_again_writes_nothing_and_a_new_source_does(
    session: Session, cast: Cast
) -> None:
    client = make_client(session, cast.anna)
    fact = Fact({"client_id": client.id, "field": "name"}, {"value": "a"})
    change = begin_change(session, None, client.id, "edit card")
    written = [
        write_facts(session, change, CardFact, [fact], Evidence(source))
        for source in (Source.CALL, Source.CALL, Source.MAIL)
    ]
    assert written == [1, 0, 2]


def test_a_cut_keeps_where_a_fact_was_known_from(
    session: Session, cast: Cast, clock: SetClock
) -> None:
    client = make_client(session, cast.anna)
    named = {"client_id": client.id, "field": "name"}
    learned = date(2024, 5, 5)
    first = begin_change(session, cast.anna.id, client.id, "edit card")
    said = Evidence(Source.DOCUMENT, Confidence.LIKELY, learned, "charter")
    write_facts(session, first, CardFact, [Fact(named, {"value": "a"})], said)
    clock.forward(days=1)
    second = begin_change(session, cast.boris.id, client.id, "edit card")
    since = Period(date(2026, 1, 1))
    write_facts(
        session, second, CardFact, [Fact(named, {"value": "b"}, since)], Evidence(Source.CALL)
    )
    session.flush()
    kept = session.scalars(select(CardFact).where(at(CardFact, Moment(date(2025, 1, 1))))).one()
    assert (kept.value, kept.source, kept.confidence, kept.learned_on, kept.note) == (
        "a", Source.DOCUMENT, Confidence.LIKELY, learned, "charter",
    )  # fmt: skip
