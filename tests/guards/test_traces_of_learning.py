"""Who may not see a page finds no trace of what is learned, asked and verified about it."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from products.catalogue.care.models import Contradiction
from products.onboarding.models import ReadingPathVersion
from products.onboarding.paths.stored import as_rows
from products.onboarding.questions.editing import make_from_facts
from products.onboarding.reading.services import confirm_reading
from products.onboarding.unclear.rules import Chosen
from products.onboarding.unclear.services import ask
from tests.conftest import Cast, SetClock
from tests.factories.pages import rewrite_page
from tests.factories.questions import facts_of, product, product_category, whole_facts
from tests.products.onboarding.paths.making import made_path, put_on, read
from wiki import clock as wiki_clock
from wiki.accounts.actor import EVERYONE, Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]

ADDRESSES = """
/ /reading /learning /learning/matrix /learning/matrix?path={path} /learning/matrix.csv
/learning/matrix.csv?path={path} /learning/paths /learning/paths/{path}
/learning/paths/{path}/versions/1 /questions/results /care /care?who=all /care/freshness
/unclear /unclear?show=all /gaps?show=open /contradictions /contradictions?which=all /notices
/products/compare?page={first}&page={second} /search?q=Pelmeni
/pages/{first} /pages/{first}/selling /pages/{first}/unclear /pages/{first}/links
/care/pages/{first} /questions/{first}
/api/reading /api/learning /api/learning/matrix /api/learning/matrix/{path}
/api/learning/paths/{path} /api/care /api/care/freshness /api/unclear /api/gaps
/api/contradictions /api/questions/results /api/pages/{first}/terms /api/pages/{first}/selling
"""
CHANGING = re.compile(r'nonce="[^"]*"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|content="[^"]+"')


Numbers = dict[str, int]
"""The path and the pages that everybody may see."""


def looks(browser: FlaskClient, numbers: Numbers) -> dict[str, str]:
    """What somebody reads at all addresses, without what differs from one look to the next."""

    def seen() -> Iterator[tuple[str, str]]:
        for address in ADDRESSES.split():
            answer = browser.get(address.format_map(numbers), follow_redirects=True)
            assert answer.status_code < 500, address
            yield address, f"{answer.status_code} {CHANGING.sub('', answer.text)}"

    return dict(seen())


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The addresses at which something else is read now."""
    return [address for address in after if after[address] != before[address]]


def everything_about(
    app: Flask, cast: Cast, database: Database, category: int, numbers: Numbers
) -> None:
    """A page of Anna's team: read, asked about, in a path, contradicted, changed, out of date."""
    facts = whole_facts() | facts_of("777.00")
    hidden = product(
        app, cast.anna, category, "Pelmeni hidden", facts, f"team:{cast.anna.team_id}",
        body="Hidden words here. [[Pelmeni 0]] costs 5 ₽.",
    )  # fmt: skip
    with app.test_request_context(), database.transaction() as session:
        confirm_reading(session, cast.nina, hidden, 1)
        ask(session, cast.nina, hidden, Chosen("Hidden words here."), "What is hidden?")
        make_from_facts(session, cast.anna, hidden)
        version = session.query(ReadingPathVersion).filter_by(path_id=numbers["path"]).one()
        version.items = [*version.items, *as_rows([read("h", hidden, "a", due=1)])]
        session.add(contradiction(numbers["first"], hidden))
    rewrite_page(app, cast.anna, hidden, facts=whole_facts() | facts_of("900.00"))


def contradiction(one: int, other: int) -> Contradiction:
    """Both pages give another price."""
    place = {"revision": 1, "where": "fact", "value": "1", "heading": "", "fact": "price"}
    places = [place | {"page": page, "words": "1 ₽", "unit": ""} for page in (one, other)]
    return Contradiction(
        key="hidden",
        page_id=one,
        other_id=other,
        quantity="price",
        places=places,
        found_at=wiki_clock.now(),
    )


@pytest.mark.slow
def test_a_page_of_another_team_changes_nothing_that_boris_reads(
    app: Flask, cast: Cast, database: Database, browser_of: Browser, clock: SetClock
) -> None:
    category = product_category(database, cast.vera)
    pages = [
        product(app, cast.anna, category, f"Pelmeni {n}", whole_facts(), EVERYONE) for n in range(2)
    ]
    path = made_path(database, cast.vera, read("a", pages[0]), read("b", pages[1], "a"))
    with database.transaction() as session:
        put_on(session, cast.vera, path, cast.nina, cast.boris, mentor=cast.boris)
    numbers = Numbers(path=path, first=pages[0], second=pages[1])
    clock.forward(days=500)
    boris, nina = browser_of(cast.boris), browser_of(cast.nina)
    looks(boris, numbers)
    boris_before, nina_before = looks(boris, numbers), looks(nina, numbers)
    clock.forward(days=-499)
    everything_about(app, cast, database, category, numbers)
    clock.forward(days=499)
    assert differing(boris_before, looks(boris, numbers)) == []
    assert len(differing(nina_before, looks(nina, numbers))) > 10
