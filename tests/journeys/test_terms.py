"""Terms are explained where they stand, by the keyboard; without scripts in a list."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrival

pytestmark = pytest.mark.journey
PAGE = "/pages/by-title/Цены и скидки"
FIRST = ".term >> nth=0"


def test_a_newcomer_reads_what_a_term_means_without_leaving_the_sentence(arrives: Arrival) -> None:
    nina = arrives("nina")
    nina.goes_to(PAGE)
    term, note = nina.page.locator(FIRST), nina.page.locator(".term-note")
    expect(note).to_have_count(0)
    term.focus()
    expect(note).to_be_visible()
    said = term.get_attribute("aria-describedby")
    told = nina.page.locator(f"#{said}").text_content() or ""
    assert told
    assert told in (note.text_content() or "")
    nina.page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    nina.page.keyboard.press("Enter")
    expect(term).to_have_attribute("aria-expanded", "true")
    nina.page.mouse.click(2, 400)
    expect(note).to_have_count(0)


def test_without_scripts_the_terms_stand_under_the_text(arrives: Arrival) -> None:
    nina = arrives("nina", java_script_enabled=False)
    nina.goes_to(PAGE)
    expect(nina.page.locator(".term")).to_have_count(0)
    nina.page.locator("details.terms summary").click()
    expect(nina.page.locator("details.terms dd").first).to_be_visible()
