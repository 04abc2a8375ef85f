"""Renewals of three clients, one of which only anna's team and the directors may see."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from dossiers.renewals.kinds import RenewalState
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_contract
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "=1+1<script>alert(1)</script>"
#: The clock of the tests stands at this day, a Monday.
TODAY = date(2026, 3, 2)


@pytest.fixture
def renewals(database: Database, cast: Cast, clock: SetClock) -> None:
    """LATE-1 is anna's and too late, SOON-1 and CALM-1 are boris's, SECRET-1 is late, too."""
    moved = {
        "because": "path", "was": "2026-03-20", "at": "2026-02-27T09:00:00+00:00", "country": "RU",
    }  # fmt: skip
    with database.transaction() as session:
        romashka = make_client(session, cast.anna, "Romashka " + HOSTILE)
        vasilek = make_client(session, cast.boris, "Vasilek")
        secret = make_client(session, cast.anna, "Secret", restricted=True)
        rub = {"currency": "RUB"}
        make_contract(
            session,
            cast.anna,
            romashka,
            date(2026, 5, 31),
            "LATE-1",
            start_by=date(2026, 2, 20),
            value=Decimal("1000000.5"),
            **rub,
        )
        make_contract(
            session,
            cast.boris,
            vasilek,
            date(2026, 6, 30),
            "SOON-1",
            subject=HOSTILE,
            start_by=date(2026, 3, 12),
            notice_by=date(2026, 3, 31),
            value=Decimal(50),
            start_by_why=moved,
            **rub,
        )
        make_contract(
            session,
            cast.boris,
            vasilek,
            date(2027, 6, 30),
            "CALM-1",
            start_by=date(2027, 3, 1),
            currency="EUR",
            value=Decimal(7),
        )
        make_contract(
            session, cast.boris, vasilek, date(2026, 1, 1), "DONE-1", state=RenewalState.RENEWED
        )
        make_contract(session, cast.anna, secret, date(2026, 5, 31), "SECRET-1",
                      start_by=date(2026, 2, 19), value=Decimal(3), currency="USD")  # fmt: skip
