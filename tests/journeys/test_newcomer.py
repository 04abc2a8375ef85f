"""Nina is new: she reads, finds, asks."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrival
from tests.journeys.people import House, sign_in

pytestmark = pytest.mark.journey


def test_a_newcomer_signs_in_and_is_greeted(demonstration: House) -> None:
    nina = demonstration.stranger()
    nina.goes_to("/products/pelmeni")
    nina.sees_heading("Sign in")
    nina.pictures("newcomer-sign-in")
    sign_in(nina, "nina")
    nina.sees_heading(re.compile("Good day|Добрый день"))
    nina.pictures("newcomer-start")
    nina.leave()
    assert nina.complaints == []


def test_a_newcomer_reads_a_product_page_and_follows_its_links(arrives: Arrival) -> None:
    nina = arrives("nina")
    nina.goes_to("/products/pelmeni?language=ru")
    nina.follows("Пельмени «Домашние»")
    nina.sees_heading("Пельмени «Домашние»")
    nina.sees_in("table.facts", "PL-101")
    nina.pictures("newcomer-reads")
    assert nina.page.get_by_role("link", name="Edit", exact=True).count() == 0
    nina.page.locator("article.prose").get_by_role("link", name="Цены и скидки").click()
    nina.sees_heading("Цены и скидки")
    nina.follows("In English")
    nina.sees_in("h1", re.compile("[Pp]rices"))


def test_a_newcomer_finds_a_page_by_any_form_of_its_words(arrives: Arrival) -> None:
    nina = arrives("nina")
    nina.goes_to("/")
    box = nina.page.get_by_role("searchbox", name="Search everything")
    box.fill("вареник с вишней")
    box.press("Enter")
    result = nina.page.locator(".result-title a").first
    expect(result).to_contain_text("вишн")
    nina.pictures("newcomer-search")
    result.click()
    expect(nina.page.locator("h1")).to_contain_text("вишн")


def test_a_newcomer_asks_in_the_discussion_and_watches_the_page(arrives: Arrival) -> None:
    nina = arrives("nina")
    nina.goes_to("/products/vareniki?language=ru")
    nina.page.locator("table a").first.click()
    nina.presses("Watch")
    expect(nina.page.get_by_role("button", name="Watching")).to_be_visible()
    nina.follows("Discussion")
    nina.fills("New comment", "Сколько варить, если их <b>много</b>?")
    nina.presses("Send")
    nina.sees_in(".comment-body", "Сколько варить, если их <b>много</b>?")
    nina.pictures("newcomer-asks")
