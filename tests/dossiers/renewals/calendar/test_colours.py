"""Which renewal is too late, soon, calm or done."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dossiers.renewals.calendar.colours import Colour, colour_column
from dossiers.renewals.kinds import RenewalState, Verdict, Voice
from dossiers.renewals.models import Contract, Opinion
from tests.conftest import Cast, SetClock
from tests.dossiers.renewals.calendar.conftest import TODAY
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_contract
from wiki import clock as wiki_clock
from wiki.database import Database


def in_days(count: int) -> date:
    return TODAY + timedelta(days=count)


CASES = (
    ("its day has passed", Colour.LATE, 200, {"start_by": in_days(-1)}),
    ("today is its day", Colour.SOON, 200, {"start_by": in_days(0)}),
    ("thirty days are left", Colour.SOON, 200, {"start_by": in_days(30)}),
    ("thirty-one days are left", Colour.CALM, 200, {"start_by": in_days(31)}),
    ("begun in time", Colour.CALM, 200,
     {"start_by": in_days(-1), "state": RenewalState.IN_REVIEW}),
    ("at risk and missed", Colour.LATE, 200,
     {"start_by": in_days(-1), "state": RenewalState.AT_RISK}),
    ("at risk", Colour.SOON, 200, {"start_by": in_days(99), "state": RenewalState.AT_RISK}),
    ("agreed and it ends soon", Colour.SOON, 30,
     {"start_by": in_days(-50), "state": RenewalState.AGREED}),
    ("ended unanswered", Colour.LATE, -1, {"state": RenewalState.PAPER}),
    ("ended and renews itself", Colour.SOON, -1, {"renews_months": 12}),
    ("no path, near", Colour.SOON, 90, {}),
    ("no path, far", Colour.CALM, 91, {}),
    ("open-ended", Colour.CALM, None, {}),
    ("renewed", Colour.DONE, -1, {"start_by": in_days(-99), "state": RenewalState.RENEWED}),
    ("lost", Colour.DONE, -1, {"state": RenewalState.LOST}),
)  # fmt: skip


@pytest.mark.parametrize(("name", "colour", "ends_in", "terms"), CASES, ids=[c[0] for c in CASES])
def test_a_renewal_has_the_colour_of_its_days(
    database: Database, cast: Cast, clock: SetClock, name: str, colour: Colour,
    ends_in: int | None, terms: dict[str, Any],
) -> None:  # fmt: skip
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        ends_on = in_days(ends_in) if ends_in is not None else None
        make_contract(session, cast.anna, client, ends_on, **terms)
        assert session.scalar(select(colour_column(TODAY)).select_from(Contract)) == colour


def test_a_voice_doubts_until_it_is_heard_again_at_a_later_checkpoint(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        contract = make_contract(session, cast.anna, client, in_days(300), start_by=in_days(150))
        colour = select(colour_column(TODAY)).select_from(Contract)
        assert session.scalar(colour) == Colour.CALM
        _opine(session, contract, 180, Verdict.AT_RISK)
        assert session.scalar(colour) == Colour.SOON
        _opine(session, contract, 90, Verdict.SAFE)
        assert session.scalar(colour) == Colour.CALM


def _opine(session: Any, contract: Contract, days_before: int, verdict: Verdict) -> None:
    session.add(
        Opinion(contract_id=contract.id, days_before=days_before, voice=Voice.DIRECTOR,
                verdict=verdict, at=wiki_clock.now())
    )  # fmt: skip
    session.flush()
