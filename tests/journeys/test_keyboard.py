"""Nobody needs a mouse."""

import re

import pytest
from playwright.sync_api import expect

from products.demonstration.seed import PASSWORD
from tests.journeys.people import House, Person

pytestmark = pytest.mark.journey
FOCUSED = """() => {
  const one = document.activeElement;
  return [one.getAttribute("aria-label"), one.labels?.[0]?.textContent, one.textContent]
    .map((text) => (text ?? "").trim()).find(Boolean) ?? "";
}"""


def tabs_to(person: Person, name: str) -> None:
    """Press Tab until the thing of that name has the focus."""
    seen = []
    for _step in range(80):
        person.page.keyboard.press("Tab")
        seen.append(str(person.page.evaluate(FOCUSED)))
        if seen[-1].startswith(name):
            return
    raise AssertionError(f"Tab never came to {name}: {seen}")


def test_from_signing_in_to_a_saved_page_without_the_mouse(demonstration: House) -> None:
    anna = demonstration.stranger()
    keys = anna.page.keyboard
    anna.goes_to("/account/sign-in")
    expect(anna.field("E-mail address")).to_be_focused()
    keys.type("anna@pelmen.example")
    tabs_to(anna, "Password")
    keys.type(PASSWORD)
    keys.press("Enter")
    anna.page.wait_for_url(f"{anna.address}/")
    anna.goes_to("/language/en")
    keys.press("g")
    keys.press("p")
    anna.page.wait_for_url(re.compile("/products"))
    tabs_to(anna, "New page")
    keys.press("Enter")
    anna.page.wait_for_url(re.compile("/pages/new"))
    anna.page.wait_for_selector(".cm-content")
    keys.type("Typed without a mouse")
    tabs_to(anna, "Text")
    keys.type("Every word by the keyboard.")
    tabs_to(anna, "Category")
    tabs_to(anna, "Why you changed it")
    keys.type("A test of patience")
    tabs_to(anna, "Save")
    keys.press("Enter")
    anna.sees_saved(1)
    keys.press("e")
    anna.page.wait_for_url(re.compile("/edit$"))
    anna.page.wait_for_selector(".cm-content")
    tabs_to(anna, "Text")
    keys.press("Control+End")
    keys.type(" And once more.")
    keys.press("Control+Enter")
    anna.sees_saved(2)
    anna.sees_in("article.prose", "And once more.")
    anna.leave()
    assert anna.complaints == []
