"""Vera looks after the whole: history, lists of facts, import and export."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.factories.files import archive
from tests.journeys.conftest import Arrival
from tests.journeys.looking import barriers_on

pytestmark = pytest.mark.journey


def test_a_director_compares_restores_and_takes_back(arrives: Arrival) -> None:
    vera = arrives("vera")
    page = vera.makes_page("A page with a past", "One.\n\nThe price is **10**.\n\nThree.")
    for number, (old, new) in enumerate((("10", "12"), ("Three.", "Three and four.")), start=2):
        vera.goes_to(f"{page}/edit")
        vera.replaces(old, new)
        vera.saves()
        vera.sees_saved(number)
    vera.follows("History")
    vera.pictures("director-history")
    vera.page.get_by_label("Old: version 1").check()
    vera.presses("Compare the two chosen")
    expect(vera.page.locator(".diff[data-view=side] del", has_text="10")).to_be_visible()
    vera.pictures("director-compare-side", full_page=True)
    vera.follows("In one column")
    expect(vera.page.locator(".diff[data-view=inline] ins", has_text="12")).to_be_visible()
    vera.pictures("director-compare-inline", full_page=True)
    vera.presses("Restore version 1")
    vera.says_yes()
    vera.sees_saved(4)
    assert "**10**" in vera.source_of(page)
    vera.goes_to(f"{page}/compare?from=3&to=4")
    vera.presses("Undo this change")
    vera.says_yes()
    vera.sees_saved(5)
    vera.goes_to(f"{page}/compare?from=1&to=2")
    vera.presses("Undo this change")
    vera.says_yes()
    vera.sees_saved(6)
    text = vera.source_of(page)
    assert "**10**" in text
    assert "Three and four." in text


def test_a_director_looks_at_the_catalogue_of_a_past_day(arrives: Arrival) -> None:
    vera = arrives("vera")
    vera.goes_to("/products/pelmeni?language=ru")
    vera.presses("Show")
    vera.sees_in("table", "Version then")
    vera.sees_in("table", "Пельмени «Домашние»")
    vera.pictures("director-past")
    vera.fills("As it was on", "2020-01-31")
    vera.presses("Show")
    vera.sees("Nothing had been written by that day")


def test_a_director_adds_a_fact_to_a_category_and_its_pages_ask_for_it(arrives: Arrival) -> None:
    vera = arrives("vera")
    vera.goes_to("/products/equipment?language=en")
    vera.follows("Facts of this category")
    row = vera.page.locator("tbody tr").filter(has=vera.page.locator("[name^=label_en][value='']"))
    row.first.get_by_label("Name in Russian").fill("Шум")
    row.first.get_by_label("Name in English").fill("Noise")
    row.first.get_by_label("Kind").select_option("number")
    row.first.get_by_label("Unit").fill("dB")
    vera.pictures("director-facts", full_page=True)
    vera.saves()
    vera.goes_to("/pages/new?category=equipment&language=en")
    expect(vera.page.get_by_label(re.compile("^Noise, dB"))).to_be_visible()


def test_a_director_imports_a_zip_reads_the_report_and_exports(
    arrives: Arrival, tmp_path: Path
) -> None:
    vera = arrives("vera")
    packed = tmp_path / "winter.zip"
    pages = {
        "menu/soup.md": b"# Winter soup\n\nGoes with [the bread](bread.md) and [salt](salt.md).\n",
        "menu/bread.md": b"# Winter bread\n\n> [!NOTE]\n> Baked daily.\n",
    }
    packed.write_bytes(archive(*pages, **pages))
    vera.goes_to("/transfer")
    vera.page.get_by_label("ZIP of Markdown files").set_input_files(packed)
    vera.pictures("director-import-form", full_page=True)
    vera.presses("Import")
    vera.sees_heading("Import of winter.zip")
    expect(vera.page.get_by_role("row", name="Pages created")).to_contain_text("2")
    vera.sees(re.compile("Links to pages that are not here"))
    vera.pictures("director-import-report", full_page=True)
    assert barriers_on(vera.page) == []
    vera.page.get_by_text("Pages created (2)").click()
    vera.follows("Winter soup")
    vera.page.locator("article.prose").get_by_role("link", name="the bread").click()
    vera.sees_heading("Winter bread")
    vera.goes_to("/transfer")
    vera.presses("Export")
    with vera.page.expect_download() as download:
        vera.follows("Download the ZIP")
    names = ZipFile(BytesIO(Path(download.value.path()).read_bytes())).namelist()
    assert any(name.endswith("soup.md") for name in names), names
