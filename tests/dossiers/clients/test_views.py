"""The room of clients in the browser."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.clients.deeds import note_export
from dossiers.clients.models import Client
from dossiers.clients.services.standing import archive_client
from dossiers.facts.models import Change
from tests.conftest import Cast
from tests.dossiers.clients.making import made, since
from tests.factories.pages import make_category, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.models import Page

Browser = Callable[[Actor | None], FlaskClient]
pytestmark = pytest.mark.usefixtures("clock")

SAID = {"since": "2026-03-02", "source": "meeting", "confidence": "sure", "note": ""}
CARD = {"name": "Romashka", "country": "RU", "state": "active", **SAID}


def card(cast: Cast, **fields: str) -> dict[str, str]:
    """What the form sends for a client of anna's team."""
    return {**CARD, "team": str(cast.anna.team_id), **fields}


def only_client(database: Database) -> Client:
    with database.reading() as session:
        return session.scalars(select(Client)).one()


def test_the_list_says_what_to_do_while_it_is_empty(cast: Cast, browser_of: Browser) -> None:
    assert "/clients/new" in browser_of(cast.anna).get("/clients").text
    for_newcomers = browser_of(cast.nina).get("/clients").text
    assert "No clients yet" in for_newcomers
    assert "/clients/new" not in for_newcomers


