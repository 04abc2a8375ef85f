"""A decision that is taken while a file is written holds."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from dossiers.deals.models import Deal, DealSource
from dossiers.deals.pinning import pin_deal
from tests.conftest import Cast, SetClock
from tests.factories.deals import apply, make_source, says
from tests.factories.dossiers import make_client
from wiki.database import Database


def test_a_decision_waits_for_what_is_being_written_of_its_deal(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client, source = make_client(session, cast.anna).id, make_source(session).id
        apply(session, session.get_one(DealSource, source), says("D1", title="First"))
        deal = session.scalars(select(Deal.id)).one()
        if session.get_bind().dialect.name != "postgresql":
            pytest.skip("SQLite has one writer at a time anyway")
    clock.forward(minutes=1)
    with database.transaction() as writing:
        apply(writing, writing.get_one(DealSource, source), says("D1", title="Second"))
        with database.transaction() as session:
            session.execute(text("SET LOCAL lock_timeout = '50ms'"))
            with pytest.raises(OperationalError):
                pin_deal(session, cast.anna, deal, client)
            session.rollback()
    with database.transaction() as session:
        pin_deal(session, cast.anna, deal, client)
    with database.reading() as session:
        found = session.get_one(Deal, deal)
        assert (found.client_id, found.pinned, found.title) == (client, True, "Second")
