"""A manager's first hour with a client: typed, drawn, judged, printed, and brought up to date."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from tests.journeys.conftest import Arrival
from tests.journeys.people import Person

pytestmark = pytest.mark.journey
OUTLINE = """\
Генеральный директор — Орлова Ольга Петровна [Дирекция]
  Финансовый директор — Зимин Егор Ильич
    Главный бухгалтер — Рощина Инна (и. о.)
    Казначей
  Коммерческий директор — Гаврилов Захар
    Начальник закупок — Климова Алла
      Старший закупщик — Соколов Дмитрий
      Закупщик — ?
  Директор по ИТ — Тихонов Кирилл
    Начальник безопасности — Белов Глеб
"""
NEXT = """\
Номер;Кому подчиняется;Должность;Сотрудник;Подразделение
1;;Генеральный директор;Орлова Ольга Петровна;Дирекция
2;1;Финансовый директор;Зимин Егор Ильич;
3;1;Коммерческий директор;Новикова Пелагея;
4;3;Начальник закупок;Климова Алла;
5;4;Старший закупщик;Соколов Дмитрий;
6;99;Кладовщик;Бобров Пётр;
"""


def box(person: Person, words: str) -> Locator:
    """The box of the drawing whose spoken name has these words."""
    return person.page.locator("[role=treeitem][data-id]").filter(
        has=person.page.get_by_text(words, exact=True)
    )


def drags(person: Person, words: str, onto: str) -> None:
    """Take the box with the mouse and let it go over another one."""
    start, end = place_of(box(person, words)), place_of(box(person, onto))
    mouse = person.page.mouse
    with person.page.expect_response(re.compile(r"/chart/edits$")) as answer:
        mouse.move(start["x"] + 20, start["y"] + 12)
        mouse.down()
        mouse.move(end["x"] + 30, end["y"] + 14, steps=8)
        mouse.move(end["x"] + 32, end["y"] + 16)
        mouse.up()
    assert answer.value.ok, answer.value.text()


def place_of(one: Locator) -> FloatRect:
    """Where a box is when the drawing has come to rest."""
    one.element_handle().wait_for_element_state("stable")
    place = one.bounding_box()
    assert place is not None
    return place


def manager_of(person: Person, client: str, title: str) -> str:
    """To whom the position reports, as the server has it now."""
    answer = person.context.request.get(f"{person.address}/api/clients/{client}/chart").json()
    titles = {one["id"]: one["title"] for one in answer["positions"]}
    manager = next(one.get("manager") for one in answer["positions"] if one["title"] == title)
    return str(titles.get(manager, ""))


def makes_client(person: Person, name: str) -> str:
    """A client of that name; its number."""
    person.goes_to("/clients/new")
    person.fills("Client name", name)
    person.presses("Make the client")
    person.page.wait_for_url(re.compile(r"/clients/\d+$"))
    return person.page.url.rpartition("/")[2]


def types_outline(person: Person, client: str, text: str) -> None:
    """Type the chart as a text, look at what will happen, and let it happen."""
    person.goes_to(f"/clients/{client}/chart/outline")
    person.page.locator("main textarea").first.fill(text)
    person.presses("Show what will happen")
    person.sees("Nothing has been changed yet.")
    person.presses("Change the chart")
    person.page.wait_for_url(re.compile(r"/chart$"))


def test_a_client_is_typed_drawn_judged_printed_and_brought_up_to_date(
    arrives: Arrival, tmp_path: Path
) -> None:
    anna = arrives("anna")
    client = makes_client(anna, "Journey Retail")
    types_outline(anna, client, OUTLINE)
    expect(anna.page.locator("[role=treeitem][data-id]")).to_have_count(10)
    anna.pictures("dossier-typed")

    for title, onto in (("Казначей", "Коммерческий директор"), ("Закупщик", "Казначей")):
        drags(anna, title, onto)
        assert manager_of(anna, client, title) == onto

    sets_role(anna, client, "Орлова Ольга Петровна", "economic buyer")
    looks_at_yesterday(anna, client)
    takes_out_pdf(anna, client, tmp_path)
    takes_in_next_file(anna, client, tmp_path)
    assert manager_of(anna, client, "Начальник закупок") == "Коммерческий директор"


def sets_role(person: Person, client: str, name: str, role: str) -> None:
    """On the person's page, one question."""
    person.goes_to(f"/clients/{client}/people")
    person.follows(name)
    person.page.get_by_text("Add a role").click()
    form = person.page.locator("form#role")
    form.locator("[name=role-value]").select_option(label=role)
    form.get_by_role("button", name="Save").click()
    person.sees(role)


def looks_at_yesterday(person: Person, client: str) -> None:
    """The day before the client was written down, nothing was known of it."""
    yesterday = date.today() - timedelta(days=1)
    person.goes_to(f"/clients/{client}/chart?on={yesterday.isoformat()}")
    expect(person.page.locator("[role=treeitem][data-id]")).to_have_count(0)
    person.goes_to(f"/clients/{client}/chart")
    expect(person.page.locator("[role=treeitem][data-id]")).to_have_count(10)


def takes_out_pdf(person: Person, client: str, folder: Path) -> None:
    """The whole chart as a PDF."""
    answer = person.context.request.get(f"{person.address}/clients/{client}/chart.pdf")
    assert answer.status == 200
    assert answer.body().startswith(b"%PDF-")
    (folder / "chart.pdf").write_bytes(answer.body())


def takes_in_next_file(person: Person, client: str, folder: Path) -> None:
    """A later list of the client: what it changes is shown first, then accepted."""
    file = folder / "next.csv"
    file.write_text(NEXT, "utf-8")
    person.goes_to(f"/clients/{client}/people/import")
    person.page.locator("input[type=file]").set_input_files(file)
    person.page.locator("main form button[type=submit]").first.click()
    person.presses("Show what will happen")
    person.sees("Новикова Пелагея")
    person.sees("99")
    person.pictures("dossier-import")
    person.page.locator("main form button.btn-primary").first.click()
    person.goes_to(f"/clients/{client}/chart")
    expect(box(person, "Новикова Пелагея")).to_be_visible()
