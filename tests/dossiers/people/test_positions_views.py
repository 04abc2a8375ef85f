"""The page of a position, and its forms."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.clients.models import Client
from dossiers.clients.rules import audience_of
from dossiers.facts.asking import Moment
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Chart
from tests.conftest import Cast
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry

BrowserOf = Callable[[Actor | None], FlaskClient]
TODAY = date(2026, 3, 2)


class Romashka:
    """A client with a director, and a buyer and a clerk below."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database = database
        with database.transaction() as session:
            pen = pen_of(session, cast.anna, make_client(session, cast.anna))
            self.id = pen.client.id
            self.director = seat(pen, "Director", name="Olga")
            self.buyer = seat(pen, "Buyer", self.director, "Pavel")
            self.clerk = seat(pen, "Clerk", self.buyer)

    def chart(self, day: date) -> Chart:
        with self.database.reading() as session:
            return chart_of(session, self.id, Moment(day))

    def address(self, position: int, deed: str = "") -> str:
        return f"/clients/{self.id}/positions/{position}{'/' if deed else ''}{deed}"


@pytest.fixture
def romashka(database: Database, cast: Cast) -> Romashka:
    return Romashka(database, cast)


def send(browser: FlaskClient, address: str, **typed: Any) -> Any:
    """Send one form; its fields bear its name."""
    name = address.rsplit("/", 1)[1]
    said = {"since": "2026-03-02", "source": "call", "confidence": "likely"} | typed
    data = {f"{name}-{field}": value for field, value in said.items()}
    return browser.post(address, data=data, follow_redirects=True)


@pytest.mark.usefixtures("clock")
def test_the_page_shows_manager_reports_and_holders(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf
) -> None:
    page = browser_of(cast.nina).get(romashka.address(romashka.buyer)).text
    for shown in ("Buyer", "Director", "Olga", "Pavel", "Clerk"):
        assert shown in page
    assert "vacant" in browser_of(cast.nina).get(romashka.address(romashka.clerk)).text


@pytest.mark.usefixtures("clock")
def test_every_question_of_the_page_is_answered_and_taken_back(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, clock: Any
) -> None:
    anna, today = browser_of(cast.anna), clock.moment.date()
    before = romashka.chart(today)
    answers: list[tuple[int, str, dict[str, str]]] = [
        (romashka.buyer, "title", {"title": "Head buyer", "kind": "head", "is_known": "y"}),
        (romashka.clerk, "manager", {"manager": "Director"}),
        (romashka.clerk, "holder", {"holder": "Zoya", "acting": "y", "predecessor": "unknown"}),
        (romashka.clerk, "line", {"other": f"№ {romashka.director}", "kind": "dotted"}),
        (romashka.buyer, "remove", {"reports": "top"}),
    ]
    for position, deed, typed in answers:
        page = send(anna, romashka.address(position, deed), **typed)
        assert page.status_code == 200, (deed, page.text)
        assert "Written down" in page.text, deed
        assert romashka.chart(today) != before, deed
        undo = page.text.split('action="/clients/')[1].split('"')[0]
        back = {"next": romashka.address(position)}
        assert "Taken back" in anna.post(f"/clients/{undo}", data=back, follow_redirects=True).text
        assert plain(romashka.chart(today)) == plain(before), deed


def plain(chart: Chart) -> Any:
    """What a chart says, without the numbers of the rows that were opened anew."""
    return (chart.seats, chart.lines, chart.unplaced)


@pytest.mark.usefixtures("clock")
def test_a_holder_goes_and_the_reason_stays_in_the_history(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, clock: Any
) -> None:
    anna = browser_of(cast.anna)
    holder = romashka.chart(clock.moment.date()).seats[romashka.buyer].holders[0].person_id
    page = send(
        anna, romashka.address(romashka.buyer, "end"), person=str(holder), reason="retired",
        note="He told Anna himself",
    )  # fmt: skip
    assert "vacant" in page.text
    for shown in ("retired", "He told Anna himself", "call, likely", "Anna"):
        assert shown in page.text


