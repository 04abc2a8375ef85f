"""A real server, a real browser, and people who sit before it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from bench.instance import Instance
from tests.journeys.browser import launch
from tests.journeys.cutting import CuttingProxy
from tests.journeys.people import PATIENCE, House, Person


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    opened = launch(playwright)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    """The demonstration company, served as `make run` serves it; one for all journeys."""
    home = tmp_path_factory.mktemp("demonstration") / "instance"
    with Instance(home, {"demonstration": "1"}).serving() as server:
        yield House(browser, server.address, home)


Arrival = Callable[..., Person]


@pytest.fixture
def arrives(demonstration: House) -> Iterator[Arrival]:
    """Let one of the cast sit down, signed in; what their browser complained of fails the test."""
    people: list[Person] = []

    def arrive(name: str, **wishes: object) -> Person:
        people.append(demonstration.person(name, **wishes))  # type: ignore[arg-type]
        return people[-1]

    yield arrive
    for person in people:
        person.leave()
    assert [said for person in people for said in person.complaints] == []


@pytest.fixture
def cutting(demonstration: House) -> Iterator[CuttingProxy]:
    """A way to the demonstration that can be cut."""
    with CuttingProxy(demonstration.address) as proxy:
        yield proxy
