"""A dossier before its renewal: the director reviews it, the manager does what was wanted."""

import re
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.journeys.conftest import Arrival
from tests.journeys.looking import barriers_on, too_wide
from tests.journeys.people import DESK, TELEPHONE, Person

pytestmark = pytest.mark.journey

WAYS = ((DESK, "light"), (TELEPHONE, "dark"))
ANNA = "Анна Кузнецова"
MANY = 60
"""More presses of Tab than anybody has the patience for."""


def looks(person: Person, name: str) -> None:
    """The page before the person, on a desk by day and on a telephone by night."""
    for viewport, scheme in WAYS:
        person.page.set_viewport_size(viewport)  # type: ignore[arg-type]
        person.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert too_wide(person.page) == []
        assert barriers_on(person.page) == []
        person.pictures(f"review-{name}-{scheme}-{viewport['width']}", full_page=True)
    person.page.set_viewport_size(DESK)  # type: ignore[arg-type]
    person.page.emulate_media(color_scheme="light")


def tabs_to(person: Person, wanted: Locator) -> None:
    """Go on by Tab until the thing has the focus."""
    for _press in range(MANY):
        person.page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not reached by the keyboard")


def opens_latest(vera: Person) -> str:
    """From the first page to the calendar, and there to what is latest; the name of its client."""
    vera.goes_to("/")
    vera.follows("The calendar of renewals")
    vera.sees_in(".renewal-late", "too late")
    looks(vera, "calendar")
    latest = vera.page.locator(".renewal-table tbody tr").first
    expect(latest.locator(".renewal-begin")).to_contain_text("late")
    link = latest.locator("a.client-name")
    name = link.inner_text()
    link.press("Enter")
    vera.page.wait_for_url(re.compile(r"/contracts/\d+$"))
    return name


def voice(person: Person, name: str) -> Locator:
    """What one of the three says at the checkpoint that has come."""
    return person.page.locator(".opinion-voices").first.locator(".panel").filter(has_text=name)


def disagrees(vera: Person, client: str) -> None:
    """The manager calls it safe; the director does not, and both are kept."""
    vera.follows("Opinions")
    expect(voice(vera, "The manager")).to_contain_text("safe")
    assert vera.page.get_by_label("wait and see").count() == 0
    vera.page.get_by_label("lost for us").check()
    vera.fills("Why do you see it so", "Nobody there has the money for it.")
    vera.presses("Save my opinion")
    expect(voice(vera, "The director")).to_contain_text("Nobody there has the money for it.")
    expect(voice(vera, "The manager")).to_contain_text("safe")
    looks(vera, "opinions")
    vera.goes_to("/renewals/disagreements")
    expect(vera.page.locator(".opinion-list > li").first).to_contain_text(client)


def begins_review(vera: Person, client: str) -> str:
    """From the disagreement to the dossier, and there to a new review of it."""
    vera.follows(client)
    vera.follows("Reviews")
    field = vera.field("Before the renewal of")
    field.select_option(index=1)
    field.press("Tab")
    vera.page.keyboard.press("Enter")
    vera.page.wait_for_url(re.compile(r"/reviews/\d+$"))
    return urlsplit(vera.page.url).path


def reads(vera: Person) -> None:
    """Each change stands in its section, and the sums above say how many there are."""
    expect(vera.page.locator("#changes-title")).to_contain_text("What changed since the review of")
    sums = [
        one.split()[-1]
        for one in vera.page.locator(".review-sums .badge-neutral").all_inner_texts()
    ]
    assert sum(map(int, sums)) == vera.page.locator("#changes .review-lines > li").count() > 0
    expect(vera.page.locator("#checks .review-lines > li")).to_have_count(9)


def remarks(vera: Person, words: str) -> None:
    """Beside the first thing that changed, without a mouse."""
    first = vera.page.locator("#changes .review-lines > li").first
    first.get_by_role("link", name="Remark").press("Enter")
    expect(vera.page.get_by_label("Remark")).to_be_focused()
    vera.page.keyboard.type(words)
    vera.page.keyboard.press("Tab")
    vera.page.keyboard.press("Enter")
    expect(first.locator(".review-remark")).to_contain_text(words)


def wants_done(vera: Person, what: str, days: int) -> None:
    """A follow-up for the manager; what is missing is said, and what was typed stays."""
    vera.page.locator("#what").fill(what)
    vera.page.locator("#user").select_option(label=ANNA)
    vera.page.locator("#due").fill((date.today() + timedelta(days=days)).isoformat())
    vera.page.locator("#due").press("Enter")
    vera.sees_in("#follow-ups", what)


def signs(vera: Person) -> None:
    """A verdict by the arrow keys, some words, and Enter on the button."""
    safe = vera.page.locator("#verdict-safe")
    vera.page.locator("#due").focus()
    tabs_to(vera, safe)
    vera.page.keyboard.press("Space")
    vera.page.keyboard.press("ArrowDown")
    expect(vera.page.get_by_label("at risk")).to_be_checked()
    vera.page.keyboard.press("Tab")
    vera.page.keyboard.type("We go on only with the one who holds the money.")
    vera.page.keyboard.press("Tab")
    vera.page.keyboard.press("Enter")
    vera.sees("The review is signed.")