@pytest.mark.usefixtures("clock")
def test_how_it_was_and_what_was_believed_are_shown_and_the_past_has_no_forms(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, clock: Any
) -> None:
    anna, address = browser_of(cast.anna), romashka.address(romashka.buyer)
    clock.forward(days=10)
    send(anna, f"{address}/title", title="Head buyer", kind="head", is_known="y")
    assert "<h1>Head buyer</h1>" in anna.get(address).text
    assert "<h1>Buyer</h1>" in anna.get(f"{address}?on=2026-02-01").text
    then = anna.get(f"{address}?on=2026-03-12&known=2026-03-05").text
    assert "<h1>Buyer</h1>" in then
    assert f'action="{address}/title' not in then
    assert f'action="{address}/title' in anna.get(address).text


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("deed", "typed", "said"),
    [
        ("manager", {"manager": "Clerk"}, "report to itself"),
        ("manager", {"manager": "Nobody knows"}, "there is no position"),
        ("title", {"title": "", "kind": "head"}, "This is empty"),
        ("title", {"title": "x" * 300, "kind": "head"}, "250 is the limit"),
        ("title", {"title": "Other", "kind": "king"}, "Not a valid choice"),
        ("title", {"title": "Other", "kind": "head", "since": "1600-01-01"}, "between 1900"),
        ("title", {"title": "Other", "kind": "head", "since": "soon"}, "Not a valid date"),
        ("holder", {"holder": "№ 9999", "predecessor": "stays"}, "no such person"),
        ("holder", {"holder": "***", "predecessor": "stays"}, "with letters"),
        ("line", {"other": "Buyer", "kind": "dotted"}, "report to itself"),
        ("end", {"person": "9999", "reason": "left"}, "no such person"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, deed: str, typed: Any, said: str
) -> None:
    before = romashka.chart(TODAY)
    answer = send(browser_of(cast.anna), romashka.address(romashka.buyer, deed), **typed)
    assert answer.status_code in (404, 422)
    assert said in answer.text
    for value in set(typed.values()) - {"king", "9999"}:
        assert value in answer.text
    assert romashka.chart(TODAY) == before


@pytest.mark.usefixtures("clock")
def test_a_position_is_written_down_with_its_manager_and_holder_in_one_deed(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf
) -> None:
    anna, address = browser_of(cast.anna), f"/clients/{romashka.id}/positions/new"
    label = f"Director – Olga · № {romashka.director}"
    assert label in anna.get(f"{address}?manager={romashka.director}").text
    typed = {"title": "Driver", "manager": label, "holder": "Zoya", "kind": "member",
             "source": "guess", "confidence": "guess"}  # fmt: skip
    page = anna.post(address, data=typed, follow_redirects=True)
    assert "Written down: new position Driver under Director" in page.text
    seat = next(s for s in romashka.chart(TODAY).seats.values() if s.title == "Driver")
    assert (seat.manager_id, [h.name for h in seat.holders]) == (romashka.director, ["Zoya"])
    assert seat.known.is_guess


@pytest.mark.usefixtures("clock")
def test_a_title_that_several_have_asks_for_the_number(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, session.get_one(Client, romashka.id))
        seat(pen, "Clerk", romashka.director, "Rita")
    anna, address = browser_of(cast.anna), romashka.address(romashka.buyer, "line")
    answer = send(anna, address, other="clerk", kind="assistant")
    assert answer.status_code == 422
    assert f"Clerk · № {romashka.clerk}; Clerk – Rita · №" in answer.text


def test_suggestions_leave_out_the_branch_and_come_as_options(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf
) -> None:
    address = f"/clients/{romashka.id}/positions/suggest"
    nina = browser_of(cast.nina)
    assert nina.get(f"{address}?q=er").text.count("<option") == 2
    assert "Clerk" in nina.get(f"{address}?q=cl").text
    assert "Clerk" not in nina.get(f"{address}?q=cl&outside={romashka.buyer}").text
    assert "Pavel" in nina.get(f"/clients/{romashka.id}/people/suggest?field=x&x=pav").text


@pytest.mark.usefixtures("clock")
def test_whoever_was_overtaken_is_told_and_may_then_go_on(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf
) -> None:
    anna, vera = browser_of(cast.anna), browser_of(cast.vera)
    address = romashka.address(romashka.clerk)
    base = vera.get(address).text.split('name="manager-base" type="hidden" value="')[1]
    base = base.split('"')[0]
    send(anna, f"{address}/manager", manager="Director")
    late = send(vera, f"{address}/manager", manager="", base=base)
    assert (late.status_code, "Anna has changed this meanwhile" in late.text) == (409, True)
    again = late.text.split('name="manager-base" type="hidden" value="')[1].split('"')[0]
    assert send(vera, f"{address}/manager", manager="", base=again).status_code == 200
    assert romashka.chart(TODAY).seats[romashka.clerk].manager_id is None


def test_others_read_without_forms_and_a_restricted_client_has_no_positions_for_them(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    boris, address = browser_of(cast.boris), romashka.address(romashka.buyer)
    assert f'action="{address}' not in boris.get(address).text
    assert send(boris, f"{address}/title", title="Mine", kind="head").status_code == 403
    with database.transaction() as session:
        client = session.get_one(Client, romashka.id)
        client.restricted, client.audience = True, audience_of(True, cast.anna.team_id)
    for path in (address, f"/clients/{romashka.id}/positions/suggest?q=b"):
        assert browser_of(cast.anna).get(path).status_code == 200
        hidden, absent = boris.get(path), boris.get(path.replace("/clients/1", "/clients/99"))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.text.split("<main")[1] == absent.text.split("<main")[1].replace("/99", "/1")


def test_a_position_of_another_dossier_is_not_in_this_one(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    with database.transaction() as session:
        other = make_client(session, cast.anna, "Lopukh").id
    anna = browser_of(cast.anna)
    path = f"/clients/{other}/positions/{romashka.buyer}"
    assert anna.get(path).status_code == 404
    assert send(anna, f"{path}/title", title="Mine", kind="head").status_code == 404
    assert anna.get(romashka.address(romashka.buyer)).status_code == 200


def test_every_look_at_a_position_is_written_down(
    romashka: Romashka, cast: Cast, browser_of: BrowserOf, database: Database
) -> None:
    browser_of(cast.boris).get(romashka.address(romashka.buyer))
    with database.reading() as session:
        newest = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
    assert newest is not None
    assert (newest.actor_id, newest.action) == (cast.boris.id, "view position")


def test_hostile_text_stays_text(romashka: Romashka, cast: Cast, browser_of: BrowserOf) -> None:
    evil = "<script>alert(1)</script>"
    anna, address = browser_of(cast.anna), romashka.address(romashka.buyer)
    page = send(anna, f"{address}/title", title=evil, kind="head", unit=evil, note=evil)
    assert page.status_code == 200
    assert evil not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
