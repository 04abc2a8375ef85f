"""Anna and Boris write in the same page at the same time."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrival
from tests.journeys.looking import barriers_on
from tests.journeys.people import Person

pytestmark = pytest.mark.journey
TEXT = "The first paragraph is about dough.\n\nThe second paragraph is about meat.\n\nThe end."


def opens_the_form(person: Person, page: str) -> None:
    """Until the server knows that they are at it."""
    with person.page.expect_response(re.compile("/editing")):
        person.goes_to(f"{page}/edit")


def test_changes_in_different_places_are_put_together_and_it_is_said(arrives: Arrival) -> None:
    anna, boris = arrives("anna"), arrives("boris")
    page = anna.makes_page("Two cooks, apart", TEXT)
    opens_the_form(boris, page)
    opens_the_form(anna, page)
    anna.sees_in(".presence", "Борис Ветров is editing this page too.")
    anna.pictures("two-presence")
    boris.replaces("about dough", "about thin dough")
    anna.replaces("about meat", "about much meat")
    boris.saves()
    boris.sees_saved(2)
    anna.saves()
    anna.sees_saved(3)
    anna.sees_in(".flashes", "1 change that somebody else saved meanwhile is in it too.")
    anna.pictures("two-merged")
    text = anna.source_of(page)
    assert "about thin dough" in text
    assert "about much meat" in text


def test_changes_of_the_same_words_are_shown_both_and_a_person_decides(arrives: Arrival) -> None:
    anna, boris = arrives("anna"), arrives("boris")
    anna.may_hear = "409"
    page = anna.makes_page("Two cooks, at one pot", TEXT)
    opens_the_form(boris, page)
    opens_the_form(anna, page)
    boris.replaces("about dough", "about rye dough")
    anna.replaces("about dough", "about wheat dough")
    boris.saves()
    boris.sees_saved(2)
    anna.saves()
    conflict = anna.page.locator("fieldset.conflict")
    expect(conflict).to_have_count(1)
    expect(conflict).to_contain_text("wheat dough")
    expect(conflict).to_contain_text("rye dough")
    assert "wheat" not in anna.source_of(page)
    anna.pictures("two-conflict", full_page=True)
    assert barriers_on(anna.page) == []
    conflict.get_by_role("radio", name=re.compile("My own words")).check()
    conflict.get_by_role("textbox").fill("The first paragraph is about rye and wheat dough.")
    anna.presses("Save what I chose")
    anna.sees_saved(3)
    text = anna.source_of(page)
    assert "about rye and wheat dough" in text
    assert "about meat" in text
