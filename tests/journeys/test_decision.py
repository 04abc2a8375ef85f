"""How a client decides, as a manager lives it: recorded, asked, walked, and learnt from."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Arrival
from tests.journeys.looking import barriers_on, too_wide
from tests.journeys.people import DESK, TELEPHONE, Person
from tests.journeys.test_chart import small_chart
from tests.journeys.test_path_editor import names, numbers, says, step

pytestmark = pytest.mark.journey

RECORDED = ["1 Request", "2a Lawyers", "2b Security", "3a Director signs", "3b Buyer signs"]


def begins_path(anna: Person, client: str) -> None:
    """From the first page of the dossier to the editor of an empty path."""
    anna.goes_to(client)
    anna.follows("Record the path")
    anna.fills("For which purchases", "Equipment")
    anna.page.get_by_label("An empty one").check()
    anna.presses("Create the path")
    anna.page.wait_for_url(re.compile(r"/paths/\d+/edit$"))


def panel(anna: Person) -> Locator:
    return anna.page.locator(".path-panel")


def opens(anna: Person, words: str) -> None:
    """The fields of a step, by the keyboard."""
    step(anna, words).focus()
    anna.page.keyboard.press("Enter")
    expect(panel(anna)).to_be_visible()


def acts(anna: Person, typed: str, label: str) -> None:
    """Pick who acts from the chart."""
    field = panel(anna).get_by_label(re.compile("^Who acts"))
    field.fill(typed)
    expect(panel(anna).locator(".chart-lookup-option")).to_have_count(1)
    field.press("Enter")
    expect(panel(anna).locator(".path-chip")).to_contain_text(label)


def amount(anna: Person, name: str, typed: str) -> None:
    fold = panel(anna).locator("details").filter(has_text="When it is needed")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    field = panel(anna).get_by_label(re.compile("^" + name))
    field.fill(typed)
    field.press("Tab")


def kind(anna: Person, word: str) -> None:
    panel(anna).get_by_label(re.compile("^Kind")).select_option(label=word)


def shuts(anna: Person) -> None:
    anna.page.keyboard.press("Escape")
    expect(panel(anna)).to_be_hidden()


def records_path(anna: Person) -> None:
    """Request; lawyers and security side by side; then one of two signs, by the amount."""
    anna.presses("Add the first step")
    names(anna, "Request")
    for at, key, title, word in (
        ("1, ", "a", "Lawyers", "legal review"),
        ("2, ", "b", "Security", "security"),
    ):
        step(anna, at).focus()
        anna.page.keyboard.press(key)
        names(anna, title)
        opens(anna, f"2{'b' if key == 'b' else ''}")
        kind(anna, word)
        shuts(anna)
    anna.presses(re.compile("^ *Step$"))
    names(anna, "Director signs")
    opens(anna, "3, ")
    acts(anna, "dir", "Olga Lee")
    amount(anna, "From the amount of", "3 mln")
    anna.sees_in(".path-flaws-live", "Nobody is sure to sign below 3,000,000")
    shuts(anna)
    step(anna, "3, ").focus()
    anna.page.keyboard.press("b")
    names(anna, "Buyer signs")
    opens(anna, "3b")
    acts(anna, "buy", "Ivan Ray")
    amount(anna, "Below the amount of", "3 mln")
    expect(anna.page.locator(".path-flaws-live li")).to_have_count(0)
    shuts(anna)
    assert numbers(anna) == RECORDED
    anna.presses("Save")
    says(anna, "Saved as version 2")


def confirms(anna: Person, path: str) -> None:
    """The champion has looked at the clean paper and said that it is right."""
    anna.goes_to(path)
    anna.follows("Write down who said that it is right")
    anna.follows("For the client's eyes")
    anna.sees("It is so")
    anna.page.go_back()
    anna.fills("Who told it", "Petr Fox")
    anna.presses("Confirm")
    anna.sees_in(".client-standing", "confirmed")


def asks(anna: Person, path: str, typed: str) -> None:
    anna.goes_to(path)
    anna.follows("Who must sign?")
    anna.fills("Amount", typed)
    anna.page.locator("main").get_by_role("button", name="Who must sign?").click()


def starts_run(anna: Person, deal: str) -> None:
    anna.follows("Start a run with this")
    anna.fills("Deal", deal)
    anna.presses("Start the run")
    anna.sees_heading(deal)


def taps(anna: Person, title: str, button: str) -> None:
    """One tap with today's date, at the step before which the decision stands."""
    now = anna.page.locator(".run-now").filter(has_text=title)
    now.get_by_role("button", name=button).click()
    anna.page.wait_for_load_state()


def stands_at(anna: Person, *titles: str) -> None:
    expect(anna.page.locator(".run-now-head strong")).to_have_text(list(titles))


