"""The first day of an empty installation."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench.instance import Instance
from tests.journeys.looking import barriers_on
from tests.journeys.people import House

pytestmark = pytest.mark.journey
SECRET = "seven frozen dumplings"


def test_an_empty_installation_gets_an_administrator_a_colleague_and_a_page(
    tmp_path: Path, browser: Browser
) -> None:
    home = tmp_path / "instance"
    with Instance(home).serving() as server:
        house = House(browser, server.address)
        olga, pavel = house.stranger(), house.stranger()
        olga.goes_to("/")
        olga.sees_heading("The first administrator")
        olga.pictures("first-administrator")
        assert barriers_on(olga.page) == []
        olga.page.locator("[name=code]").fill((home / "setup_code").read_text().strip())
        olga.page.locator("[name=name]").fill("Olga Orlova")
        olga.page.locator("[name=email]").fill("olga@firm.example")
        olga.page.locator("[name=password]").fill(SECRET)
        olga.page.locator("[name=language]").select_option("en")
        olga.presses("Make the account")
        olga.sees("Welcome! You are the administrator.")
        olga.pictures("first-people")
        olga.follows(re.compile("^Invite"))
        olga.fills("E-mail address", "pavel@firm.example")
        olga.page.locator("[name=role]").select_option("manager")
        olga.presses("Invite")
        link = olga.page.get_by_label("Link of the invitation").input_value()
        pavel.page.goto(link)
        pavel.pictures("first-invitation")
        assert barriers_on(pavel.page) == []
        pavel.page.locator("[name=name]").fill("Pavel Petrov")
        pavel.page.locator("[name=password]").fill(SECRET)
        pavel.page.locator("[name=language]").select_option("en")
        pavel.presses("Make the account")
        pavel.sees("Nothing has been written yet")
        pavel.pictures("first-empty-start")
        pavel.follows("Write the first page")
        pavel.fills("Title", "Our first product")
        pavel.writes("It is sold every week.")
        pavel.saves()
        pavel.sees_saved(1)
        olga.goes_to("/")
        olga.follows("Our first product")
        olga.sees_heading("Our first product")
        for person in (olga, pavel):
            person.leave()
            assert person.complaints == []
