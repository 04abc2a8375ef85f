"""Anna writes a page: facts, a picture, a link, and the word of the server that it is saved."""

from base64 import b64encode

import pytest
from playwright.sync_api import expect

from tests.factories.files import picture
from tests.journeys.conftest import Arrival
from tests.journeys.people import Person

pytestmark = pytest.mark.journey

_BRING = """(target, [kind, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const brought = new DataTransfer();
  brought.items.add(new File([bytes], name, {type: "image/png"}));
  const place = target.getBoundingClientRect();
  const at = {bubbles: true, cancelable: true, clientX: place.x + 10, clientY: place.y + 10};
  target.dispatchEvent(kind === "paste"
    ? new ClipboardEvent("paste", {...at, clipboardData: brought})
    : new DragEvent("drop", {...at, dataTransfer: brought}));
}"""

FACTS = {
    "Article": "PL-777",
    "Weight per pack, g": "900",
    "List price per pack": "299.50",
    "Shelf life at −18 °C, days": "180",
    "Declaration valid until": "2028-01-31",
    "Meat share of the filling, %": "80",
}


def fill_facts(person: Person) -> None:
    """All that a page on pelmeni must say."""
    for label, text in FACTS.items():
        person.fills(label, text)
    person.chooses("Packaging", "Retail bag")
    person.chooses("Halal", "no")


def bring(person: Person, kind: str, name: str) -> None:
    """Paste or drop a picture into the text, and wait until it is there."""
    data = b64encode(picture(width=len(name) * 20, height=60)).decode()
    person.editor.evaluate(_BRING, [kind, name, data])
    expect(person.editor).to_contain_text(f"/{name})")


def test_a_manager_writes_a_page_with_facts_pictures_and_links(arrives: Arrival) -> None:
    anna = arrives("anna")
    anna.goes_to("/products/pelmeni?language=en")
    anna.follows("New page")
    anna.fills("Title", "Pelmeni “Siberian”")
    anna.sees_in(".cm-content", "Who to offer it to")
    fill_facts(anna)
    anna.writes("\n\nA **new** product, made for winter.\n\n")
    anna.sees_in("#preview strong", "new")
    bring(anna, "paste", "pasted.png")
    bring(anna, "drop", "dropped.png")
    anna.writes("\n\nSee ")
    anna.page.keyboard.type("[[Pric")
    anna.page.locator(".cm-tooltip-autocomplete li").first.click()
    expect(anna.editor).to_contain_text("[[Prices")
    expect(anna.page.locator("#preview img")).to_have_count(2)
    anna.pictures("manager-writes", full_page=True)
    anna.saves()
    anna.sees_saved(1)
    anna.sees_in("table.facts", "PL-777")
    anna.sees_in("table.facts", "900 g")
    expect(anna.page.locator("article.prose img")).to_have_count(2)
    anna.pictures("manager-saved", full_page=True)
    anna.page.locator("article.prose").get_by_role("link", name="Prices").click()
    anna.sees_in("h1", "Prices")


def test_what_was_just_saved_is_found_at_once(arrives: Arrival) -> None:
    anna = arrives("anna")
    anna.makes_page("Quxel freezer lids", "A lid with the word **zanzibarite** on it.")
    anna.goes_to("/search?q=zanzibarite")
    for _try in range(40):
        if anna.page.locator(".result").count():
            break
        anna.page.reload()
    anna.sees_in(".result", "Quxel freezer lids")


def test_a_wrong_fact_is_said_beside_it_and_nothing_typed_is_lost(arrives: Arrival) -> None:
    anna = arrives("anna")
    anna.may_hear = "422"
    anna.goes_to("/pages/new?category=pelmeni&language=en")
    anna.fills("Title", "Pelmeni with a wrong weight")
    fill_facts(anna)
    anna.fills("Weight per pack, g", "twelve pounds")
    anna.writes("\n\nThese words stay.")
    anna.saves()
    anna.sees_in(".field-invalid", "Weight per pack")
    anna.sees_in(".cm-content", "These words stay.")
    anna.pictures("manager-wrong-fact", full_page=True)
    anna.fills("Weight per pack, g", "1.2")
    anna.saves()
    anna.sees_saved(1)
    anna.sees_in("article.prose", "These words stay.")
