"""A newcomer asks about a sentence with one key; its owner answers; the mark survives an edit."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Arrival
from tests.journeys.people import Person

_SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector("article.prose"), 4);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
  }
}"""


def asks(person: Person, words: str, question: str) -> None:
    """Select words of the page, press the key, write, send: no mouse."""
    person.page.evaluate(_SELECT, words)
    expect(person.page.locator("[data-unclear-float]")).to_be_visible()
    person.page.keyboard.press("u")
    expect(person.page.locator("[data-unclear-quote]")).to_have_text(words)
    person.page.keyboard.type(question)
    person.page.keyboard.press("Control+Enter")
    person.page.wait_for_url(re.compile("#unclear-"))


def test_one_key_asks_and_the_mark_stays_on_its_sentence(arrives: Arrival) -> None:
    anna = arrives("anna")
    address = anna.makes_page(
        "Marinade for gaskets", "It bears acid. The **seal** swells in oil, a little. Ask us."
    )
    nina = arrives("nina")
    nina.goes_to(address)
    asks(nina, "swells in oil", "How much is a little?")
    marks = nina.page.locator("mark.unclear-mark")
    expect(marks).to_have_text(["The ", "seal", " swells in oil, a little."])
    expect(nina.page.locator("a.unclear-link")).to_have_count(1)
    anna.goes_to(f"{address}/edit")
    anna.replaces("a little", "by 2 %")
    anna.saves()
    anna.sees_saved(2)
    nina.goes_to(address)
    expect(marks).to_have_text(["The ", "seal", " swells in oil, by 2 %."])
    anna.goes_to("/unclear")
    anna.sees("How much is a little?")
    anna.presses("I have mended the page")
    nina.goes_to("/notices")
    nina.sees("mended an unclear sentence")
