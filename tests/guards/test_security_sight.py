"""Nobody sees, runs or is sent what is not theirs, whichever way it came in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.conftest import Cast
from tests.factories.pages import write_page
from wiki import mail
from wiki.accounts import wording
from wiki.accounts.actor import Actor
from wiki.config import Settings
from wiki.database import Database
from wiki.errors import Refusal
from wiki.history.models import HistoryEntry
from wiki.pages.facts import Field, Kind
from wiki.pages.models import Page
from wiki.pages.shelving import Plan, add_category, change_category
from wiki.pages.transfer.importing import import_tree
from wiki.pages.transfer.known import key_of
from wiki.pages.transfer.report import Report
from wiki.pages.transfer.workshop import workshop_of

Browser = Callable[[Actor | None], FlaskClient]


def _import(app: Flask, actor: Actor, folder: Path, text: str) -> Report:
    folder.mkdir(exist_ok=True)
    (folder / "page.md").write_text(text, "utf-8")
    return import_tree(workshop_of(app), actor, folder)


def test_a_copy_from_before_signing_in_anew_is_not_good_any_more(
    app: Flask, cast: Cast, browser_of: Browser
) -> None:
    nina, page = browser_of(cast.nina), write_page(app, cast.anna, "Pelmeni")
    address = nina.get(f"/pages/{page}").location
    nina.get(address)
    first = nina.get(address)
    tag = {"If-None-Match": first.headers["ETag"]}
    assert nina.get(address, headers=tag).status_code == 304
    with nina.session_transaction() as session:
        session["csrf_token"] = "of the next session"
    again = nina.get(address, headers=tag)
    assert again.status_code == 200
    assert again.text != first.text


@pytest.mark.parametrize(
    "fact",
    [
        "{url: 'javascript:alert(1)'}",
        "{url: 'https://[', x: y}",
        "{value: many, unit: kg}",
        "{amount: NaN, currency: RUB}",
        "{amount: '1', currency: '<b>'}",
        "{page: 1}",
    ],
)
@pytest.mark.parametrize("head", ["", "dossier-wiki: '1'\nlanguage: en\n"])
def test_an_imported_fact_that_is_none_is_left_out_and_the_page_can_be_read(
    app: Flask, cast: Cast, browser_of: Browser, tmp_path: Path, fact: str, head: str
) -> None:
    text = f"---\ntitle: Beer\n{head}facts:\n  site: {fact}\n  good: yes\n---\n\nText.\n"
    report = _import(app, cast.vera, tmp_path / "in", text)
    assert [line.path for line in report.remarks] == ["page.md"]
    (made,) = report.created
    shown = browser_of(cast.nina).get(f"/pages/{made.page_id}", follow_redirects=True)
    assert shown.status_code == 200
    assert "javascript:" not in shown.text
    assert "good" in shown.text


def test_an_import_does_not_tell_which_titles_others_have(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    audience = f"team:{cast.anna.team_id}"
    write_page(app, cast.anna, "Secret", audience=audience)
    for title in ("Secret", "Nothing"):
        head = f"dossier-wiki: '1'\nlanguage: en\naudience: {audience}\n"
        report = _import(app, cast.vera, tmp_path / title, f"---\ntitle: {title}\n{head}---\n\nx\n")
        assert (report.remarks, len(report.refused), report.created) == ([], 1, [])


def test_a_forged_version_in_a_file_stops_no_import(
    app: Flask, cast: Cast, database: Database, tmp_path: Path
) -> None:
    ident = write_page(app, cast.anna, "Beer", "Here.")
    with database.reading() as session:
        key = key_of(ident, session.scalars(select(Page.created_at)).one())
    head = f"title: Beer\ndossier-wiki: '1'\nlanguage: en\nsource: {key}\nrevision: '0'\n"
    report = _import(app, cast.vera, tmp_path / "in", f"---\n{head}---\n\nThere.\n")
    assert [done.page_id for done in report.conflicts] == [ident]


@pytest.mark.parametrize("address", ["a@[", "(@b", "a@b:", "a\\@b"])
def test_an_address_that_no_letter_can_bear_is_refused(address: str) -> None:
    with pytest.raises(Refusal):
        wording.check_email(address)


def test_a_letter_that_cannot_be_sent_does_not_hold_up_the_others(
    database: Database, settings: Settings
) -> None:
    with database.transaction() as session:
        for address in ("a@[", "anna@example.com"):
            mail.post(session, address, "Hello", "Text.")
    assert mail.send_due(database, settings) == 1
    with database.reading() as session:
        letters = session.scalars(select(mail.Letter).order_by(mail.Letter.id)).all()
    assert [letter.sent_at is not None for letter in letters] == [False, True]
    assert letters[0].tries == 1


def test_what_a_category_said_before_it_was_changed_stays_in_the_history(
    cast: Cast, database: Database
) -> None:
    size = Field("size", "Размер", "Size", Kind.TEXT)
    with database.transaction() as session:
        made = add_category(
            session, cast.vera, Plan("Да", "Yes", template_ru="Мой текст", fields=(size,))
        )
        change_category(session, cast.vera, made.id, Plan("Да", "Yes"))
    with database.reading() as session:
        last = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
    assert last is not None
    assert last.before is not None
    assert last.after is not None
    assert (last.before["template_ru"], last.before["fields"]["size"]["label_en"]) == (
        "Мой текст", "Size",
    )  # fmt: skip
    assert (last.after["template_ru"], last.after["fields"]) == ("", {})


def test_what_is_no_page_does_not_part_translations(
    app: Flask, cast: Cast, browser_of: Browser, database: Database
) -> None:
    one = write_page(app, cast.anna, "Beer")
    other = write_page(app, cast.anna, "Пиво", language="ru")
    anna = browser_of(cast.anna)
    for typed, status in ((str(other), 302), ("Пиво", 404), ("/pages/x", 404)):
        assert anna.post(f"/pages/{one}/twin", data={"twin": typed}).status_code == status
    with database.reading() as session:
        assert session.get_one(Page, one).twin_group == one
