"""A client's chart before people: by keyboard, by mouse, by two at once, and without scripts."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Arrival
from tests.journeys.looking import barriers_on, too_wide
from tests.journeys.people import DESK, TELEPHONE, Person

pytestmark = pytest.mark.journey


def new_client(person: Person, name: str) -> str:
    """A client of the person's team; the address of its chart, which is opened."""
    person.goes_to("/clients/new")
    person.fills("Client name", name)
    person.presses("Make the client")
    person.page.wait_for_url(re.compile(r"/clients/\d+$"))
    address = person.page.url.removeprefix(person.address) + "/chart"
    person.goes_to(address)
    return address


def box(person: Person, words: str) -> Locator:
    """The box whose announcement begins with these words."""
    return person.page.get_by_role("treeitem", name=re.compile("^" + re.escape(words)))


def said(person: Person, sentence: str) -> None:
    expect(person.page.locator(".chart-said")).to_contain_text(sentence)


def types_position(person: Person, title: str, name: str) -> None:
    """Fill in the form of a new position, which is open, and send it by Enter."""
    expect(person.page.get_by_label("Title")).to_be_focused()
    person.page.keyboard.type(title)
    person.page.keyboard.press("Tab")
    person.page.keyboard.type(name)
    person.page.keyboard.press("Enter")
    expect(box(person, name)).to_be_focused()


def small_chart(person: Person, name: str) -> str:
    """Olga at the top; Ivan and Petr below; Vlad below Ivan."""
    address = new_client(person, name)
    person.page.get_by_role("button", name="First position").click()
    types_position(person, "Director", "Olga Lee")
    for manager, title, report in (
        ("Olga Lee", "Buyer", "Ivan Ray"),
        ("Olga Lee", "Engineer", "Petr Fox"),
        ("Ivan Ray", "Clerk", "Vlad Orr"),
    ):
        box(person, manager).focus()
        person.page.keyboard.press("n")
        types_position(person, title, report)
    return address


def level(person: Person, words: str, number: int) -> None:
    """How deep the box stands."""
    expect(box(person, words)).to_have_attribute("aria-level", str(number))


def test_a_chart_grows_and_changes_by_the_keyboard_alone(arrives: Arrival) -> None:
    anna = arrives("anna")
    keys = anna.page.keyboard
    small_chart(anna, "Keyboard and sons")
    level(anna, "Vlad Orr", 3)
    keys.press("ArrowUp")
    expect(box(anna, "Ivan Ray")).to_be_focused()
    keys.press("ArrowRight")
    expect(box(anna, "Petr Fox")).to_be_focused()
    keys.press("m")
    said(anna, "Petr Fox is to be moved")
    keys.type("vlad")
    said(anna, "Petr Fox would report to Vlad Orr")
    keys.press("Enter")
    said(anna, "Saved.")
    level(anna, "Petr Fox", 4)
    keys.press("Control+z")
    said(anna, "Taken back.")
    level(anna, "Petr Fox", 2)
    keys.press("Control+y")
    said(anna, "Done again.")
    level(anna, "Petr Fox", 4)
    box(anna, "Ivan Ray").focus()
    keys.press("m")
    keys.press("ArrowDown")
    said(anna, "cannot report to its own report")
    keys.press("Escape")
    said(anna, "Given up")
    keys.press("Delete")
    anna.sees("what becomes of its reports?")
    keys.press("Enter")
    expect(box(anna, "Ivan Ray")).to_have_count(0)
    level(anna, "Vlad Orr", 2)


def test_enter_opens_a_box_and_one_question_after_the_other_is_answered(arrives: Arrival) -> None:
    anna = arrives("anna")
    small_chart(anna, "Questions and sons")
    panel = anna.page.locator(".chart-panel")
    box(anna, "Petr Fox").focus()
    anna.page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    anna.sees_in(".chart-asked", "What is Petr Fox in a decision?")
    panel.get_by_role("button", name="approver", exact=True).click()
    anna.sees_in(".chart-asked", "How does Petr Fox stand to us?")
    panel.get_by_role("button", name="supporter", exact=True).click()
    expect(box(anna, "Petr Fox, Engineer, supporter, approver")).to_be_visible()
    anna.page.reload()
    expect(box(anna, "Petr Fox, Engineer, supporter, approver")).to_be_visible()


def centre(person: Person, words: str) -> tuple[float, float]:
    place = box(person, words).bounding_box()
    assert place
    return place["x"] + place["width"] / 2, place["y"] + place["height"] / 2


def test_a_box_is_dragged_onto_its_new_manager(arrives: Arrival) -> None:
    anna = arrives("anna")
    mouse = anna.page.mouse
    small_chart(anna, "Mouse and sons")
    anna.presses("Close")

    def drag(words: str, onto: str) -> None:
        mouse.move(*centre(anna, words))
        mouse.down()
        mouse.move(*centre(anna, onto), steps=8)

    drag("Vlad Orr", onto="Petr Fox")
    expect(anna.page.locator(".is-target")).to_have_attribute("aria-label", re.compile("^Petr"))
    anna.page.keyboard.press("Escape")
    mouse.up()
    said(anna, "Given up")
    drag("Vlad Orr", onto="Petr Fox")
    mouse.up()
    said(anna, "Saved.")
    expect(box(anna, "Petr Fox")).to_have_attribute("aria-expanded", "true")
    drag("Petr Fox", onto="Vlad Orr")
    expect(anna.page.locator(".is-target")).to_have_count(0)
    mouse.up()
    said(anna, "Nothing was moved")
    anna.presses("Undo")
    said(anna, "Taken back.")
    expect(box(anna, "Ivan Ray")).to_have_attribute("aria-expanded", "true")


