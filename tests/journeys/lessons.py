"""What a journey of learning needs of its own: a newcomer, three pages, questions and a path."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys.people import DESK, House, Person

SECRET = "eleven patient dumplings"
OLD_PRICE, NEW_PRICE = "250.00", "275.00"
HOLDS = {
    "Price per box": "#fact-price_per_box",
    "Days good": "#fact-days_good",
    "A box holds twelve bars and is never opened for a sample.": "/pages/",
}
"""Where the page holds the answer, by the beginning of the words that stand there."""
PRODUCT_TEXT = "It is sold by the box.\n\nA box holds twelve bars and is never opened for a sample."
MANNERS_TEXT = "Listen first, then speak.\n\nA call lasts ten minutes."
HOUSE_TEXT = "The store opens at eight.\n\nThe yard is closed at night."


@dataclass(frozen=True)
class Lessons:
    """The addresses of the pages and of the path, and their titles."""

    name: str
    house: str
    manners: str
    product: str
    path: str

    @property
    def product_id(self) -> str:
        return self.product.rsplit("/", 1)[1]

    def title(self, what: str) -> str:
        return f"{self.name}: {what}"


def invited(house: House, adam: Person, email: str, role: str = "newcomer") -> str:
    """Ask a colleague to come; the link of the invitation."""
    adam.goes_to("/people/invite")
    adam.fills("E-mail address", email)
    adam.page.locator("[name=role]").select_option(role)
    adam.page.locator("[name=language]").select_option("en")
    adam.presses("Invite")
    link = adam.page.get_by_label("Link of the invitation").input_value()
    return house.address + urlsplit(link).path


def writes_lessons(anna: Person, vera: Person, name: str) -> Lessons:
    """Three pages, the product with questions, and a path through all of them."""
    slug = makes_category(vera, name)
    house = anna.makes_page(f"{name}: the house", HOUSE_TEXT)
    manners = anna.makes_page(f"{name}: manners", MANNERS_TEXT)
    product = makes_product(anna, slug, f"{name}: the halva")
    makes_questions(anna, product)
    titles = [f"{name}: {what}" for what in ("the house", "manners", "the halva")]
    return Lessons(name, house, manners, product, makes_path(vera, name, titles))


def makes_category(vera: Person, name: str) -> str:
    """A category with facts of its own; the word in its address."""
    slug = re.sub(r"\W+", "-", name.lower())
    vera.goes_to("/products/categories/new")
    vera.fills("Name in Russian", f"Халва, {name}")
    vera.fills("Name in English", f"Halva, {name}")
    vera.fills("Word in the address", slug)
    facts = (("Цена за короб", "Price per box", "money"), ("Срок, суток", "Days good", "number"))
    for row, (russian, english, kind) in enumerate(facts):
        vera.page.locator(f"[name=label_ru-{row}]").fill(russian)
        vera.page.locator(f"[name=label_en-{row}]").fill(english)
        vera.page.locator(f"[name=kind-{row}]").select_option(kind)
    vera.presses("Save")
    vera.page.wait_for_url(re.compile(f"/products/{slug}$"))
    return slug


def makes_product(anna: Person, slug: str, title: str) -> str:
    """A page with a price; its address without the slug."""
    anna.goes_to(f"/pages/new?category={slug}&language=en")
    anna.fills("Title", title)
    anna.fills("Price per box", OLD_PRICE)
    anna.fills("Days good", "180")
    anna.writes(PRODUCT_TEXT)
    anna.saves()
    anna.sees_saved(1)
    return urlsplit(anna.page.url).path.split("-")[0]


def makes_questions(anna: Person, product: str) -> None:
    """Those of the facts at one press, and one by hand."""
    anna.goes_to(product)
    anna.follows("Make check questions about this page")
    anna.presses("Make from the facts")
    expect(anna.page.locator(".questions-listed > li")).to_have_count(2)
    anna.follows("Write a question")
    anna.fills("Question", "May a box be opened for a sample?")
    for number, words in ((1, "Never"), (2, "Once a week"), (3, "When the client asks")):
        anna.fills(f"Answer {number}", words)
    anna.page.get_by_label("Answer 1 is right").check()
    anna.fills("Sentence, copied from the page", PRODUCT_TEXT.splitlines()[-1])
    anna.presses("Save the question")
    expect(anna.page.locator(".questions-listed > li")).to_have_count(3)


def makes_path(vera: Person, name: str, titles: list[str]) -> str:
    """A path of these pages, one after the other, each by the third day; its address."""
    vera.goes_to("/learning/paths/new")
    vera.fills("Name", f"{name}: first week")
    vera.fills("What for", "You can answer the first call.")
    vera.presses("Go on to the pages")
    titled = vera.page.get_by_label("Title of the page")
    for number, title in enumerate(titles):
        titled.nth(number).fill(title)
    vera.presses("Each after the one before")
    expect(vera.page.locator(".path-row-first").nth(1)).to_contain_text(f"after: {titles[0]}")
    vera.page.get_by_label(re.compile("^By which day")).last.fill("3")
    vera.presses("Save as a new version")
    expect(vera.page.locator(".path-places > li")).to_have_count(len(titles))
    return urlsplit(vera.page.url).path


def puts_on_path(vera: Person, path: str, newcomer: str, mentor: str) -> None:
    """From today on, with a mentor."""
    vera.goes_to(path)
    vera.chooses("Whom", newcomer)
    vera.chooses("Mentor", mentor)
    vera.presses("Put on the path")
    expect(vera.page.locator("#people .rows")).to_contain_text(newcomer)


def changes_price_and_comma(anna: Person, lessons: Lessons) -> None:
    """The product costs more; on another page a comma goes."""
    anna.goes_to(f"{lessons.product}/edit")
    anna.fills("Price per box", NEW_PRICE)
    anna.saves()
    anna.sees_saved(2)
    anna.goes_to(f"{lessons.manners}/edit")
    anna.replaces("Listen first, then", "Listen first then")
    anna.saves()
    anna.sees_saved(2)


def sits_down(house: House, link: str, **wishes: object) -> Person:
    """A newcomer with the invitation open in a browser of their own."""
    newcomer = house.browser.new_context(viewport=wishes.pop("viewport", DESK), **wishes)  # type: ignore[arg-type]
    person = Person(newcomer, house.address)
    person.page.goto(link)
    return person
