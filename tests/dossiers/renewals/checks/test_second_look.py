"""Nobody speaks with another's voice, not even by taking back what it said."""

from datetime import date

import pytest
from sqlalchemy import select

from dossiers.people.editing.taking_back import take_back
from dossiers.renewals.checks.giving import View, give_opinion
from dossiers.renewals.kinds import Verdict, Voice
from dossiers.renewals.models import Opinion
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client, pen_of
from tests.factories.renewals import make_contract
from wiki.database import Database
from wiki.errors import Forbidden


def test_a_manager_does_not_take_back_what_the_director_said(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        contract = make_contract(session, cast.anna, client, date(2026, 5, 1))
        said = give_opinion(session, cast.vera, contract.id, View(Verdict.LOST, "Gone."))
    with pytest.raises(Forbidden), database.transaction() as session:
        take_back(pen_of(session, cast.anna, client), said.id)
    held = select(Opinion.is_newest).where(Opinion.voice == Voice.DIRECTOR)
    with database.reading() as session:
        assert session.scalars(held).all() == [True]
    with database.transaction() as session:
        take_back(pen_of(session, cast.vera, client), said.id)
    with database.reading() as session:
        assert session.scalars(held).all() == [False]
