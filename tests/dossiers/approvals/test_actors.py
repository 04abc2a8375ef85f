"""Who acts at a step is read for a day: holders, stand-ins, the vacant, the gone, the unknown."""

from dataclasses import replace
from datetime import date

from dossiers.approvals.actors import actors_on
from dossiers.facts.asking import Moment
from dossiers.people.editing.employments import Appointment, appoint, end_employment
from dossiers.people.editing.persons import person_called
from dossiers.people.editing.positions import (
    Reports,
    Wanted,
    add_position,
    change_position,
    remove_position,
)
from dossiers.people.kinds import EndReason
from tests.conftest import Cast
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.database import Database

BEFORE, LATER = Moment(date(2024, 6, 1)), Moment(date(2025, 6, 1))


def test_the_holder_and_whoever_stands_in_are_told_and_the_holder_first(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna))
        ident = add_position(pen, Wanted("Director", "Board"), None)[1]
        appoint(pen, ident, person_called(pen, "Deputy"), Appointment(main=False, acting=True))
        appoint(pen, ident, person_called(pen, "Petrov"), Appointment())
        found = actors_on(session, pen.client.id, [ident], LATER)[ident]
        assert (found.title, found.unit, found.is_vacant) == ("Director", "Board", False)
        assert [(one.name, one.acting) for one in found.holders] == [
            ("Petrov", False),
            ("Deputy", True),
        ]


def test_vacant_unknown_gone_and_of_another_client_are_told_apart(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna))
        other = pen_of(session, cast.anna, make_client(session, cast.anna, "Other"))
        vacant, gone, foreign = (
            seat(pen, "Buyer"),
            seat(pen, "Clerk"),
            seat(other, "Secret", name="X"),
        )
        unknown = add_position(pen, Wanted("Somebody", is_known=False), None)[1]
        remove_position(replace(pen, day=date(2025, 1, 1)), gone, Reports.LIFT)
        found = actors_on(session, pen.client.id, [vacant, gone, foreign, unknown, 999], LATER)
        assert [one.id for one in found.values() if one.is_vacant] == [vacant]
        assert [one.id for one in found.values() if one.is_unknown] == [unknown]
        assert {one.id for one in found.values() if one.is_gone} == {gone, foreign, 999}
        assert (found[gone].title, found[foreign].title) == ("Clerk", "")
        assert not found[foreign].holders
        assert not actors_on(session, pen.client.id, [gone], BEFORE)[gone].is_gone


def test_another_day_shows_who_held_it_then_and_what_it_was_called(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna))
        ident = seat(pen, "Buyer", name="Old")
        later = replace(pen, day=date(2025, 1, 1))
        end_employment(later, person_id_of(pen, "Old"), ident, EndReason.LEFT)
        change_position(later, ident, Wanted("Head of purchasing"))
        before = actors_on(session, pen.client.id, [ident], BEFORE)[ident]
        after = actors_on(session, pen.client.id, [ident], LATER)[ident]
        assert (before.title, before.holder and before.holder.name) == ("Buyer", "Old")
        assert (after.title, after.holder) == ("Head of purchasing", None)
