"""The grid, its cells, and the questions, as people meet them in the browser."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from dossiers.facts.asking import Moment
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.editing.judging import Acquainted, acquaint, judge
from dossiers.people.kinds import Aspect, Attitude, Coverage, Level, Role
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database

TODAY = date(2026, 3, 2)
BrowserOf = Callable[[Actor | None], FlaskClient]
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def client_id(database: Database, cast: Cast) -> int:
    """A client of anna's with a director, known to boris, and a deputy whom nobody knows."""
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        pen = pen_of(session, cast.anna, client)
        top = seat(pen, "Director", None, "Olga")
        seat(pen, "Deputy", top, "Ivan")
        person = person_id_of(pen, "Olga")
        judge(pen, person, Aspect.ROLE, "economic_buyer")
        acquaint(
            pen,
            cast.boris.id,
            person,
            Acquainted(Coverage.MULTIPLE, Level.VENDOR, Level.ADVISOR, date(2026, 2, 1)),
        )
        return client.id


def chart(database: Database, client_id: int) -> Chart:
    with database.reading() as session:
        return chart_of(session, client_id, Moment(TODAY))


def person(database: Database, client_id: int, name: str) -> int:
    return next(i for i, n in chart(database, client_id).names.items() if n == name)


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", page))


def test_the_grid_says_in_words_who_knows_whom_and_what_is_wanted(
    client_id: int, cast: Cast, browser_of: BrowserOf
) -> None:
    page = text(browser_of(cast.nina).get(f"/clients/{client_id}/coverage").text)
    assert "several meetings" in page
    assert "vendor" in page
    assert "wanted: trusted advisor by 1 February 2026" in page
    assert "late" in page
    assert "single point of failure" in page


def test_who_may_only_read_gets_no_links_to_write(
    client_id: int, cast: Cast, browser_of: BrowserOf
) -> None:
    address = f"/clients/{client_id}/coverage"
    cell = f'href="{address}/'
    assert cell in browser_of(cast.anna).get(address).text
    for actor in (cast.nina, cast.boris):
        assert cell not in browser_of(actor).get(address).text


def test_only_those_who_matter_come_first_and_all_can_be_shown(
    client_id: int, cast: Cast, browser_of: BrowserOf
) -> None:
    address = f"/clients/{client_id}/coverage"
    assert "Ivan" not in browser_of(cast.anna).get(address).text
    assert "Ivan" in browser_of(cast.anna).get(f"{address}?who=all").text


