"""The card for a sales talk and its form: what is shown, saved, merged, refused; who sees it."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from products.catalogue.selling.parts import PartKind
from products.catalogue.selling.sections import read_parts
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import desk_of, revision_of, rewrite_page, write_page
from tests.products.catalogue.test_catalogue_views import main_part
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.kept import KeptAnswers
from wiki.pages.facts import Field, Kind
from wiki.pages.models import Page
from wiki.pages.restoring import set_archived
from wiki.pages.shelving import Plan, add_category

Browser = Callable[[Actor | None], FlaskClient]
PRICE = Field("price", "Цена", "Price", Kind.MONEY)
BODY = """Good pelmeni.

## Features and benefits

| Feature | Advantage | Benefit for the client | Proof |
|---|---|---|---|
| 88 % meat | no soya | guests **come back** | the label |

## Objections and answers

- **Too dear.** See [[Canteen pelmeni]] and [[Hidden]].

## Competitors

| | We | Mama Lepila |
|---|---|---|
| Price | | 520 RUB |
| Bag | 5 kg | none |

## Replacements

- [[Canteen pelmeni]]: half the price
- [[Nobody wrote it]]
"""


@pytest.fixture
def page_id(app: Flask, clock: SetClock, database: Database, cast: Cast) -> int:
    """A product with a price, one to replace it, and one that only the director sees."""
    with database.transaction() as session:
        shelf = add_category(session, cast.vera, Plan("Товары", "Goods", fields=(PRICE,))).id
    cheap = {"price": {"amount": "200.00", "currency": "RUB"}}
    write_page(app, cast.anna, "Canteen pelmeni", facts=cheap, category_id=shelf)
    price = {"price": {"amount": "435.00", "currency": "RUB"}}
    return write_page(app, cast.anna, "Home pelmeni", BODY, facts=price, category_id=shelf)


def body_of(database: Database, page_id: int) -> tuple[int, str]:
    with database.reading() as session:
        number = session.get_one(Page, page_id).current_number
        return number, revision_of(session, page_id, number).body


def form_of(client: FlaskClient, page_id: int) -> dict[str, str]:
    """The form as a browser would send it, were nothing typed."""
    text = client.get(f"/pages/{page_id}/selling/edit").text
    return fields_in(text.split("data-draft-key")[1].split("</form>")[0])


def fields_in(text: str) -> dict[str, str]:
    inputs = re.findall(r'<input[^>]*? name="([^"]+)" value="([^"]*)"', text)
    areas = re.findall(r'<textarea[^>]*? name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', text)
    return {name: value for name, value in (*inputs, *areas) if name != "csrf_token"}


def test_the_card_answers_why_what_if_who_else_and_what_instead(
    browser_of: Browser, cast: Cast, page_id: int
) -> None:
    answer = browser_of(cast.nina).get(f"/pages/{page_id}/selling").text
    shown = main_part(answer)
    for words in ("guests come back", "88 % meat", "no soya", "Proof: the label", "Too dear."):
        assert words in shown
    assert "<strong>come back</strong>" in answer
    assert "Canteen pelmeni RUB 200.00 half the price" in shown.replace("\u00a0", " ")
    assert "Nobody wrote it no page yet" in shown
    assert "Not written yet: For whom, What it cannot do, Offer with it." in shown


def test_our_own_cell_is_filled_from_the_fact_of_that_name(
    app: Flask, browser_of: Browser, cast: Cast, page_id: int
) -> None:
    def row(name: str = "Price") -> str:
        answer = browser_of(cast.nina).get(f"/pages/{page_id}/selling").text
        found = re.search(rf'<tr><th scope="row">{name}</th>(.*?)</tr>', answer, re.DOTALL)
        assert found
        return main_part(f'<main id="main"{found.group(1)}</main>').replace("\u00a0", " ")

    assert row() == "RUB 435.00 520 RUB"
    rewrite_page(
        app, cast.anna, page_id, body=BODY.replace("| Price | |", "| Price | RUB 435.00 |")
    )
    assert row() == "RUB 435.00 520 RUB"
    rewrite_page(app, cast.anna, page_id, body=BODY.replace("| Price | |", "| Price | 400 RUB |"))
    assert row() == "400 RUB fact: RUB 435.00 520 RUB"
    russian = BODY.replace("| Price | |", "| Цена | |")
    rewrite_page(app, cast.anna, page_id, body=russian)
    assert row("Цена") == "RUB 435.00 520 RUB"


def test_a_page_that_one_may_not_see_has_no_card_and_is_no_link_in_one(
    app: Flask, browser_of: Browser, cast: Cast, page_id: int
) -> None:
    hidden = write_page(app, cast.vera, "Hidden", BODY, audience="directors")
    rewrite_page(app, cast.vera, page_id, body=BODY + "\nMore.\n")
    anna, vera = browser_of(cast.anna), browser_of(cast.vera)
    for address in ("selling", "selling/edit"):
        assert anna.get(f"/pages/{hidden}/{address}").status_code == 404
        assert anna.get(f"/pages/99999/{address}").status_code == 404
    assert anna.post(f"/pages/{hidden}/selling/edit", data={}).status_code == 404
    assert anna.post(f"/pages/{hidden}/selling/headings").status_code == 404
    assert anna.get(f"/api/pages/{hidden}/selling").status_code == 404
    assert vera.get(f"/pages/{hidden}/selling").status_code == 200
    for person in (anna, vera):
        assert f"/pages/{hidden}" not in person.get(f"/pages/{page_id}/selling").text
    assert f"/pages/{page_id}" in vera.get(f"/pages/{page_id}/selling").text


def test_a_note_of_a_client_has_no_card(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    with database.transaction() as session:
        session.get_one(Page, page_id).room = "client"
    assert browser_of(cast.anna).get(f"/pages/{page_id}/selling").status_code == 404
    assert browser_of(cast.anna).post(f"/pages/{page_id}/selling/headings").status_code == 404


def test_a_newcomer_reads_the_card_and_cannot_change_it(
    browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    nina = browser_of(cast.nina)
    assert "/selling/edit" not in nina.get(f"/pages/{page_id}/selling").text
    assert nina.get(f"/pages/{page_id}/selling/edit").status_code == 403
    assert nina.post(f"/pages/{page_id}/selling/edit", data={}).status_code == 403
    assert body_of(database, page_id) == (1, BODY)


def test_a_form_that_nobody_touched_changes_nothing(
    browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    anna = browser_of(cast.anna)
    answer = anna.post(f"/pages/{page_id}/selling/edit", data=form_of(anna, page_id))
    assert answer.location == f"/pages/{page_id}/selling"
    assert body_of(database, page_id) == (1, BODY)


def test_what_is_typed_into_the_form_is_a_new_version_of_the_text(
    browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    anna = browser_of(cast.anna)
    form = form_of(anna, page_id)
    form |= {
        "objections-1-objection": "It sticks.",
        "objections-1-answer": "We take it back.",
        "limits-0-text": "No microwave | never.",
        "competitors-0-cell-1": "600 RUB",
        "name-1": "Siberian Bag",
        "reason": "Asked by a client",
    }
    answer = anna.post(f"/pages/{page_id}/selling/edit", data=form)
    assert answer.status_code == 302
    number, body = body_of(database, page_id)
    assert number == 2
    assert "- **Too dear.** See [[Canteen pelmeni]] and [[Hidden]].\n- **It sticks.** We" in body
    assert "## Limits\n\n- No microwave | never.\n\n## Replacements" in body
    assert "| Price |  | 520 RUB | 600 RUB |".replace("|  |", "| |") in body
    history = anna.get(f"/pages/{page_id}/history").text
    assert "Asked by a client" in history


def test_a_change_of_others_is_merged_and_the_same_words_are_asked_about(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    anna = browser_of(cast.anna)
    form = form_of(anna, page_id)
    rewrite_page(app, cast.boris, page_id, body=BODY.replace("Good pelmeni.", "Best pelmeni."))
    form["limits-0-text"] = "No microwave."
    assert anna.post(f"/pages/{page_id}/selling/edit", data=form).status_code == 302
    _number, body = body_of(database, page_id)
    assert "Best pelmeni." in body
    assert "No microwave." in body
    form = form_of(anna, page_id)
    rewrite_page(app, cast.boris, page_id, body=body.replace("the label", "the scale"))
    form["benefits-0-proof"] = "the tasting"
    answer = anna.post(f"/pages/{page_id}/selling/edit", data=form)
    assert answer.status_code == 409
    assert "the tasting" in answer.text
    assert "the scale" in answer.text


def test_the_same_form_sent_twice_is_saved_once(
    browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    anna = browser_of(cast.anna)
    form = form_of(anna, page_id) | {"limits-0-text": "No.1", "save_key": str(uuid4())}
    for _time in range(2):
        anna.post(f"/pages/{page_id}/selling/edit", data=form)
    assert body_of(database, page_id)[0] == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"objections-1-answer": "An answer"}, "An answer stands without its objection"),
        ({"competitors-0-cell-1": "600 RUB"}, "A competitor has no name"),
        ({"competitors-2-ours": "5 kg"}, "does not say what is compared"),
        ({"limits-0-text": "x" * 5000}, "One field has more than 4000 characters"),
        ({"related-0-title": "x" * 300}, "The title of a page has at most 250"),
        ({"base_number": "77"}, "The form says that it began from version 77"),
        ({"reason": "x" * 400}, "at most 300 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_in_the_form(
    browser_of: Browser, cast: Cast, database: Database, page_id: int,
    typed: dict[str, str], sentence: str,
) -> None:  # fmt: skip
    anna = browser_of(cast.anna)
    form = form_of(anna, page_id) | {"limits-1-text": "My own words"} | typed
    answer = anna.post(f"/pages/{page_id}/selling/edit", data=form)
    assert answer.status_code == 422
    assert sentence in main_part(answer.text) or sentence in answer.text
    again = fields_in(answer.text)
    assert "My own words" in again.values()
    assert set(typed.values()) <= set(again.values())
    assert body_of(database, page_id) == (1, BODY)


def test_more_rows_are_shown_with_all_that_was_typed_and_nothing_is_saved(
    browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    anna = browser_of(cast.anna)
    form = form_of(anna, page_id)
    assert "limits-2-text" not in form
    form |= {"limits-0-text": "No microwave.", "more": "limits"}
    again = fields_in(anna.post(f"/pages/{page_id}/selling/edit", data=form).text)
    assert again["limits-0-text"] == "No microwave."
    assert again["base_number"] == "1"
    assert "limits-7-text" in again
    assert body_of(database, page_id)[0] == 1


def test_a_part_that_was_not_in_the_form_stays(
    browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    form = {"base_number": "1", "has-limits": "yes", "limits-0-text": "No microwave."}
    browser_of(cast.anna).post(f"/pages/{page_id}/selling/edit", data=form)
    parts = read_parts(body_of(database, page_id)[1])
    assert parts[PartKind.LIMITS].rows == (("No microwave.",),)
    assert parts[PartKind.OBJECTIONS] == read_parts(BODY)[PartKind.OBJECTIONS]


def test_a_part_with_very_many_rows_is_changed_in_the_text_only(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    many = "## Limits\n\n" + "\n".join(f"- Limit {n}" for n in range(100)) + "\n"
    rewrite_page(app, cast.anna, page_id, body=many)
    anna = browser_of(cast.anna)
    form = form_of(anna, page_id)
    assert "has-limits" not in form
    assert "has-objections" in form
    anna.post(f"/pages/{page_id}/selling/edit", data=form | {"objections-0-objection": "Dear"})
    assert "- Limit 99" in body_of(database, page_id)[1]


def test_the_missing_headings_are_added_at_one_click(
    browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    answer = browser_of(cast.anna).post(f"/pages/{page_id}/selling/headings")
    assert answer.location == f"/pages/{page_id}/edit"
    _number, body = body_of(database, page_id)
    assert body.count("## ") == len(PartKind)
    assert body.startswith("Good pelmeni.")


def test_hostile_words_are_shown_as_words(
    app: Flask, browser_of: Browser, cast: Cast, page_id: int
) -> None:
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) **<img src=x onerror=alert(1)>**"
    body = BODY.replace("Too dear.", evil).replace("no soya", evil).replace("Mama Lepila", evil)
    body += f"\n## Limits\n\n- {evil}\n\n{evil}\n\n## Who to offer it to\n\n{evil}\n"
    rewrite_page(app, cast.anna, page_id, body=body)
    for address in ("selling", "selling/edit"):
        answer = browser_of(cast.anna).get(f"/pages/{page_id}/{address}").text
        assert "alert(1)" in answer
        assert "<script>alert" not in answer
        assert "<img src=x" not in answer
        assert 'href="javascript' not in answer


def test_a_page_without_any_part_says_what_would_help(
    app: Flask, browser_of: Browser, cast: Cast, page_id: int
) -> None:
    bare = write_page(app, cast.anna, "Bare", "Text.")
    shown = main_part(browser_of(cast.anna).get(f"/pages/{bare}/selling").text)
    assert "Nothing is written for a sales talk yet" in shown
    set_archived(desk_of(app), cast.vera, bare, True)
    assert "This page is archived" in browser_of(cast.anna).get(f"/pages/{bare}/selling").text


def test_the_page_leads_to_its_card_and_a_copy_that_is_kept_stays_right(
    app: Flask, browser_of: Browser, cast: Cast, page_id: int
) -> None:
    nina, anna = browser_of(cast.nina), browser_of(cast.anna)
    answer = nina.get(f"/pages/{page_id}", follow_redirects=True)
    assert f'href="/pages/{page_id}/selling"' in answer.text
    assert "not written yet" not in main_part(answer.text)
    asked = anna.get(f"/pages/{page_id}", follow_redirects=True).text
    assert "3 parts are not written yet" in main_part(asked)
    path = answer.request.path
    again = nina.get(path, headers={"If-None-Match": nina.get(path).headers["ETag"]})
    assert again.status_code == 304
    bare = write_page(app, cast.anna, "Bare", "Text.")
    for person in (nina, anna):
        assert "/selling" not in person.get(f"/pages/{bare}", follow_redirects=True).text


def test_whoever_writes_is_asked_for_the_parts_where_the_category_wants_them(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    plan = Plan("Котлы", "Boilers", template_en="## Limits\n")
    with database.transaction() as session:
        shelf = add_category(session, cast.vera, plan).id
    bare = write_page(app, cast.anna, "Bare", "Text.", category_id=shelf)
    asked = browser_of(cast.anna).get(f"/pages/{bare}", follow_redirects=True).text
    assert f'href="/pages/{bare}/selling/edit"' in asked
    assert "/selling" not in browser_of(cast.nina).get(f"/pages/{bare}", follow_redirects=True).text


def test_the_card_costs_as_many_statements_for_many_rows_as_for_few(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    app.extensions["kept_pages"] = KeptAnswers(0)
    anna = browser_of(cast.anna)

    def taken() -> list[int]:
        counts = []
        for address in ("selling", "selling/edit"):
            anna.get(f"/pages/{page_id}/{address}")
            with counting(database) as sent:
                anna.get(f"/pages/{page_id}/{address}")
            counts.append(len(sent))
        return counts

    few = taken()
    titles = [f"Product {n}" for n in range(30)]
    for title in titles:
        write_page(app, cast.anna, title)
    links = "".join(f"- [[{title}]]\n" for title in titles)
    rewrite_page(app, cast.anna, page_id, body=BODY + links)
    assert taken() == few
    assert max(few) <= 8


def test_programs_read_and_write_the_parts(
    app: Flask, browser_of: Browser, cast: Cast, database: Database, page_id: int
) -> None:
    anna = browser_of(cast.anna)
    said = anna.get(f"/api/pages/{page_id}/selling").get_json()
    assert said["missing"] == ["audience", "limits", "related"]
    assert said["parts"]["competitors"]["names"] == ["Mama Lepila"]
    assert said["parts"]["competitors"]["rows"][1] == {
        "criterion": "Bag", "ours": "5 kg", "theirs": ["none"],
    }  # fmt: skip
    asked = {"base_revision": 1, "parts": {"limits": {"rows": [{"text": "No microwave."}]}}}
    written = anna.put(f"/api/pages/{page_id}/selling", json=asked).get_json()
    assert written["revision"] == 2
    assert written["parts"]["limits"]["rows"] == [{"text": "No microwave."}]
    assert "Good pelmeni." in body_of(database, page_id)[1]
    table = {"names": ["A"], "rows": [{"criterion": "Bag", "ours": "1", "theirs": ["2"]}]}
    asked = {"base_revision": 2, "parts": {"competitors": table}}
    assert anna.put(f"/api/pages/{page_id}/selling", json=asked).status_code == 200
    assert "| | We | A |\n|---|---|---|\n| Bag | 1 | 2 |\n" in body_of(database, page_id)[1]


@pytest.mark.parametrize(
    "part",
    [
        {"limits": {"rows": [{"wrong": "x"}]}},
        {"limits": {"rows": [{"text": ["x"]}]}},
        {"competitors": {"names": [], "rows": [{"criterion": "x", "theirs": ["y"]}]}},
        {"nothing": {"rows": []}},
        {"limits": {"rows": [{"text": "x"}] * 61}},
    ],
)
def test_a_program_that_sends_odd_rows_is_told(
    browser_of: Browser, cast: Cast, database: Database, page_id: int, part: object
) -> None:
    asked = {"base_revision": 1, "parts": part}
    answer = browser_of(cast.anna).put(f"/api/pages/{page_id}/selling", json=asked)
    assert answer.status_code == 422
    assert body_of(database, page_id) == (1, BODY)


def test_a_program_is_told_when_others_changed_the_same_words(
    app: Flask, browser_of: Browser, cast: Cast, page_id: int
) -> None:
    rewrite_page(app, cast.boris, page_id, body=BODY.replace("Too dear.", "Too dear for me."))
    rows = [{"objection": "Too dear for us.", "answer": "No."}]
    asked = {"base_revision": 1, "parts": {"objections": {"rows": rows}}}
    answer = browser_of(cast.anna).put(f"/api/pages/{page_id}/selling", json=asked)
    assert answer.status_code == 409
    assert "Somebody else changed the same words" in answer.get_json()["error"]
