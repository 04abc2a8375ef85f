"""The editor of a path before people: drawn by keyboard and mouse, taken back, saved, disputed."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Arrival
from tests.journeys.looking import barriers_on, too_wide
from tests.journeys.people import DESK, TELEPHONE, Person

pytestmark = pytest.mark.journey


def new_path(person: Person, client: str, subject: str = "Equipment") -> str:
    """An empty path of a new client; the address of its editor, which is opened."""
    person.goes_to("/clients/new")
    person.fills("Client name", client)
    person.presses("Make the client")
    person.page.wait_for_url(re.compile(r"/clients/\d+$"))
    person.goes_to(person.page.url.removeprefix(person.address) + "/paths/new")
    person.fills("For which purchases", subject)
    person.page.get_by_label("An empty one").check()
    person.page.locator("main form button[type=submit]").last.click()
    person.page.wait_for_url(re.compile(r"/paths/\d+"))
    address = person.page.url.removeprefix(person.address).removesuffix("/edit") + "/edit"
    person.goes_to(address)
    return address


def step(person: Person, words: str) -> Locator:
    """The step in the drawing whose announcement begins with these words."""
    return person.page.locator(".path-canvas").get_by_role(
        "button", name=re.compile("^" + re.escape(words))
    )


def says(person: Person, sentence: str | re.Pattern[str]) -> None:
    expect(person.page.locator(".path-said")).to_contain_text(sentence)


def names(person: Person, title: str) -> None:
    """Type the title of the step that was just added, and go back to the drawing."""
    field = person.page.locator(".path-panel").get_by_label(re.compile("^What happens"))
    expect(field).to_be_focused()
    person.page.keyboard.type(title)
    person.page.keyboard.press("Tab")
    expect(person.page.locator(".path-panel h2")).to_contain_text(title)
    person.page.keyboard.press("Escape")
    expect(person.page.locator(".path-panel")).to_be_hidden()


def usual(person: Person, client: str) -> str:
    """Request; lawyers and security side by side; signature. All by the keyboard."""
    address = new_path(person, client)
    person.page.get_by_role("button", name="Add the first step").click()
    names(person, "Request")
    for key, at, title in (
        ("a", "1, ", "Lawyers"),
        ("b", "2, ", "Security"),
    ):
        expect(step(person, at)).to_be_visible()
        step(person, at).focus()
        person.page.keyboard.press(key)
        names(person, title)
    person.presses(re.compile("^ *Step$"))
    names(person, "Signature")
    return address


def numbers(person: Person) -> list[str]:
    """Number and title of every step as it is drawn."""
    texts = person.page.locator(".path-canvas .path-step").evaluate_all(
        "boxes => boxes.map(box => box.getAttribute('aria-label').split(', ')"
        ".filter((_, at) => at === 0 || at === 2).join(' '))"
    )
    number = person.page.locator(".path-canvas .path-step").count()
    return [str(text) for text in texts][:number]


DRAWN = ["1 Request", "2a Lawyers", "2b Security", "3 Signature"]


def test_a_path_is_drawn_by_the_keyboard_taken_back_and_saved(arrives: Arrival) -> None:
    anna = arrives("anna", viewport=DESK)
    usual(anna, "Keyboard Works")
    assert numbers(anna) == DRAWN

    step(anna, "2b").focus()
    anna.page.keyboard.press("Delete")
    says(anna, "Removed: Security")
    anna.page.keyboard.press("Control+z")
    says(anna, "Taken back")
    assert numbers(anna) == DRAWN
    anna.page.keyboard.press("Control+y")
    says(anna, "Done again")
    anna.page.keyboard.press("Control+z")
    assert numbers(anna) == DRAWN

    step(anna, "1, ").focus()
    anna.page.keyboard.press("ArrowDown")
    expect(step(anna, "2a")).to_be_focused()
    anna.page.keyboard.press("ArrowRight")
    expect(step(anna, "2b")).to_be_focused()
    anna.page.keyboard.press("n")
    names(anna, "Budget")
    assert numbers(anna) == ["1 Request", "2a Lawyers", "2b Security", "3 Budget", "4 Signature"]

    anna.page.keyboard.press("m")
    says(anna, "is to be moved")
    step(anna, "2a").focus()
    anna.page.keyboard.press("b")
    says(anna, "Moved: Budget")
    assert numbers(anna) == [*DRAWN[:2], "2b Budget", "2c Security", "3 Signature"]

    step(anna, "2a").focus()
    anna.page.keyboard.press("w")
    says(anna, "is to wait for Lawyers")
    step(anna, "2c").focus()
    anna.page.keyboard.press("Enter")
    says(anna, "waits for 2a Lawyers now")
    assert numbers(anna) == [*DRAWN[:2], "2b Budget", "3 Security", "4 Signature"]
    step(anna, "Between 2a Lawyers and 3 Security").focus()
    anna.page.keyboard.press("Delete")
    says(anna, "does not wait for 2a Lawyers any more")

    anna.page.keyboard.press("Control+s")
    says(anna, "Saved as version 2")
    anna.page.reload()
    assert numbers(anna) == [*DRAWN[:2], "2b Budget", "2c Security", "3 Signature"]


def test_an_amount_in_the_panel_is_drawn_and_a_gap_is_shown_while_editing(
    arrives: Arrival,
) -> None:
    anna = arrives("anna", viewport=DESK)
    anna.may_hear = "422"
    usual(anna, "Amount Works")
    step(anna, "3, ").focus()
    anna.page.keyboard.press("Enter")
    panel = anna.page.locator(".path-panel")
    panel.get_by_text("When it is needed").click()
    amount = panel.get_by_label(re.compile("^From the amount of"))
    amount.fill("rather much")
    amount.press("Tab")
    expect(panel.locator(".field-errors")).to_contain_text("is no amount")
    anna.page.keyboard.press("Control+s")
    says(anna, "Mend the fields")
    amount.fill("3 mln")
    amount.press("Tab")
    expect(panel.locator(".field-errors")).to_have_count(0)
    expect(step(anna, "3, ")).to_have_accessible_name(re.compile("from 3,000,000"))
    anna.sees_in(".path-flaws-live", "Nobody is sure to sign below 3,000,000")
    amount.fill("")
    amount.press("Tab")
    expect(anna.page.locator(".path-flaws-live li")).to_have_count(0)


def middle(box: Locator) -> tuple[float, float]:
    at = box.bounding_box()
    assert at
    return at["x"] + at["width"] / 2, at["y"] + at["height"] / 2


def drags(person: Person, what: Locator, x: float, y: float) -> None:
    mouse = person.page.mouse
    mouse.move(*middle(what))
    mouse.down()
    mouse.move(x, y, steps=6)
    expect(person.page.locator(".path-ghost")).to_be_visible()
    mouse.up()


def test_steps_are_dragged_behind_beside_and_onto_arrows(arrives: Arrival) -> None:
    anna = arrives("anna", viewport=DESK)
    usual(anna, "Mouse Works")

    x, y = middle(step(anna, "2a"))
    drags(anna, step(anna, "2b"), x, y + 30)
    says(anna, "Moved: Security")
    assert numbers(anna) == ["1 Request", "2 Lawyers", "3 Security", "4 Signature"]

    box = step(anna, "2, ").bounding_box()
    assert box
    drags(anna, step(anna, "3, "), box["x"] + box["width"] - 12, box["y"] + box["height"] / 2)
    says(anna, "Moved: Security is now 2b")
    assert numbers(anna) == DRAWN

    arrow = step(anna, "Between 1 Request and 2a Lawyers")
    drags(anna, step(anna, "2b"), *middle(arrow.locator(".path-plus")))
    says(anna, "is now 2.")
    assert numbers(anna) == ["1 Request", "2 Security", "3 Lawyers", "4 Signature"]

    expect(step(anna, "2, ")).to_be_focused()
    step(anna, "4, ").scroll_into_view_if_needed()
    drags(anna, step(anna, "4, "), 12.0, 12.0)
    says(anna, "Nothing was moved")


def test_two_who_change_the_same_decide_field_by_field_and_nothing_is_lost(
    arrives: Arrival,
) -> None:
    anna = arrives("anna", viewport=DESK)
    anna.may_hear = "409"
    address = usual(anna, "Clash Works")
    anna.page.keyboard.press("Control+s")
    says(anna, "Saved as version 2")
    second = anna.new_tab()
    second.goto(anna.address + address)
    for page, title in ((second, "Guards"), (anna.page, "Watchmen")):
        page.locator(".path-step").filter(has_text="Security").click()
        field = page.locator(".path-panel").get_by_label(re.compile("^What happens"))
        field.fill(title)
        field.press("Tab")
        expect(page.locator(".path-panel h2")).to_contain_text(title)
        page.keyboard.press("Control+s")
        if page is second:
            expect(page.locator(".path-said")).to_contain_text("Saved as version 3")
    anna.sees("Somebody else changed the same")
    expect(step(anna, "2b")).to_have_accessible_name(re.compile("Watchmen"))
    anna.page.get_by_label("theirs (version 3)").check()
    anna.presses("Save what is chosen")
    says(anna, "Saved as version 4")
    expect(step(anna, "2b")).to_have_accessible_name(re.compile("Guards"))


def test_unsaved_work_is_offered_again(arrives: Arrival) -> None:
    anna = arrives("anna", viewport=DESK)
    address = usual(anna, "Forgetful Works")
    anna.sees("Not saved yet; kept in this browser.")
    anna.page.on("dialog", lambda dialog: dialog.accept())
    anna.goes_to(address)
    assert numbers(anna) == []
    anna.presses("Take it up again")
    expect(step(anna, "3, ")).to_be_visible()
    assert numbers(anna) == DRAWN
    anna.presses("Save")
    says(anna, "Saved as version 2")


def test_everything_works_without_scripts_too(arrives: Arrival) -> None:
    anna = arrives("anna", viewport=DESK)
    address = new_path(anna, "Scriptless Works")
    plain = arrives("anna", java_script_enabled=False)
    plain.may_hear = "422"
    plain.goes_to(address)
    plain.follows("Step at the end")
    plain.fills("What happens", "Request")
    plain.presses("Save as a new version")
    plain.sees("Written down")
    plain.follows("Step after it")
    plain.fills("What happens", "Signature")
    plain.presses("Save as a new version")
    plain.follows("Step between 1 and 2")
    plain.fills("What happens", "Lawyers")
    plain.presses("Save as a new version")
    plain.page.locator(".path-plain-steps li").nth(1).get_by_role(
        "link", name="Step beside it"
    ).click()
    plain.fills("What happens", "Security")
    plain.presses("Save as a new version")
    titles = plain.page.locator(".path-plain-title").all_inner_texts()
    assert [" ".join(title.split()) for title in titles] == DRAWN

    plain.page.locator(".path-plain-steps li").nth(2).get_by_role("link", name="Move").click()
    plain.chooses("Where", "after all others")
    plain.presses("Save as a new version")
    plain.page.get_by_role("button", name="Remove Lawyers").click()
    titles = plain.page.locator(".path-plain-title").all_inner_texts()
    assert [" ".join(title.split()) for title in titles] == [
        "1 Request",
        "2 Signature",
        "3 Security",
    ]
    plain.follows("Which step waits for which")
    plain.chooses("This step", "1 Request")
    plain.chooses("The other step", "3 Security")
    plain.presses("Save as a new version")
    plain.sees("in a circle")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, TELEPHONE])
def test_the_editor_has_no_barriers_and_fits(
    arrives: Arrival, theme: str, viewport: dict[str, int]
) -> None:
    anna = arrives("anna", viewport=DESK, color_scheme=theme)
    address = usual(anna, f"Look {theme} {viewport['width']}")
    anna.page.keyboard.press("Control+s")
    says(anna, "Saved as version 2")
    anna.page.set_viewport_size(viewport)  # type: ignore[arg-type]
    anna.goes_to(address)
    assert too_wide(anna.page) == []
    assert barriers_on(anna.page) == []
    step(anna, "2a").click()
    expect(anna.page.locator(".path-panel")).to_be_visible()
    assert too_wide(anna.page) == []
    assert barriers_on(anna.page) == []
    anna.pictures(f"path-editor-{theme}-{viewport['width']}")
