"""Harm between us and the real Tryton server: nothing is lost, nothing doubled, and it is told."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from dossiers.deals.kinds import LoadState
from dossiers.deals.models import Deal, DealLoad, DealSource, PullState
from tests.conftest import Cast, SetClock
from tests.dossiers.deals.connectors.ours import Ours, pulling
from tests.dossiers.deals.connectors.proxy import (
    BUSY,
    HALF,
    MISHAP,
    NONSENSE,
    SILENCE,
    Fault,
    Proxy,
    proxy_to,
)
from tests.dossiers.deals.connectors.tryton_server import Office
from wiki.database import Database

pytestmark = pytest.mark.slow
FAULTS = {
    "silence": (SILENCE, "did not answer in time"),
    "mishap": (MISHAP, "mishap of its own (500)"),
    "busy": (BUSY, "asks to wait"),
    "half": (HALF, "broke off"),
    "nonsense": (NONSENSE, "broke off"),
}


@pytest.fixture
def between(office: Office) -> Iterator[Proxy]:
    with proxy_to(office.address) as proxy:
        yield proxy


@pytest.fixture
def ours(database: Database, cast: Cast, clock: SetClock, office: Office, between: Proxy) -> Ours:
    while len(office.all_deals()) < 12:
        office.deals({}, {}, {}, {})
    return pulling(database, cast, clock, between.address, office.key, at_once=4)


def requests_of_a_visit(ours: Ours, between: Proxy) -> int:
    """How many questions a first visit asks, told by one that goes well with another source."""
    ours.sweep()
    return len(between.seen)


@pytest.mark.parametrize("name", FAULTS)
def test_nothing_is_lost_or_doubled(ours: Ours, office: Office, between: Proxy, name: str) -> None:
    """Three questions of ten fail, by chance."""
    fault, sentence = FAULTS[name]
    chance = Random(name)
    between.again(lambda _number, _path: fault if chance.random() < 0.3 else None)
    with ours.database.transaction() as session:
        source = session.get_one(DealSource, ours.source_id)
        source.settings = {**source.settings, "silence": 0.4 if name == "silence" else 5}
        session.get_one(PullState, ours.source_id).swept_at = ours.clock.moment + timedelta(days=99)
    told = set()
    for _round in range(200):
        ours.clock.forward(hours=1)
        while ours.step():
            told.add(ours.error)
        if ours.state.succeeded_at and not ours.state.failures:
            break
    assert ours.deals() == office.all_deals()
    assert any(sentence in error for error in told)


def test_how_far_behind_it_is_when_it_breaks_off(
    ours: Ours, office: Office, between: Proxy
) -> None:
    pages = iter(range(100))

    def after_the_second_page(_number: int, path: str) -> Fault | None:
        asks_deals = "sale.opportunity?" in path and "&s=4" in path
        return MISHAP if asks_deals and next(pages) >= 2 else None

    between.again(after_the_second_page)
    ours.visit()
    there = len(office.all_deals())
    with ours.database.reading() as session:
        here = session.scalar(select(func.count()).select_from(Deal))
        visits = session.scalars(select(DealLoad.state)).all()
    assert here
    assert ours.state.behind == there - here > 0
    assert (ours.state.succeeded_at, visits) == (None, [LoadState.FAILED])
    between.again(lambda _number, _path: None)
    ours.visit()
    assert (ours.state.behind, ours.error, ours.state.failures) == (0, "", 0)
    assert ours.deals() == office.all_deals()


def test_what_the_source_asks_for_is_obeyed(ours: Ours, between: Proxy) -> None:
    between.again(lambda _number, _path: BUSY)
    ours.clock.forward(minutes=1)
    assert ours.step()
    assert ours.state.next_at == ours.clock.moment + timedelta(minutes=30)
    ours.clock.forward(minutes=29)
    assert not ours.step()
    ours.clock.forward(minutes=1)
    assert ours.step()


def test_a_source_that_goes_on_failing_is_asked_ever_more_rarely(
    ours: Ours, between: Proxy
) -> None:
    between.again(lambda _number, _path: MISHAP)
    waits = []
    for _round in range(9):
        assert ours.step()
        next_at = ours.state.next_at
        assert next_at is not None
        waits.append((next_at - ours.clock.moment).total_seconds())
        ours.clock.moment = next_at
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert len(between.seen) == 9


@pytest.mark.parametrize("edited", [0, 5, 11])
def test_a_deal_that_is_changed_while_pages_are_read_comes_as_it_is_then(
    ours: Ours, office: Office, between: Proxy, edited: int
) -> None:
    """Whether its page was read before or is read after."""
    numbers = sorted(map(int, office.all_deals()))
    pages = iter(range(100))

    def meanwhile(_number: int, path: str) -> None:
        if "sale.opportunity?" in path and "&s=4" in path and next(pages) == 1:
            office.write(numbers[edited], description="changed meanwhile")
            office.deals({"description": "made meanwhile"})

    between.again(meanwhile)
    ours.visit()
    assert ours.deal(numbers[edited]).title == "changed meanwhile"
    ours.visit()
    assert ours.deals() == office.all_deals()


def test_the_key_does_not_follow_to_another_server(ours: Ours, between: Proxy) -> None:
    with proxy_to(between.target) as other:
        away = Fault(302, {"Location": f"{other.address}/crm/rest/model/sale.opportunity"})
        between.again(lambda _number, _path: away)
        ours.visit()
        assert "leads on to another" in ours.error
        assert between.seen
        assert other.seen == []
