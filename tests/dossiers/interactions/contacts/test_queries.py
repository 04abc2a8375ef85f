"""When one last spoke with whom."""

from datetime import UTC, date, datetime

from dossiers.interactions.contacts.queries import (
    interactions_between,
    last_contact_of,
    met_since,
)
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client, pen_of, person_id_of
from tests.factories.renewals import make_interaction
from wiki.database import Database

FIRST, SECOND, THIRD = date(2026, 1, 10), date(2026, 2, 10), date(2026, 2, 20)


def test_last_contact_counts_merged_clients_and_not_what_was_taken_back(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        kept = make_client(session, cast.anna)
        lost = make_client(session, cast.anna, "Romashka Plus")
        silent = make_client(session, cast.anna, "Silent")
        make_interaction(session, cast.anna, kept, FIRST)
        make_interaction(session, cast.anna, lost, SECOND)
        gone = make_interaction(session, cast.anna, kept, THIRD)
        gone.taken_back_in = gone.change_id
        lost.merged_into_id = kept.id
        session.flush()
        assert last_contact_of(session, [kept.id, silent.id]) == {kept.id: SECOND}


def test_whom_one_met_since_a_day_is_told_with_the_last_day(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        pen = pen_of(session, cast.anna, client)
        olga, oleg = person_id_of(pen, "Olga"), person_id_of(pen, "Oleg")
        make_interaction(session, cast.anna, client, FIRST, persons=(olga, oleg))
        make_interaction(session, cast.anna, client, SECOND, persons=(olga,))
        assert met_since(session, client.id, FIRST) == {olga: SECOND, oleg: FIRST}
        assert met_since(session, client.id, SECOND) == {olga: SECOND}


def test_between_two_moments_stand_those_that_happened_then(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        for day in (FIRST, SECOND, THIRD):
            make_interaction(session, cast.anna, client, day, said=day.isoformat())
        noon = datetime(2026, 1, 10, 12, tzinfo=UTC)
        found = interactions_between(session, client.id, noon, datetime(2026, 2, 15, tzinfo=UTC))
        assert [one.summary for one in found] == [SECOND.isoformat()]
