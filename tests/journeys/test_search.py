"""Finding by keyboard alone, in both languages and themes, on a telephone too."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrival
from tests.journeys.looking import barriers_on, too_wide
from tests.journeys.people import Person

pytestmark = pytest.mark.journey
TELEPHONE = {"width": 390, "height": 844}


def asks(person: Person, words: str) -> None:
    """Type into the box on top, by keyboard, and press Enter."""
    person.page.keyboard.press("/")
    person.page.keyboard.type(words)
    person.page.keyboard.press("Enter")
    person.page.wait_for_url(re.compile(r"/search\?"))


def opens_first_hit(person: Person) -> None:
    """Go to the first hit with Tab and open it with Enter."""
    first = person.page.locator(".result-title a").first
    expect(first).to_be_visible()
    for _step in range(60):
        if first.evaluate("one => one === document.activeElement"):
            break
        person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    person.page.wait_for_url(re.compile(r"/pages/\d+"))


def test_the_box_offers_titles_while_typing_and_the_arrow_keys_choose(arrives: Arrival) -> None:
    nina = arrives("nina", language="ru")
    nina.goes_to("/")
    nina.page.keyboard.press("/")
    nina.page.keyboard.type("пельм")
    offered = nina.page.locator("#suggestions a")
    expect(offered.first).to_contain_text(re.compile("пельмен", re.IGNORECASE))
    nina.page.keyboard.press("ArrowDown")
    expect(offered.first).to_be_focused()
    nina.page.keyboard.press("Enter")
    nina.sees_heading(re.compile("пельмен", re.IGNORECASE))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("language", "question", "word"),
    [("ru", "какие скидки бывают?", "скид"), ("en", "which discounts are there?", "discount")],
)
def test_a_question_finds_the_page_without_the_mouse_on_a_telephone(
    arrives: Arrival, language: str, question: str, word: str, theme: str
) -> None:
    nina = arrives("nina", language=language, viewport=TELEPHONE, color_scheme=theme)
    nina.goes_to("/")
    asks(nina, question)
    expect(nina.page.locator(".result mark").first).to_have_text(re.compile(word, re.IGNORECASE))
    assert barriers_on(nina.page) == []
    assert too_wide(nina.page) == []
    opens_first_hit(nina)
    nina.sees(re.compile(word, re.IGNORECASE))


def test_a_slip_is_corrected_and_the_literal_search_is_offered(arrives: Arrival) -> None:
    anna = arrives("anna", language="en")
    anna.goes_to("/")
    asks(anna, "gtkmvtyb")
    anna.sees("Showing results for «пельмени»")
    expect(anna.page.locator(".result").first).to_be_visible()
    anna.follows("Search for «gtkmvtyb» as typed")
    anna.sees("Nothing found for «gtkmvtyb»")


def test_facets_narrow_and_can_be_taken_away(arrives: Arrival) -> None:
    anna = arrives("anna", language="en")
    anna.goes_to("/search?q=пельмени")
    before = anna.page.locator(".search-count").inner_text()
    facets = anna.page.get_by_role("navigation", name="Narrow the results")
    facets.get_by_role("link", name=re.compile("^English")).click()
    anna.page.wait_for_url(re.compile("language=en"))
    assert anna.page.locator(".search-count").inner_text() != before
    anna.page.locator("a.chip").click()
    anna.page.wait_for_url(lambda address: "language=en" not in address)
    assert anna.page.locator(".search-count").inner_text() == before


def test_a_saved_page_is_found_at_once(arrives: Arrival) -> None:
    anna = arrives("anna", language="en")
    anna.makes_page("Quintessence of dumplings", "The word brachistochrone stands only here.")
    asks(anna, "brachistochrones")
    anna.follows("Quintessence of dumplings")
    anna.sees_heading("Quintessence of dumplings")
