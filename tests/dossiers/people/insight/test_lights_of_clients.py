"""The lights of a list of clients, read from the database."""

from datetime import date

import pytest

from dossiers.facts.models import Confidence, Source
from dossiers.facts.writing import Evidence
from dossiers.people.editing.employments import leave_client
from dossiers.people.editing.judging import Acquainted, acquaint, judge
from dossiers.people.editing.pen import Pen
from dossiers.people.insight.light import Colour, Lack
from dossiers.people.insight.queries import lights_of
from dossiers.people.kinds import Aspect, Coverage, EndReason
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.database import Database

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.usefixtures("clock")


def win(pen: Pen, cast: Cast, name: str = "Ivan") -> None:
    """Make it green."""
    seat(pen, "Director", name=name)
    person = person_id_of(pen, name)
    judge(pen, person, Aspect.ROLE, "economic_buyer")
    judge(pen, person, Aspect.ATTITUDE, "supporter")
    for user in (cast.anna, cast.boris):
        acquaint(pen, user.id, person, Acquainted(Coverage.MULTIPLE))


def test_each_client_has_its_own_light(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        won, empty = make_client(session, cast.anna, "A"), make_client(session, cast.anna, "B")
        win(pen_of(session, cast.anna, won), cast)
        lights = lights_of(session, [won.id, empty.id], TODAY)
        assert lights[won.id].colour is Colour.GREEN
        assert lights[empty.id].colour is Colour.RED


def test_before_the_facts_were_true_the_light_was_red(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        win(pen_of(session, cast.anna, client, date(2025, 1, 1)), cast)
        assert lights_of(session, [client.id], date(2024, 1, 1))[client.id].colour is Colour.RED


def test_who_left_the_client_decides_nothing_there(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        win(pen_of(session, cast.anna, client), cast)
        leaving = pen_of(session, cast.anna, client, date(2026, 1, 1))
        leave_client(leaving, person_id_of(leaving, "Ivan"), EndReason.LEFT)
        light = lights_of(session, [client.id], TODAY)[client.id]
        assert [point.lack for point in light.points] == [
            Lack.BUYER_UNKNOWN,
            Lack.APPROVER_UNKNOWN,
        ]


def test_a_meeting_in_passing_is_no_relationship(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        pen = pen_of(session, cast.anna, client)
        win(pen, cast)
        acquaint(pen, cast.boris.id, person_id_of(pen, "Ivan"), Acquainted(Coverage.BRIEF))
        [point] = lights_of(session, [client.id], TODAY)[client.id].points
        assert (point.lack, point.count) == (Lack.TOO_FEW_OF_OURS, 1)


def test_a_supposed_buyer_is_told_apart(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        pen = pen_of(session, cast.anna, client)
        win(pen, cast)
        guess = Evidence(Source.COLLEAGUE, Confidence.GUESS)
        unsure = Pen(session, cast.anna, client, pen.day, guess)
        judge(unsure, person_id_of(pen, "Ivan"), Aspect.ROLE, "economic_buyer")
        [point] = lights_of(session, [client.id], TODAY)[client.id].points
        assert (point.lack, point.name) == (Lack.BUYER_GUESSED, "Ivan")


def test_forty_lights_cost_as_many_statements_as_one(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        clients = [make_client(session, cast.anna, f"C{n}") for n in range(40)]
        for client in clients:
            win(pen_of(session, cast.anna, client), cast)
        idents = [client.id for client in clients]
    with database.reading() as session, counting(database) as sent:
        lights = lights_of(session, idents, TODAY)
    assert {light.colour for light in lights.values()} == {Colour.GREEN}
    assert len([one for one in sent if one.startswith("SELECT")]) == 3
