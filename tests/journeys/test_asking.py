"""What readers ask comes to whoever answers for it, and the answer comes back to them."""

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrival
from tests.journeys.lessons import makes_category, makes_product
from tests.journeys.people import House, Person

pytestmark = pytest.mark.journey

SENTENCE = "A box holds twelve bars and is never opened for a sample."
NOWHERE = "qwrtpsdfk"


def marks_unclear(boris: Person, page: str, question: str) -> None:
    """Select a sentence, press u, ask."""
    boris.goes_to(page)
    boris.page.get_by_text(SENTENCE).click(click_count=3)
    boris.page.keyboard.press("u")
    field = boris.page.get_by_label("Your question")
    expect(field).to_be_focused()
    boris.sees_in("dialog[open]", SENTENCE)
    boris.page.keyboard.type(question)
    boris.page.keyboard.press("Control+Enter")
    expect(boris.page.locator("mark.unclear-mark")).to_contain_text(SENTENCE)


def mends(anna: Person, page: str, question: str) -> None:
    """From the list to the page, and back with the word that it is mended."""
    anna.goes_to("/unclear")
    asked = anna.page.locator(".unclear-item").filter(has_text=question)
    expect(asked).to_contain_text(SENTENCE)
    asked.get_by_role("link", name="Edit the page").click()
    anna.page.wait_for_url(re.compile("/edit$"))
    anna.replaces("is never opened", "must never be opened")
    anna.saves()
    anna.sees_saved(2)
    expect(anna.page.locator("mark.unclear-mark")).to_contain_text("must never be opened")
    anna.presses("I have mended the page")
    expect(anna.page.locator("mark.unclear-mark")).to_have_count(0)


def hears(person: Person, title: str, words: str) -> None:
    """The newest notice of a page says so."""
    person.goes_to("/notices")
    person.pictures("asking-notices", full_page=True)
    lines = person.page.locator("main li").filter(has_text=title)
    expect(lines.filter(has_text=re.compile(words)).first).to_be_visible()


def test_an_unclear_sentence_is_mended_and_the_asker_is_told(arrives: Arrival) -> None:
    anna, boris, vera = arrives("anna"), arrives("boris"), arrives("vera")
    # Chromium dresses what is typed over a selected heading, which our policy forbids it.
    anna.may_hear = "inline style"
    title = "Boris asks: the halva"
    page = makes_product(anna, makes_category(vera, "Boris asks"), title)
    marks_unclear(boris, page, "Not even for a big client?")
    boris.pictures("asking-marked", full_page=True)
    mends(anna, page, "Not even for a big client?")
    hears(boris, title, "mended")


def test_a_search_that_found_nothing_is_answered_with_a_page(arrives: Arrival) -> None:
    anna, boris, vera = arrives("anna"), arrives("boris"), arrives("vera")
    slug = makes_category(vera, "Boris searches")
    makes_product(anna, slug, "Boris searches: the halva")
    boris.goes_to(f"/search?q={NOWHERE}")
    boris.chooses("Category", "Halva, Boris searches")
    boris.pictures("asking-nothing-found", full_page=True)
    boris.presses("Ask the owner")
    boris.sees_in("main", NOWHERE)
    boris.sees_in("main", "asked: Анна Кузнецова")

    anna.goes_to("/gaps")
    gap = anna.page.locator(".unclear-item").filter(has_text=NOWHERE)
    gap.get_by_role("link", name="Write this page").click()
    expect(anna.field("Title")).to_have_value(NOWHERE)
    anna.fills("Title", "Boris searches: the answer")
    anna.fills("Price per box", "90")
    anna.fills("Days good", "30")
    anna.writes("It is a sort of lid.")
    anna.saves()
    anna.sees_saved(1)
    anna.goes_to("/gaps")
    gap.locator("summary").click()
    gap.get_by_label("Title or address of the page that answers").fill("Boris searches: the answer")
    gap.get_by_role("button", name="Send the answer").click()
    expect(gap).to_contain_text("has an answer")
    hears(boris, "Boris searches: the answer", "answer")


def grows_old(home: Path | None, page: str) -> None:
    """The time of a page's facts is over."""
    assert home
    with sqlite3.connect(home / "wiki.sqlite3", timeout=20) as database:
        old = "UPDATE fact_cares SET verified_until = '2026-01-31' WHERE page_id = ?"
        database.execute(old, (int(page.rsplit("/", 1)[1]),))
    database.close()


def test_a_stale_fact_is_verified_with_one_click(demonstration: House, arrives: Arrival) -> None:
    anna, vera = arrives("anna"), arrives("vera")
    title = "Anna verifies: the halva"
    page = makes_product(anna, makes_category(vera, "Anna verifies"), title)
    grows_old(demonstration.home, page)
    anna.goes_to(page)
    stale = anna.page.locator("table.facts tr").filter(has_text="Price per box")
    expect(stale).to_contain_text("31 January 2026")
    anna.pictures("asking-stale", full_page=True)
    anna.goes_to("/care")
    queue = anna.page.locator(".care-page").filter(has_text=title)
    price = queue.locator(".care-fact").filter(has_text="Price per box")
    price.get_by_role("button", name="Still right").click()
    expect(price).to_have_count(0)
    anna.goes_to(page)
    expect(stale).not_to_contain_text("31 January 2026")
    anna.sees_in("table.facts", "31 January 2026")
