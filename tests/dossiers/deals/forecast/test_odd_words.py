"""Deals may be called anything."""

from datetime import date

from sqlalchemy.orm import Session

from dossiers.deals.forecast.learning import learn
from dossiers.deals.forecast.queries import said_by_managers
from dossiers.deals.forecast.stories import standing_on
from dossiers.deals.kinds import DealKind
from tests.conftest import Cast, SetClock
from tests.factories.deals import apply, make_source, says
from wiki.database import Database

DAY = date(2026, 3, 2)


def _said(session: Session) -> int:
    return len(said_by_managers(session, [], learn(standing_on([], DAY))))


def test_a_deal_may_be_called_like_a_field(database: Database, cast: Cast, clock: SetClock) -> None:
    with database.transaction() as session:
        source = make_source(session)
        apply(session, source, says("D1", title="kind", kind=DealKind.WON, closed_on=DAY))
        clock.forward(minutes=1)
        apply(session, source, says("D1", title="other"))
        assert _said(session) == 0
