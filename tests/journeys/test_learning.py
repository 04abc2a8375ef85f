"""A newcomer learns from the pages themselves, and reads later only what changed."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrival
from tests.journeys.lessons import (
    HOLDS,
    NEW_PRICE,
    OLD_PRICE,
    SECRET,
    Lessons,
    changes_price_and_comma,
    invited,
    puts_on_path,
    sits_down,
    writes_lessons,
)
from tests.journeys.looking import barriers_on, too_wide
from tests.journeys.people import TELEPHONE, House, Person

pytestmark = pytest.mark.journey


def makes_account(newcomer: Person, name: str) -> None:
    newcomer.fills("Name", name)
    newcomer.fills("Password", SECRET)
    newcomer.page.locator("[name=language]").select_option("en")
    newcomer.presses("Make the account")
    newcomer.sees_heading(re.compile("Good day"))


def reads_first_two(mila: Person, lessons: Lessons) -> None:
    """From the start page to the second page; each is read at a press."""
    next_up = mila.page.locator("section[aria-labelledby=learning-title]")
    next_up.get_by_role("link", name=lessons.title("the house")).click()
    for title, following in (("the house", "manners"), ("manners", "the halva")):
        mila.sees_heading(lessons.title(title))
        mila.presses("I have read this version")
        mila.sees_in("#reading", "You read this version on")
        mila.follows(lessons.title(following))


def places_of(person: Person, price: str) -> list[bool]:
    """Which of the answers are right while the product costs so much; one is."""
    texts = person.page.locator(".answer-text").all_inner_texts()
    said = [re.search(rf"(^|\s){price}$|^180$|^Never$", text) is not None for text in texts]
    assert said.count(True) == 1
    return said


def answers(person: Person, price: str, right: bool = True) -> None:
    """Choose an answer of the question that is asked, and go on."""
    choices, said = person.page.locator(".answer-choice"), places_of(person, price)
    heading = person.page.get_by_role("heading", level=1).inner_text()
    choices.nth(said.index(right)).click()
    person.presses(re.compile("Next question|Finish"))
    expect(person.page.get_by_role("heading", level=1)).not_to_have_text(heading)


def fails_once_and_passes(mila: Person, lessons: Lessons) -> None:
    """One wrong answer shows the place in the page; then all are right."""
    mila.sees_heading(lessons.title("the halva"))
    mila.follows("Answer 3 questions")
    mila.presses("Begin")
    for right in (True, False, True):
        answers(mila, OLD_PRICE, right)
    mila.sees_heading("Not passed yet")
    places = mila.page.locator(".answer-wrong")
    expect(places).to_have_count(1)
    mila.pictures("learning-wrong-answer", full_page=True)
    place = places.get_by_role("link")
    said = place.inner_text()
    place.click()
    mila.sees_heading(lessons.title("the halva"))
    assert HOLDS[said.split(":")[0].strip('“”" ')] in mila.page.url
    mila.page.go_back()
    mila.presses("Try again")
    for _question in range(3):
        answers(mila, OLD_PRICE)
    mila.sees_heading("Questions passed")
    mila.sees("You have read version 1: that is confirmed.")


def reads_one_difference(mila: Person, lessons: Lessons) -> None:
    """The new price is all that is new; one question about it, and everything is read."""
    mila.goes_to("/")
    changed = mila.page.locator("section[aria-labelledby=changed-since-title]")
    expect(changed.locator(".told-list > li")).to_have_count(1)
    expect(changed).to_contain_text(lessons.title("the halva"))
    mila.pictures("learning-start-changed", full_page=True)
    mila.follows(re.compile("Read what changed"))
    mila.sees_heading(lessons.title("the halva"))
    expect(mila.page.locator(".told")).to_have_count(1)
    expect(mila.page.locator(".told del")).to_contain_text("250")
    expect(mila.page.locator(".told ins")).to_contain_text("275")
    mila.pictures("learning-difference", full_page=True)
    mila.follows("Answer 1 question")
    mila.presses("Begin")
    answers(mila, NEW_PRICE)
    mila.sees_heading("Questions passed")
    mila.follows("On to what changed")
    mila.sees("You know everything that is new")
    mila.goes_to("/learning")
    mila.sees("Everything is read.")
    mila.sees("3 of 3 read")


def test_a_newcomer_learns_from_the_pages_and_later_reads_only_what_changed(
    demonstration: House, arrives: Arrival
) -> None:
    anna, vera, adam = arrives("anna"), arrives("vera"), arrives("adam")
    lessons = writes_lessons(anna, vera, "Mila learns")
    mila = sits_down(demonstration, invited(demonstration, adam, "mila@pelmen.example"))
    makes_account(mila, "Mila Morozova")
    puts_on_path(vera, lessons.path, "Mila Morozova", "Анна Кузнецова")
    mila.goes_to("/")
    reads_first_two(mila, lessons)
    fails_once_and_passes(mila, lessons)
    mila.follows("My learning")
    mila.sees("Everything is read.")
    mila.pictures("learning-done", full_page=True)
    changes_price_and_comma(anna, lessons)
    reads_one_difference(mila, lessons)
    anna.goes_to("/learning/matrix")
    row = anna.page.get_by_role("row").filter(has_text="Mila Morozova")
    expect(row).to_contain_text("100")
    mila.leave()
    assert mila.complaints == []


def answers_by_key(person: Person, price: str, right: bool = True) -> None:
    """The number of an answer, and Enter."""
    title = person.page.locator("h1").inner_text()
    number = places_of(person, price).index(right) + 1
    person.page.keyboard.press(str(number))
    person.page.keyboard.press("Enter")
    expect(person.page.locator("h1")).not_to_have_text(title)


def makes_account_by_key(newcomer: Person, name: str) -> None:
    expect(newcomer.field("Name")).to_be_focused()
    newcomer.page.keyboard.type(name)
    newcomer.page.keyboard.press("Tab")
    expect(newcomer.field("Password")).to_be_focused()
    newcomer.page.keyboard.type(SECRET)
    newcomer.page.keyboard.press("Enter")
    newcomer.sees_heading(re.compile("Good day"))


def walks_by_key(gleb: Person, lessons: Lessons) -> None:
    """n goes on, r says that it is read."""
    keys = gleb.page.keyboard
    keys.press("n")
    for title in ("the house", "manners"):
        gleb.sees_heading(lessons.title(title))
        keys.press("r")
        gleb.sees_in("#reading", "You read this version on")
        keys.press("n")
    gleb.sees_heading(lessons.title("the halva"))
    keys.press("r")
    expect(gleb.page.get_by_role("button", name="Begin")).to_be_focused()


def is_questioned_by_key(gleb: Person) -> None:
    """One wrong answer: the place is the first thing that Tab comes to, and then another try."""
    keys = gleb.page.keyboard
    keys.press("Enter")
    gleb.sees_heading("Question 1 of 3")
    for right in (False, True, True):
        answers_by_key(gleb, OLD_PRICE, right)
    gleb.sees_heading("Not passed yet")
    keys.press("Tab")
    expect(gleb.page.locator(".answer-wrong a")).to_be_focused()
    keys.press("Tab")
    expect(gleb.page.get_by_role("button", name="Try again")).to_be_focused()
    keys.press("Enter")
    gleb.sees_heading("Question 1 of 3")
    for _question in range(3):
        answers_by_key(gleb, OLD_PRICE)
    gleb.sees_heading("Questions passed")
    keys.press("Enter")
    gleb.sees("Everything is read.")


def reads_the_difference_by_key(gleb: Person, lessons: Lessons) -> None:
    keys = gleb.page.keyboard
    keys.press("g")
    keys.press("s")
    gleb.sees("Changed since you last read")
    keys.press("n")
    gleb.page.wait_for_url(re.compile("/reading/"))
    gleb.sees_heading(lessons.title("the halva"))
    expect(gleb.page.locator(".told")).to_have_count(1)
    looks(gleb, "difference")
    keys.press("r")
    expect(gleb.page.get_by_role("button", name="Begin")).to_be_focused()
    keys.press("Enter")
    gleb.sees_heading("Question 1 of 1")
    answers_by_key(gleb, NEW_PRICE)
    gleb.sees_heading("Questions passed")
    keys.press("Enter")
    gleb.sees("You know everything that is new")


def test_the_same_without_a_mouse_on_a_narrow_screen(
    demonstration: House, arrives: Arrival
) -> None:
    anna, vera, adam = arrives("anna"), arrives("vera"), arrives("adam")
    lessons = writes_lessons(anna, vera, "Gleb learns")
    link = invited(demonstration, adam, "gleb@pelmen.example")
    gleb = sits_down(demonstration, link, viewport=TELEPHONE)
    makes_account_by_key(gleb, "Gleb Gromov")
    puts_on_path(vera, lessons.path, "Gleb Gromov", "Анна Кузнецова")
    gleb.page.reload()
    looks(gleb, "start")
    walks_by_key(gleb, lessons)
    is_questioned_by_key(gleb)
    changes_price_and_comma(anna, lessons)
    reads_the_difference_by_key(gleb, lessons)
    gleb.leave()
    assert gleb.complaints == []


def looks(person: Person, name: str) -> None:
    """Nobody is shut out of the page before the person, and it fits."""
    assert too_wide(person.page) == []
    assert barriers_on(person.page) == []
    person.pictures(f"learning-by-key-{name}", full_page=True)