def test_folds_layers_and_search(arrives: Arrival) -> None:
    anna = arrives("anna")
    small_chart(anna, "Folds and sons")
    box(anna, "Ivan Ray").focus()
    anna.page.keyboard.press(" ")
    expect(box(anna, "Vlad Orr")).to_have_count(0)
    expect(box(anna, "Ivan Ray, Buyer, 1 position hidden below")).to_be_focused()
    anna.page.reload()
    expect(box(anna, "Ivan Ray, Buyer, 1 position hidden below")).to_be_visible()
    anna.page.keyboard.press("f")
    anna.page.keyboard.type("clerk")
    anna.sees("1 box fits")
    anna.page.keyboard.press("Enter")
    expect(box(anna, "Vlad Orr")).to_be_visible()


def test_two_people_at_one_chart_see_what_the_other_did(arrives: Arrival) -> None:
    anna, vera = arrives("anna"), arrives("vera")
    anna.may_hear = vera.may_hear = "409"
    address = small_chart(anna, "Two and sons")
    vera.goes_to(address)
    for person in (anna, vera):
        box(person, "Petr Fox").click()
        person.page.get_by_role("button", name="Change: Title").click()
        person.page.keyboard.press("Control+a")
    vera.page.keyboard.type("Chief engineer")
    vera.page.keyboard.press("Enter")
    said(vera, "Saved.")
    anna.page.keyboard.type("First engineer")
    said(anna, "Вера Соколова: position Engineer is now Chief engineer.")
    expect(anna.page.get_by_label("Title", exact=True)).to_have_value("First engineer")
    anna.page.keyboard.press("Enter")
    said(anna, "Вера Соколова has changed this meanwhile.")
    expect(anna.page.get_by_label("Title", exact=True)).to_have_value("First engineer")
    expect(box(anna, "Petr Fox, Chief engineer")).to_be_visible()
    anna.page.keyboard.press("Enter")
    expect(box(anna, "Petr Fox, First engineer")).to_be_visible()


def test_a_change_on_a_past_day_is_asked_about(arrives: Arrival) -> None:
    anna = arrives("anna")
    small_chart(anna, "Past and sons")
    anna.fills("As it was on", "2030-01-01")
    anna.sees("The chart as it was on January 1, 2030.")
    box(anna, "Petr Fox").focus()
    anna.page.keyboard.press("Delete")
    anna.sees("Remove the position of Petr Fox?")
    anna.page.keyboard.press("Enter")
    anna.sees("From which day is your change true?")
    anna.page.keyboard.press("Enter")
    expect(box(anna, "Petr Fox")).to_have_count(0)
    anna.presses("Back to today")
    expect(box(anna, "Petr Fox")).to_be_visible()
    anna.page.get_by_text("Compare two days").click()
    anna.page.locator("[name=to]").fill("2030-01-01")
    anna.page.locator("[name=from]").fill(anna.page.locator("[name=on]").input_value())
    anna.presses("Compare")
    expect(box(anna, "Petr Fox, Engineer, gone")).to_be_visible()
    anna.sees_in(".chart-change", "gone")


def test_without_scripts_the_chart_is_a_list(arrives: Arrival) -> None:
    address = small_chart(arrives("anna"), "List and sons")
    reader = arrives("boris", java_script_enabled=False)
    reader.goes_to(address)
    expect(reader.page.locator(".chart-list li")).to_have_count(4)
    expect(reader.page.locator(".chart-list li li li")).to_contain_text("Clerk")
    reader.fills("As it was on", "2020-01-01")
    reader.presses("Show")
    expect(reader.page.locator(".chart-list")).to_have_count(0)


@pytest.mark.parametrize(
    ("way", "language", "wishes"),
    [
        ("desk-light-ru", "ru", {"viewport": DESK, "color_scheme": "light"}),
        ("telephone-dark-en", "en", {"viewport": TELEPHONE, "color_scheme": "dark"}),
    ],
)
def test_the_chart_fits_and_has_no_serious_barrier(
    arrives: Arrival, way: str, language: str, wishes: dict[str, object]
) -> None:
    address = small_chart(arrives("anna"), f"Looks of {way}")
    anna = arrives("anna", language=language, **wishes)
    anna.goes_to(address)
    box(anna, "Ivan Ray").click()
    expect(anna.page.locator(".chart-panel")).to_be_visible()
    anna.pictures(f"chart-{way}")
    assert [*barriers_on(anna.page), *too_wide(anna.page)] == []


def test_a_change_in_a_list_leads_to_its_box(arrives: Arrival) -> None:
    anna = arrives("anna")
    address = small_chart(anna, "Links and sons")
    number = box(anna, "Vlad Orr").get_attribute("data-id")
    box(anna, "Ivan Ray").focus()
    anna.page.keyboard.press(" ")
    expect(box(anna, "Vlad Orr")).to_have_count(0)
    anna.goes_to("/clients")
    anna.goes_to(f"{address}#position-{number}")
    expect(box(anna, "Vlad Orr")).to_be_visible()
    anna.sees_in(".chart-panel h2", "Vlad Orr")
