"""A decision walks over the chart before people: numbers, arrows, and a position that goes."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrival
from tests.journeys.looking import barriers_on, too_wide
from tests.journeys.people import Person
from tests.journeys.test_chart import box, said, small_chart

pytestmark = pytest.mark.journey


def walks(person: Person, address: str, positions: dict[str, int]) -> int:
    """A path through the chart: request by the clerk, legal by the buyer, signed at the top."""
    steps = [
        {"code": "ask", "title": "Request", "kind": "request", "positions": [positions["Clerk"]]},
        {
            "code": "law",
            "title": "Lawyers",
            "kind": "legal",
            "after": ["ask"],
            "positions": [positions["Buyer"]],
        },
        {
            "code": "sign",
            "title": "Signature",
            "kind": "sign",
            "after": ["law"],
            "positions": [positions["Director"]],
        },
    ]
    token = person.page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    answer = person.page.request.post(
        person.address + "/api" + address.removesuffix("/chart") + "/paths",
        data={"subject": "Mixers", "document": {"steps": steps}},
        headers={"X-CSRFToken": token},
    )
    assert answer.ok, answer.text()
    return int(answer.json()["id"])


def positions_of(person: Person, address: str) -> dict[str, int]:
    """The numbers of the positions by their titles."""
    chart = person.page.request.get(person.address + "/api" + address).json()
    return {one["title"]: one["id"] for one in chart["positions"]}


def test_a_decision_walks_over_the_chart_and_a_removal_asks_who_acts_instead(
    arrives: Arrival,
) -> None:
    anna = arrives("anna")
    address = small_chart(anna, "Walks and sons")
    path = walks(anna, address, positions_of(anna, address))
    anna.goes_to(address)
    anna.page.locator("[data-way]").select_option(label="Mixers")
    said(anna, "The approval path “Mixers” is drawn over the chart.")
    expect(anna.page).to_have_url(re.compile(rf"\?path={path}$"))
    numbers = anna.page.locator(".walk-number")
    expect(numbers).to_have_count(3)
    expect(anna.page.locator(".walk-arrow")).to_have_count(2)
    expect(box(anna, "Ivan Ray, Buyer, step 2 Lawyers")).to_be_visible()
    box(anna, "Ivan Ray").focus()
    anna.page.keyboard.press(" ")
    expect(box(anna, "Ivan Ray, Buyer, step 1 Request, step 2 Lawyers")).to_be_focused()
    expect(anna.page.locator(".walk-arrow")).to_have_count(1)
    anna.page.keyboard.press(" ")
    anna.page.keyboard.press("Delete")
    anna.sees("what becomes of its reports?")
    anna.page.keyboard.press("Enter")
    anna.sees("acts in approval paths: «Mixers». Who acts in its place?")
    anna.page.keyboard.press("Enter")
    anna.sees("Who acts in its place?")
    anna.page.get_by_label("Another position").fill("")
    anna.page.keyboard.type("petr")
    anna.page.keyboard.press("Enter")
    said(anna, "Saved.")
    expect(box(anna, "Petr Fox, Engineer, step 2 Lawyers")).to_be_visible()
    anna.presses("Undo")
    said(anna, "Taken back.")
    expect(box(anna, "Ivan Ray, Buyer, step 2 Lawyers")).to_be_visible()
    anna.page.reload()
    expect(numbers).to_have_count(3)
    for scheme in ("light", "dark"):
        anna.page.evaluate("one => document.documentElement.dataset.bsTheme = one", scheme)
        assert barriers_on(anna.page) == []
    anna.page.set_viewport_size({"width": 390, "height": 844})
    assert too_wide(anna.page) == []
