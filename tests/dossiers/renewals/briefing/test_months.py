"""The briefings of a month are made in the background, of the clients that the reader sees."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader
from sqlalchemy import update

from dossiers.clients.models import Client
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_contract

MONTH = {"month": "2026-06", "language": "ru"}


def _fill(database, cast) -> int:
    with database.transaction() as session:
        for name, restricted in (("Seen", False), ("Hidden", True)):
            client = make_client(session, cast.anna, name, restricted)
            make_contract(session, cast.anna, client, date(2026, 6, 30), f"K-{name}")
        later = make_client(session, cast.anna, "Later")
        make_contract(session, cast.anna, later, date(2026, 7, 1))
        return client.id


def _text(answer) -> str:
    assert answer.status_code == 200
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)


def test_a_month_holds_what_the_reader_sees_and_nothing_else(
    app, browser_of, database, cast, clock
) -> None:
    _fill(database, cast)
    anna, boris = browser_of(cast.anna), browser_of(cast.boris)
    for browser in (anna, boris):
        assert browser.post("/renewals/briefings", data=MONTH).status_code == 302
        assert app.extensions["jobs"].do_next(database)
    own, other = (_text(b.get(f"/renewals/briefings/{n}.pdf")) for b, n in ((anna, 1), (boris, 2)))
    assert "Hidden" in own
    assert "Seen" in other
    assert "Hidden" not in other
    assert "Later" not in own
    assert "Справка к встрече" in own or "Briefing" in own
    assert boris.get("/renewals/briefings/1.pdf").status_code == 404


def test_a_file_is_not_given_once_a_client_in_it_is_hidden(
    app, browser_of, database, cast, clock
) -> None:
    _fill(database, cast)
    boris = browser_of(cast.boris)
    boris.post("/renewals/briefings", data=MONTH)
    app.extensions["jobs"].do_next(database)
    assert boris.get("/renewals/briefings/1.pdf").status_code == 200
    with database.transaction() as session:
        session.execute(update(Client).where(Client.name == "Seen").values(audience="nobody"))
    assert boris.get("/renewals/briefings/1.pdf").status_code == 404


def test_an_empty_month_and_a_wrong_one_are_refused_in_words(browser_of, cast, clock) -> None:
    anna = browser_of(cast.anna)
    for month, said in (
        ("2026-01", "No contract ends in this month"),
        ("x", "written like 2026-03"),
    ):
        answer = anna.post("/renewals/briefings", data={"month": month})
        assert answer.status_code == 422
        assert said in answer.text
    assert browser_of(cast.nina).get("/renewals/briefings").status_code == 403


def test_the_calendar_leads_to_the_briefings_for_those_who_may_make_them(
    browser_of, cast, clock
) -> None:
    there = 'href="/renewals/briefings"'
    assert there in browser_of(cast.anna).get("/renewals").text
    assert there not in browser_of(cast.nina).get("/renewals").text
    page = browser_of(cast.anna).get("/renewals/briefings").text
    assert 'href="/renewals/briefings" aria-current="page"' in page