def test_a_cell_is_set_with_a_plain_form(
    client_id: int, cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    ivan = person(database, client_id, "Ivan")
    address = f"/clients/{client_id}/coverage/{ivan}"
    anna = browser_of(cast.anna)
    assert "Ivan" in anna.get(f"{address}?user={cast.anna.id}").text
    sent = {"colleague": cast.anna.id, "coverage": "deep", "level": "solver", "wanted": ""}
    sent |= {"source": "call", "confidence": "sure"}
    answer = anna.post(address, data=sent)
    assert answer.headers["Location"] == f"/clients/{client_id}/coverage#person-{ivan}"
    known = [one for one in chart(database, client_id).acquaintances if one.person_id == ivan]
    assert [(one.user, one.coverage, one.level) for one in known] == [("Anna", "deep", "solver")]
    assert "deep" in anna.get(f"{address}?user={cast.anna.id}").text


def test_nonsense_in_a_cell_comes_back_and_writes_nothing(
    client_id: int, cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    address = f"/clients/{client_id}/coverage/{person(database, client_id, 'Ivan')}"
    before = chart(database, client_id).acquaintances
    anna = browser_of(cast.anna)
    for sent in (
        {"colleague": cast.anna.id, "coverage": "<b>"},
        {"colleague": "999999", "coverage": "deep"},
        {"colleague": "x" * 500, "coverage": "deep"},
        {"colleague": cast.anna.id, "coverage": "deep", "evidence": "x" * 5000},
        {},
    ):
        assert anna.post(address, data=sent).status_code in (404, 422)
    assert chart(database, client_id).acquaintances == before


def test_another_team_can_neither_set_a_cell_nor_answer(
    client_id: int, cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    ivan = person(database, client_id, "Ivan")
    for actor in (cast.boris, cast.nina):
        browser = browser_of(actor)
        for address in (f"/clients/{client_id}/coverage/{ivan}", f"/clients/{client_id}/question"):
            assert browser.get(address).status_code == 403
            assert browser.post(address, data={"code": "signer-0-0"}).status_code == 403


def test_a_restricted_client_does_not_exist_for_others(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Secret", restricted=True)
        seat(pen_of(session, cast.anna, client), "Director", None, "Olga")
        ident = client.id
    olga = person(database, ident, "Olga")
    for path in ("coverage", f"coverage/{olga}", "question"):
        assert browser_of(cast.anna).get(f"/clients/{ident}/{path}").status_code == 200
        assert browser_of(cast.boris).get(f"/clients/{ident}/{path}").status_code == 404


def test_an_empty_dossier_says_what_to_do(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        ident = make_client(session, cast.anna).id
    anna = browser_of(cast.anna)
    assert f'href="/clients/{ident}/people/new"' in anna.get(f"/clients/{ident}/coverage").text
    assert "outline" in anna.get(f"/clients/{ident}/question").text


def ask(browser: FlaskClient, client_id: int) -> str:
    """The code of the question that is asked."""
    page = browser.get(f"/clients/{client_id}/question").text
    found = re.search(r'name="code" value="([^"]+)"', page)
    return found[1] if found else ""


def answer(browser: FlaskClient, client_id: int, code: str, **said: str) -> int:
    sent = {"code": code, **said}
    return browser.post(f"/clients/{client_id}/question", data=sent).status_code


def test_one_question_is_asked_and_its_answer_is_written_into_the_dossier(
    client_id: int, cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    assert ask(anna, client_id) == "signer-0-0"
    answer(anna, client_id, "signer-0-0", answer="Ivan")
    ivan = person(database, client_id, "Ivan")
    assert chart(database, client_id).standings[ivan].roles == (Role.APPROVER,)
    olga = person(database, client_id, "Olga")
    assert ask(anna, client_id) == f"attitude-{olga}-0"
    answer(anna, client_id, f"attitude-{olga}-0", answer="mentor")
    assert chart(database, client_id).standings[olga].attitude is Attitude.MENTOR


def test_somebody_new_may_be_the_answer(
    client_id: int, cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    answer(browser_of(cast.anna), client_id, "signer-0-0", answer="Pyotr Petrov")
    pyotr = person(database, client_id, "Pyotr Petrov")
    assert chart(database, client_id).standings[pyotr].roles == (Role.APPROVER,)


def test_what_somebody_does_not_know_is_asked_again_in_two_weeks(
    client_id: int, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    anna, vera = browser_of(cast.anna), browser_of(cast.vera)
    answer(anna, client_id, "signer-0-0", do="unknown")
    assert ask(anna, client_id) != "signer-0-0"
    assert ask(vera, client_id) == "signer-0-0"
    clock.forward(days=13)
    assert ask(anna, client_id) != "signer-0-0"
    clock.forward(days=2)
    assert ask(anna, client_id) == "signer-0-0"


def test_a_question_that_is_passed_over_comes_again_tomorrow(
    client_id: int, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    anna = browser_of(cast.anna)
    answer(anna, client_id, "signer-0-0", do="skip")
    assert ask(anna, client_id) != "signer-0-0"
    clock.forward(days=1)
    assert ask(anna, client_id) == "signer-0-0"


def test_an_answer_that_is_none_comes_back_with_a_sentence(
    client_id: int, cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    anna, olga = browser_of(cast.anna), person(database, client_id, "Olga")
    before = chart(database, client_id)
    assert answer(anna, client_id, f"attitude-{olga}-0", answer="<script>") == 422
    assert answer(anna, client_id, f"attitude-{olga}-0", answer="") == 422
    assert answer(anna, client_id, f"role-{person(database, client_id, 'Ivan')}-0") == 422
    assert chart(database, client_id) == before


def test_what_somebody_else_has_answered_is_not_asked_again(
    client_id: int, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    answer(browser_of(cast.vera), client_id, "signer-0-0", answer="Ivan")
    said = anna.post(
        f"/clients/{client_id}/question",
        data={"code": "signer-0-0", "answer": "Olga"},
        follow_redirects=True,
    )
    assert "answered meanwhile" in said.text


def test_that_somebody_still_holds_a_position_makes_it_fresh(
    client_id: int, cast: Cast, database: Database, browser_of: BrowserOf, clock: SetClock
) -> None:
    clock.forward(days=400)
    olga = person(database, client_id, "Olga")
    place = next(s.id for s in chart(database, client_id).seats.values() if s.title == "Director")
    code = f"still-{olga}-{place}"
    anna = browser_of(cast.anna)
    answer(anna, client_id, code, answer="yes")
    [holder] = chart(database, client_id).seats[place].holders
    assert holder.known.learned_on == date(2027, 4, 6)


def test_that_somebody_holds_it_no_longer_leaves_them_without_a_place(
    client_id: int, cast: Cast, database: Database, browser_of: BrowserOf, clock: SetClock
) -> None:
    clock.forward(days=400)
    olga = person(database, client_id, "Olga")
    place = next(s.id for s in chart(database, client_id).seats.values() if s.title == "Director")
    answer(browser_of(cast.anna), client_id, f"still-{olga}-{place}", answer="no")
    with database.reading() as session:
        later = chart_of(session, client_id, Moment(date(2027, 4, 7)))
    assert later.seats[place].holders == ()
    assert [holder.name for holder in later.unplaced] == ["Olga"]


def test_more_people_cost_no_more_statements(
    client_id: int, cast: Cast, database: Database, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    pages = [f"/clients/{client_id}/coverage?who=all", f"/clients/{client_id}/question"]

    def cost() -> list[int]:
        taken = []
        for page in pages:
            anna.get(page)
            with counting(database) as sent:
                anna.get(page)
            taken.append(len(sent))
        return taken

    few = cost()
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, make_client(session, cast.anna, "Other"))
        pen = pen_of(session, cast.anna, session.get_one(type(pen.client), client_id))
        for number in range(40):
            seat(pen, f"S{number}", None, f"Person {number}")
            acquaint(
                pen, cast.anna.id, person_id_of(pen, f"Person {number}"), Acquainted(Coverage.DEEP)
            )
    assert cost() == few
