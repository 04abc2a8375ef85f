"""The same records in any order, as often as they come, leave the same deals."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.kinds import DealKind, Origin
from dossiers.deals.models import Deal, DealChange, DealCompany, DealLine, DealSource, DealStage
from dossiers.deals.record import Company, DealRecord, Line, StageSince
from tests.conftest import SetClock
from tests.factories.deals import apply, make_source, says
from wiki.database import Database

NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)


def the_deal(session: Session, external_id: str = "D1") -> Deal:
    session.expire_all()
    return session.scalars(select(Deal).where(Deal.external_id == external_id)).one()


def test_zero_and_missing_stay_different(database: Database, clock: SetClock) -> None:
    with database.transaction() as session:
        source = make_source(session)
        apply(session, source, says("D1", amount=Decimal(0)), says("D2", amount=None))
        assert the_deal(session, "D1").amount == Decimal(0)
        assert the_deal(session, "D2").amount is None


def test_the_same_record_again_changes_nothing(database: Database, clock: SetClock) -> None:
    record = says("D1", amount=Decimal("10.50"), lines=(Line("GTX Pro", price=Decimal(3)),))
    with database.transaction() as session:
        source = make_source(session)
        first = apply(session, source, record)
        clock.forward(days=1)
        again = apply(session, source, record)
        assert (first.created, again.created, again.changed, again.same) == (1, 0, 0, 1)
        assert not session.scalars(select(DealChange)).all()


def test_what_a_record_does_not_say_keeps_what_was_said(
    database: Database, clock: SetClock
) -> None:
    with database.transaction() as session:
        source = make_source(session)
        apply(session, source, says("D1", title="Line 4", amount=Decimal(7)))
        apply(session, source, says("D1", stage="Won", kind=DealKind.WON))
        deal = the_deal(session)
        assert (deal.title, deal.amount, deal.stage) == ("Line 4", Decimal(7), "Won")
        change = session.scalars(select(DealChange)).one()
        assert change.fields == {"stage": ["", "Won"], "kind": [None, "won"]}


def test_a_late_old_record_does_not_take_the_deal_back(database: Database, clock: SetClock) -> None:
    new = says("D1", stage="Won", updated_at=NOON)
    old = says("D1", stage="Offer", title="Line 4", updated_at=NOON - timedelta(days=2))
    with database.transaction() as session:
        source = make_source(session)
        apply(session, source, new)
        apply(session, source, old)
        deal = the_deal(session)
        assert (deal.stage, deal.title, deal.updated_there) == ("Won", "Line 4", NOON)
        seen = session.execute(select(DealStage.stage).order_by(DealStage.at)).scalars().all()
        assert seen == ["Offer", "Won"]


def test_the_history_of_a_source_is_taken_as_it_is(database: Database, clock: SetClock) -> None:
    with database.transaction() as session:
        source = make_source(session)
        stages = (StageSince("Offer", NOON), StageSince("Won", NOON + timedelta(days=1)))
        apply(session, source, says("D1", stage="Won", stages=stages))
        assert {one.origin for one in session.scalars(select(DealStage))} == {Origin.SOURCE}


def test_two_spellings_of_one_product_are_one_name(database: Database, clock: SetClock) -> None:
    with database.transaction() as session:
        source = make_source(session)
        apply(session, source, says("D1", lines=(Line("GTX Pro"),)))
        again = apply(session, source, says("D1", lines=(Line("gtx  pro"),)))
        assert again.same == 1
        assert session.scalars(select(DealLine)).one()


MOMENTS = st.integers(0, 4).map(lambda hours: NOON + timedelta(hours=hours))
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["", "Line 4", "Line 5"]),
        "amount": st.none() | st.sampled_from([Decimal(0), Decimal("9.99"), Decimal(10)]),
        "stage": st.sampled_from(["Offer", "Won"]),
        "closed_on": st.none() | st.just(date(2026, 1, 5)),
        "company": st.sampled_from([None, Company(name="Romashka"), Company("7", "Vasilek")]),
        "lines": st.lists(st.sampled_from([Line("A"), Line("B", price=Decimal(2))])).map(tuple),
        "raw": st.dictionaries(st.sampled_from("xy"), st.integers(0, 1)),
    },
)
RECORDS = st.lists(
    st.builds(
        lambda ident, at, said: says(ident, updated_at=at, **said),
        st.sampled_from(["D1", "D2", "D3"]),
        MOMENTS,
        FIELDS,
    ),
    max_size=12,
)
_sources = count()


def shown(session: Session, source: DealSource) -> list[Any]:
    """Everything that a reader can see of the deals of a source."""
    session.expire_all()
    deals = session.scalars(
        select(Deal).where(Deal.source_id == source.id).order_by(Deal.external_id)
    ).all()
    names = dict(session.execute(select(DealCompany.id, DealCompany.key)).all())
    return [
        (
            *(d.external_id, d.title, d.amount, d.stage, d.closed_on, d.raw, d.updated_there),
            names.get(d.company_id),
            [(x.number, x.product_id and x.price) for x in _of(session, DealLine, d)],
            sorted((x.stage, x.at) for x in _of(session, DealStage, d)),
        )
        for d in deals
    ]


def _of(session: Session, table: Any, deal: Deal) -> Sequence[Any]:
    return session.scalars(select(table).where(table.deal_id == deal.id)).all()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(records=RECORDS, order=st.randoms(use_true_random=False), cut=st.integers(0, 12))
def test_any_order_repeated_and_cut_off_ends_in_the_same_state(
    database: Database, records: list[DealRecord], order: Any, cut: int
) -> None:
    shuffled = list(records)
    order.shuffle(shuffled)
    with database.transaction() as session:
        one = make_source(session, f"one {next(_sources)}")
        other = make_source(session, f"other {next(_sources)}")
        apply(session, one, *records)
        for record in (*shuffled[:cut], *shuffled):
            apply(session, other, record)
        assert shown(session, one) == shown(session, other)