def walks(anna: Person) -> None:
    """The lawyers send it back, security is passed over, a council nobody knew of says yes."""
    stands_at(anna, "Request")
    taps(anna, "Request", "Passed")
    stands_at(anna, "Lawyers", "Security")
    taps(anna, "Lawyers", "Sent back")
    anna.sees("It is for us to mend it and hand it in again.")
    taps(anna, "Lawyers", "Handed in again")
    taps(anna, "Lawyers", "Passed")
    taps(anna, "Security", "Skipped")
    stands_at(anna, "Director signs")
    anna.page.get_by_text("Another day, who acted, a file, or a step beside the path").click()
    anna.chooses("Step", "a step that the path does not know")
    anna.page.get_by_text("A step that the path does not know, or sent back").click()
    anna.fills("What the other step is", "Council of engineers")
    anna.chooses("Of which kind", "committee")
    anna.fills("Note", "Olga told us on the telephone.")
    anna.presses("Write it down")
    anna.sees("Olga told us on the telephone.")
    taps(anna, "Director signs", "Passed")


def corrects_path(anna: Person, path: str) -> None:
    """What the run taught becomes a version, at one click, and can be taken back at another."""
    anna.follows("What all runs teach, and what to correct")
    council = anna.page.locator(".correction").filter(has_text="Council of engineers")
    council.get_by_role("button", name="Correct the path").click()
    anna.sees("saved as version 3")
    expect(anna.page.locator(".correction")).to_have_count(1)
    anna.goes_to(path)
    anna.sees("Version 3 is newer and not confirmed yet.")
    anna.follows("Look at it")
    anna.sees_in(".path-steps", "Council of engineers")


def prints(anna: Person, path: str) -> None:
    anna.goes_to(path)
    anna.page.locator("summary").filter(has_text="More").click()
    anna.follows("Print")
    anna.sees_in(".paper-steps", "Director signs")
    anna.page.emulate_media(media="print")
    expect(anna.page.locator(".paper-tools")).to_be_hidden()
    expect(anna.page.locator(".paper-steps")).to_be_visible()
    anna.page.emulate_media(media="screen")
    with anna.page.expect_download() as taken:
        anna.follows(re.compile("^ *PDF$"))
    assert taken.value.path().read_bytes().startswith(b"%PDF")


def looks(anna: Person, addresses: dict[str, str]) -> None:
    """All of it on a desk and a telephone, by day and by night, and in Russian."""
    for language in ("en", "ru"):
        anna.goes_to(f"/language/{language}")
        for name, address in addresses.items():
            for viewport, scheme in ((DESK, "light"), (DESK, "dark"), (TELEPHONE, "light")):
                anna.page.set_viewport_size(viewport)  # type: ignore[arg-type]
                anna.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                anna.goes_to(address)
                assert too_wide(anna.page) == []
                assert barriers_on(anna.page) == []
                said = f"decision-{name}-{scheme}-{viewport['width']}-{language}"
                anna.pictures(said, full_page=True)


def test_a_decision_is_recorded_asked_walked_and_learnt_from(arrives: Arrival) -> None:
    anna = arrives("anna", viewport=DESK)
    client = small_chart(anna, "Decision Works").removesuffix("/chart")
    begins_path(anna, client)
    records_path(anna)
    path = urlsplit(anna.page.url).path.removesuffix("/edit")
    confirms(anna, path)

    asks(anna, path, "2.9 mln")
    anna.sees_in(".answer-summary", "3b. Buyer signs – Ivan Ray")
    anna.sees_in(".answer-left-out", "Director signs – only from 3,000,000 RUB")
    asks(anna, path, "3.1 mln")
    anna.sees_in(".answer-summary", "3a. Director signs – Olga Lee")
    anna.sees_in(".answer-left-out", "Buyer signs – only less than 3,000,000 RUB")
    starts_run(anna, "Line 4")
    run = urlsplit(anna.page.url).path

    walks(anna)
    anna.sees("Signed on")
    expect(anna.page.locator(".run-now")).to_have_count(0)
    differed = anna.page.locator(".deviation")
    expect(differed).to_have_text(
        [
            re.compile(r"skipped\s+Security"),
            re.compile(r"extra step\s+Council of engineers"),
            re.compile(r"sent back\s+Lawyers: sent back once"),
        ]
    )

    corrects_path(anna, path)
    prints(anna, path)
    number = path.rsplit("/", 1)[-1]
    looks(
        anna,
        {
            "path": path,
            "diagram": f"{path}?view=diagram",
            "answer": f"{path}/answer?amount=3.1+mln&wanted=2026-11-27",
            "run": run,
            "lessons": f"{path}/lessons",
            "paper": f"{path}/print",
            "chart": f"{client}/chart?path={number}",
        },
    )