def test_a_client_is_made_shown_and_changed(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    anna = browser_of(cast.anna)
    form = anna.get("/clients/new").text
    assert "Since when, and known from where" in form
    typed = card(cast, tax_number="7707083893", domains="firm.ru, ФИРМА.рф", tags="vip, big")
    answer = anna.post("/clients/new", data=typed)
    client = only_client(database)
    assert answer.location == f"/clients/{client.id}"
    page = anna.get(answer.location).text
    for text in ("Romashka", "7707083893", "фирма.рф", "vip", "North", "new client Romashka"):
        assert text in page
    form = anna.get(f"/clients/{client.id}/edit").text
    assert "firm.ru, фирма.рф" in form
    typed = {**typed, "segment": "HoReCa", "source": "call", "note": "said so"}
    assert anna.post(f"/clients/{client.id}/edit", data=typed).status_code == 302
    page = anna.get(f"/clients/{client.id}").text
    for text in ("HoReCa", "call, sure", "said so", "Segment: — → HoReCa"):
        assert text in page


def test_what_was_typed_comes_back_with_the_sentence(cast: Cast, browser_of: Browser) -> None:
    anna = browser_of(cast.anna)
    for wrong, sentence in (
        ({"tax_number": "7707083894"}, "check digits"),
        ({"domains": "gmail.com"}, "Everybody can have"),
        ({"since": "2027-01-01"}, "between 1900 and today"),
        ({"since": "yesterday"}, "2026-03-31"),
        ({"parent": "Nobody"}, "not just one client"),
        ({"page": "no page"}, "no page"),
        ({"page": "/pages/99"}, "no such page"),
        ({"name": ""}, "Fill it in"),
        ({"note": "x" * 501}, "more than 500"),
        ({"state": "nonsense"}, "Not a valid choice"),
    ):
        answer = anna.post("/clients/new", data=card(cast, legal_name="Kept Ltd", **wrong))
        assert (answer.status_code in (404, 422), sentence in answer.text) == (True, True), wrong
        assert "Kept Ltd" in answer.text


def test_a_twin_is_linked_and_a_word_lets_it_pass(cast: Cast, browser_of: Browser) -> None:
    anna = browser_of(cast.anna)
    anna.post("/clients/new", data=card(cast))
    again = anna.post("/clients/new", data=card(cast))
    assert (again.status_code, 'href="/clients/1"' in again.text) == (409, True)
    assert anna.post("/clients/new", data=card(cast, same_name="y")).location == "/clients/2"


def test_an_unknown_country_keeps_the_number_with_a_notice(cast: Cast, browser_of: Browser) -> None:
    anna = browser_of(cast.anna)
    typed = card(cast, country="KZ", tax_number="any number")
    page = anna.post("/clients/new", data=typed, follow_redirects=True).text
    assert "cannot be checked here" in page
    assert "not checked" in page


def test_another_team_reads_but_does_not_change(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    client = made(database, cast.anna)
    boris, nina = browser_of(cast.boris), browser_of(cast.nina)
    assert "/edit" not in boris.get(f"/clients/{client}").text
    for path in ("", "/history", "/team"):
        assert nina.get(f"/clients/{client}{path}").status_code == 200
    assert boris.get(f"/clients/{client}/edit").status_code == 403
    for path in ("edit", "archive", "bring-back", "restrict", "open", "notes"):
        assert boris.post(f"/clients/{client}/{path}", data=CARD).status_code == 403, path
    team = {"team": str(cast.boris.team_id), **SAID}
    assert boris.post(f"/clients/{client}/team", data=team).status_code == 403
    assert only_client(database).team_id == cast.anna.team_id


def test_the_team_page_puts_people_down_and_lets_them_go(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    client, anna = made(database, cast.anna), browser_of(cast.anna)
    typed = {"colleague": str(cast.boris.id), "duty": "lead", **SAID, "since": "2026-01-10"}
    assert anna.post(f"/clients/{client}/managers", data=typed).status_code == 302
    assert "Boris" in anna.get(f"/clients/{client}").text
    gone = {"since": "2026-02-01"}
    anna.post(f"/clients/{client}/managers/{cast.boris.id}/release", data=gone)
    page = anna.get(f"/clients/{client}/team").text
    assert "Before" in page
    assert "10 January 2026" in page
    with database.reading() as session:
        client_row = session.get_one(Client, client)
    assert client_row.stamp > 1


def test_buttons_archive_restrict_and_give_away(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    client, anna = made(database, cast.anna), browser_of(cast.anna)
    assert anna.post(f"/clients/{client}/archive").location == f"/clients/{client}/team"
    assert "Romashka" not in anna.get("/clients").text
    assert "Romashka" in anna.get("/clients?state=archived").text
    assert "in the archive" in anna.get(f"/clients/{client}").text
    anna.post(f"/clients/{client}/bring-back")
    assert "Romashka" in anna.get("/clients").text
    anna.post(f"/clients/{client}/restrict")
    given = anna.post(f"/clients/{client}/team", data={"team": str(cast.boris.team_id), **SAID})
    assert given.location == "/clients"
    assert anna.get(f"/clients/{client}").status_code == 404
    assert browser_of(cast.boris).get(f"/clients/{client}").status_code == 200


def test_the_card_of_a_day_as_it_was_known(
    cast: Cast, browser_of: Browser, database: Database, clock: Any
) -> None:
    client, anna = made(database, cast.anna, segment="Retail"), browser_of(cast.anna)
    clock.forward(days=10)
    anna.post(f"/clients/{client}/edit", data=card(cast, segment="HoReCa", since="2026-02-01"))

    def segment(query: str) -> str:
        text = anna.get(f"/clients/{client}/history?{query}").text.partition('id="changes"')[0]
        return "".join(name for name in ("Retail", "HoReCa") if f">{name}<" in text)

    assert segment("on=2026-01-31") == "Retail"
    assert segment("on=2026-02-01") == "HoReCa"
    assert segment("on=2026-02-01&known=2026-03-02") == "Retail"
    assert segment("on=2026-02-01&known=2026-03-12") == "HoReCa"
    for odd in ("on=x", "on=2027-01-01", "known=0001-01-01"):
        assert anna.get(f"/clients/{client}/history?{odd}").status_code == 422


def test_a_change_is_taken_back_and_done_again_from_the_history(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    client, anna = made(database, cast.anna, segment="Retail"), browser_of(cast.anna)
    anna.post(f"/clients/{client}/edit", data=card(cast, country="", segment="HoReCa"))
    with database.reading() as session:
        change = session.scalars(select(Change.id).order_by(Change.id.desc())).first()
    assert f"/changes/{change}/undo" in anna.get(f"/clients/{client}/history").text
    back = f"/clients/{client}/history"
    undone = anna.post(f"/clients/{client}/changes/{change}/undo", data={"next": back})
    assert (undone.location, only_client(database).segment) == (back, "Retail")
    page = anna.get(back).text
    assert f"/changes/{change}/undo" not in page
    assert "taken back: Segment: Retail → HoReCa" in page


def test_the_list_is_filtered_sorted_and_counted(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    anna = browser_of(cast.anna)
    for name, segment, region in (("Ёлка", "A", "N"), ("берёза", "B", "N"), ("Ясень", "A", "S")):
        made(
            database,
            cast.anna,
            name,
            segment=segment,
            region=region,
            domains=(f"{segment}.{region}.ru",),
        )
    made(database, cast.boris, "Сосна")

    def names(query: str = "") -> list[str]:
        text = anna.get(f"/clients?{query}").text
        found = ("берёза", "Ёлка", "Сосна", "Ясень")
        return sorted(
            (n for n in found if f">{n}</a>" in text), key=lambda n: text.index(f">{n}</a>")
        )

    assert names() == ["берёза", "Ёлка", "Сосна", "Ясень"]
    assert names("segment=A") == ["Ёлка", "Ясень"]
    assert names("segment=A&region=S") == ["Ясень"]
    assert names(f"team={cast.boris.team_id}") == ["Сосна"]
    assert names("text=ЕЛКА") == ["Ёлка"]
    assert names("text=b.n.ru") == ["берёза"]
    assert names("sort=newest")[0] == "Сосна"
    assert names("state=prospect") == []
    assert names("only=mine") == []
    assert names("manager=7") == []
    assert "4 clients" in anna.get("/clients").text
    assert "A (2)" in anna.get("/clients").text


def test_a_long_list_goes_on_by_key(cast: Cast, browser_of: Browser, database: Database) -> None:
    for number in range(53):
        made(database, cast.anna, f"Client {number:02}")
    anna = browser_of(cast.anna)
    first = anna.get("/clients")
    assert ("Client 49<" in first.text, "Client 50<" in first.text) == (True, False)
    second = anna.get("/clients", query_string={"before": "client 49~50"})
    assert ("Client 49<" in second.text, "Client 50<" in second.text) == (False, True)
    assert "Next" not in second.text
    for odd in ("x", "~1", "\0~1", "client~" + "9" * 30):
        assert anna.get("/clients", query_string={"before": odd}).status_code == 200


def test_a_merged_client_leads_to_where_it_went(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    stays, gone = made(database, cast.anna, "Stays"), made(database, cast.anna, "Gone")
    with database.transaction() as session:
        session.get_one(Client, gone).merged_into_id = stays
    anna = browser_of(cast.anna)
    assert anna.get(f"/clients/{gone}").location == f"/clients/{stays}"
    assert ">Gone<" not in anna.get("/clients").text


def test_hostile_names_are_shown_as_text(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    hostile = "<script>alert(1)</script>"
    top = made(database, cast.anna, f"Top {hostile}")
    client = made(
        database, cast.anna, hostile, legal_name=hostile, segment=hostile, region=hostile,
        tags=(hostile,), parent=top,
    )  # fmt: skip
    anna = browser_of(cast.anna)
    for path in ("", "/history", "/team", "/edit"):
        assert hostile not in anna.get(f"/clients/{client}{path}").text
    for path in ("/clients", "/clients/new"):
        assert hostile not in anna.get(path).text
    assert hostile not in browser_of(cast.vera).get(f"/clients/{client}/log").text


def test_notes_are_begun_written_and_shown(
    app: Flask, cast: Cast, browser_of: Browser, database: Database
) -> None:
    client, anna = made(database, cast.anna, "A | B"), browser_of(cast.anna)
    assert anna.get(f"/clients/{client}/notes").location == f"/clients/{client}#notes"
    form = anna.post(f"/clients/{client}/notes")
    page_id = only_client(database).page_id
    assert form.location == f"/pages/{page_id}/edit"
    assert anna.post(f"/clients/{client}/notes").location == form.location
    assert page_id is not None
    rewrite_page(app, cast.anna, page_id, body="They **like** beer.")
    assert "<strong>like</strong>" in anna.get(f"/clients/{client}").text
    read = anna.get(f"/pages/{page_id}", follow_redirects=True).text
    assert f'href="/clients/{client}"' in read
    assert "Translate" not in read
    assert anna.get(f"/clients/{client}/notes").location == f"/pages/{page_id}"


def test_titles_of_notes_do_not_collide(
    app: Flask, cast: Cast, browser_of: Browser, database: Database
) -> None:
    write_page(app, cast.anna, "Romashka")
    client = made(database, cast.anna)
    browser_of(cast.anna).post(f"/clients/{client}/notes")
    with database.reading() as session:
        assert [p.title for p in session.scalars(select(Page).order_by(Page.id))] == [
            "Romashka", "Romashka (2)",
        ]  # fmt: skip


def test_notes_are_written_by_the_team_alone(
    app: Flask, cast: Cast, browser_of: Browser, database: Database
) -> None:
    client = made(database, cast.anna)
    browser_of(cast.anna).post(f"/clients/{client}/notes")
    page = only_client(database).page_id
    boris = browser_of(cast.boris)
    read = boris.get(f"/pages/{page}", follow_redirects=True)
    assert (read.status_code, f"/pages/{page}/edit" in read.text) == (200, False)
    assert boris.get(f"/pages/{page}/edit").status_code == 403
    typed = {"title": "Mine", "body": "x", "base_number": "1"}
    assert boris.post(f"/pages/{page}/edit", data=typed).status_code == 403
    assert boris.post(f"/pages/{page}/owner", data={"owner": ""}).status_code == 403
    assert browser_of(cast.vera).get(f"/pages/{page}/edit").status_code == 200


def test_an_old_page_becomes_the_notes_and_leaves_the_catalogue(
    app: Flask, cast: Cast, browser_of: Browser, database: Database
) -> None:
    with database.transaction() as session:
        shelf = make_category(session, "Old clients").id
    page = write_page(app, cast.boris, "Romashka", "Long known.", category_id=shelf, tags=("vip",))
    anna = browser_of(cast.anna)
    assert "Romashka" in anna.get("/products/old-clients").text
    form = anna.get(f"/clients/new?page={page}").text
    assert (f'value="/pages/{page}"' in form, 'value="vip"' in form) == (True, True)
    made_it = anna.post("/clients/new", data=card(cast, page=f"/pages/{page}"))
    client = only_client(database)
    assert (made_it.status_code, client.page_id) == (302, page)
    assert "Long known." in anna.get(f"/clients/{client.id}").text
    assert "Romashka" not in anna.get("/products/old-clients").text
    assert "Romashka" not in anna.get(f"/products?on={date(2026, 3, 2)}").text
    assert anna.get(f"/pages/{page}/history").status_code == 200
    again = anna.post("/clients/new", data=card(cast, name="Other", page=f"/pages/{page}"))
    assert (again.status_code, "notes of a client already" in again.text) == (409, True)


def test_who_looked_is_kept_and_read_by_directors(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    client = made(database, cast.anna)
    nina, anna, vera = (browser_of(p) for p in (cast.nina, cast.anna, cast.vera))
    nina.get(f"/clients/{client}")
    anna.get(f"/clients/{client}/history")
    anna.get(f"/api/clients/{client}")
    anna.post(f"/clients/{client}/notes")
    page = only_client(database).page_id
    nina.get(f"/pages/{page}", follow_redirects=True)
    log = vera.get(f"/clients/{client}/log").text
    for text in ("overview", "history of the dossier", "notes", "through the API", "Nina", "Anna"):
        assert text in log
    of_nina = vera.get(f"/clients/{client}/log?person={cast.nina.id}").text
    assert "history of the dossier" not in of_nina.partition("</form>")[2]
    assert "Nobody yet" in vera.get(f"/clients/{client}/log?show=exports").text
    for person in (nina, anna):
        assert person.get(f"/clients/{client}/log").status_code == 403
        assert person.get("/clients/log").status_code == 403


def test_the_holding_is_shown_above_and_below(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    top = made(database, cast.anna, "Top Holding")
    client = made(database, cast.anna, "Middle", parent=top)
    made(database, cast.anna, "Below One", parent=client)
    old = made(database, cast.anna, "Below Two", parent=client)
    with database.transaction() as session:
        archive_client(session, cast.anna, old, since(2026, 3, 2))
    page = browser_of(cast.nina).get(f"/clients/{client}").text
    for name in ("Top Holding", "Below One", "Below Two"):
        assert name in page


def seen_in(page: str) -> str:
    """The newest change that a form of the card was made from."""
    return page.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]


def test_whoever_saves_an_old_form_of_the_card_is_told_and_takes_nothing_back(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    anna, client = browser_of(cast.anna), made(database, cast.anna)
    seen = seen_in(anna.get(f"/clients/{client}/edit").text)
    theirs = card(cast, name="Theirs", country="")
    assert browser_of(cast.vera).post(f"/clients/{client}/edit", data=theirs).status_code == 302
    old = card(cast, country="", segment="Retail", seen=seen)
    answer = anna.post(f"/clients/{client}/edit", data=old)
    assert (answer.status_code, cast.vera.name in answer.text) == (409, True)
    assert only_client(database).name == "Theirs"
    again = {**old, "seen": seen_in(answer.text)}
    assert anna.post(f"/clients/{client}/edit", data=again).status_code == 302


def test_the_form_of_a_new_client_asks_for_its_page_once(cast: Cast, browser_of: Browser) -> None:
    assert browser_of(cast.anna).get("/clients/new").text.count('name="page"') == 1


def test_the_kept_notes_know_of_a_new_name_and_a_new_team(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    client, anna = made(database, cast.anna), browser_of(cast.anna)
    anna.post(f"/clients/{client}/notes")
    page = only_client(database).page_id
    address = anna.get(f"/pages/{page}").location

    def again(tag: str) -> Any:
        # What was flashed is shown once, and a page that shows it is not kept.
        anna.get("/clients")
        return anna.get(address, headers={"If-None-Match": tag} if tag else {})

    first = again("")
    assert again(first.headers["ETag"]).status_code == 304
    anna.post(f"/clients/{client}/edit", data=card(cast, name="Renamed Ltd", country=""))
    renamed = again(first.headers["ETag"])
    assert (renamed.status_code, "Renamed Ltd" in renamed.text) == (200, True)
    assert "Renamed Ltd" not in first.text
    anna.post(f"/clients/{client}/team", data={"team": str(cast.boris.team_id), **SAID})
    given = again(renamed.headers["ETag"])
    assert (given.status_code, f"/pages/{page}/edit" in given.text) == (200, False)


def test_what_is_taken_out_is_listed_for_the_whole_company(
    cast: Cast, browser_of: Browser, database: Database
) -> None:
    for name in ("Romashka", "Vasilek"):
        client = made(database, cast.anna, name)
        with database.transaction() as session:
            note_export(session, cast.boris, client, f"{name}.pdf")
    log = browser_of(cast.vera).get("/clients/log").text
    assert all(text in log for text in ("Romashka.pdf", "Vasilek.pdf", "Boris", "taken out"))
    assert "Nobody yet" in browser_of(cast.vera).get(f"/clients/log?person={cast.anna.id}").text


def test_a_long_log_goes_on_by_key(
    cast: Cast, browser_of: Browser, database: Database, clock: Any
) -> None:
    client = made(database, cast.anna)
    for number in range(60):
        clock.forward(seconds=1)
        with database.transaction() as session:
            note_export(session, cast.boris, client, f"file {number}.pdf")
    vera = browser_of(cast.vera)
    first = vera.get("/clients/log").text
    assert ("file 59.pdf" in first, "file 9.pdf" in first) == (True, False)
    address = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = vera.get(address).text
    assert ("file 59.pdf" in second, "file 9.pdf" in second) == (False, True)