def prints(vera: Person, review: str) -> None:
    """The page for the telephone, and two to four pages of paper that name the reader."""
    vera.goes_to(review)
    vera.follows("Briefing")
    vera.sees("Not to be passed on.")
    looks(vera, "briefing")
    with vera.page.expect_download() as taken:
        vera.follows("PDF")
    paper = PdfReader(BytesIO(taken.value.path().read_bytes()))
    assert 2 <= len(paper.pages) <= 4
    assert all("Вера Соколова" in page.extract_text() for page in paper.pages)


def changes_dossier(anna: Person, client: str) -> str:
    """Another call is noted, and somebody leaves; who it was."""
    anna.goes_to(f"{client}/contacts")
    anna.fills("What was said", "They ask for another month.")
    anna.presses("Note it")
    anna.goes_to(f"{client}/people")
    anna.follows("Виктор Пряхин")
    anna.page.locator("summary").filter(has_text="They left, retired or died").click()
    leaving = anna.page.locator("form#leave")
    leaving.get_by_role("button", name="Write it down").click()
    anna.sees("no longer works at")
    return "Виктор Пряхин"


def read_on(person: Person, *addresses: str) -> list[str]:
    """What stands on these pages, word for word."""
    found = []
    for address in addresses:
        person.goes_to(address)
        found.append(person.page.locator("main").inner_text())
    return found


def does_one(anna: Person, what: str, other: str) -> None:
    """Both stand on her first page; she ends the one with a result, without a mouse."""
    anna.goes_to("/")
    due = anna.page.locator("section[aria-labelledby=my-due-title]")
    expect(due).to_contain_text(what)
    expect(due).to_contain_text(other)
    due.get_by_role("link", name="After reviews").press("Enter")
    anna.page.wait_for_url(re.compile("/follow-ups"))
    looks(anna, "follow-ups")
    mine = anna.page.locator(".review-lines > li").filter(has_text=what)
    result = mine.get_by_label("What came of it")
    result.fill("She signs the budget herself.")
    result.press("Enter")
    done = anna.page.locator("section[aria-labelledby=done-title] li").filter(has_text=what)
    expect(done).to_contain_text("She signs the budget herself.")
    expect(anna.page.locator("form.review-end").filter(has_text=what)).to_have_count(0)


def test_a_director_reviews_the_latest_renewal_and_its_manager_follows(arrives: Arrival) -> None:
    vera, anna = arrives("vera"), arrives("anna")
    name = opens_latest(vera)
    disagrees(vera, name)
    review = begins_review(vera, name)
    client = review.split("/reviews")[0]
    reads(vera)
    remarks(vera, "Who told us?")
    wants_done(vera, "Find out who holds the money", 1)
    wants_done(vera, "Meet the lawyer", 2)
    looks(vera, "open")
    signs(vera)
    prints(vera, review)

    pages = (review, f"{review}/dossier?section=people", f"{review}/dossier?section=contacts")
    signed = read_on(vera, *pages)
    gone = changes_dossier(anna, client)
    assert read_on(vera, *pages) == signed
    assert gone in signed[1]
    assert "another month" not in signed[2]
    vera.goes_to(review)
    vera.sees("Nothing in it was changed since.")
    looks(vera, "signed")

    does_one(anna, "Find out who holds the money", "Meet the lawyer")
    vera.goes_to(review)
    vera.sees("She signs the budget herself.")
    vera.goes_to(f"{client}/reviews")
    vera.presses("Begin a review")
    vera.sees("They ask for another month.")
    vera.sees_in("#changes", gone)
    vera.sees_in("section[aria-labelledby=earlier-title]", "Meet the lawyer")
    vera.presses("Leave unsigned")


class Hands:
    """What a person does with a page, counted."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.clicks = self.typed = 0

    def click(self, wanted: Locator) -> None:
        self.clicks += 1
        wanted.click()

    def type(self, wanted: Locator, text: str) -> None:
        self.typed += 1
        wanted.fill(text)


def test_a_call_with_a_promise_is_noted_in_a_few_moves_and_kept_at_a_tap(arrives: Arrival) -> None:
    anna = arrives("anna", viewport=TELEPHONE)
    anna.goes_to("/clients/2")
    page, hands = anna.page, Hands(anna)
    hands.click(page.get_by_role("link", name="Note a contact").first)
    hands.click(page.get_by_role("group", name="With whom").get_by_role("checkbox").first)
    hands.type(anna.field("What was said"), "He wants the price list by tomorrow.")
    hands.click(page.locator("summary").filter(has_text="What was promised"))
    hands.type(page.get_by_label("What was promised, 1"), "Send the price list to Lev")
    tomorrow = date.today() + timedelta(days=1)
    hands.type(page.get_by_label("Until when, 1"), tomorrow.isoformat())
    hands.click(page.get_by_role("button", name="Note it"))
    anna.sees("He wants the price list by tomorrow.")
    anna.sees("Send the price list to Lev")
    assert (hands.clicks, hands.typed) <= (4, 3)

    anna.goes_to("/")
    due = page.locator("section[aria-labelledby=my-due-title]")
    due.get_by_role("link", name=re.compile("Send the price list to Lev")).click()
    looks(anna, "promise")
    anna.presses("Kept")
    anna.goes_to("/promises")
    expect(page.get_by_text("Send the price list to Lev")).to_have_count(0)
    anna.goes_to("/clients/2/promises")
    anna.sees_in("section[aria-labelledby=ended]", "Send the price list to Lev")
