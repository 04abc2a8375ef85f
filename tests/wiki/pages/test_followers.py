"""Packages above are told of every new revision of a page."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from products.onboarding.models import PageToRead, RevisionWeight
from tests.conftest import Cast
from tests.factories.pages import rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry
from wiki.history.services import record
from wiki.pages import followers
from wiki.pages.models import Page, Revision


@pytest.fixture
def told() -> Iterator[list[tuple[int | None, int]]]:
    heard: list[tuple[int | None, int]] = []
    followers.follow_revisions(
        "test",
        lambda _session, _actor, _page, before, revision: heard.append(
            (before.number if before else None, revision.number)
        ),
    )
    yield heard
    del followers._followers["test"]


def test_a_follower_is_told_of_a_new_page_and_of_each_saving(
    app: Flask, cast: Cast, told: list[tuple[int | None, int]]
) -> None:
    page = write_page(app, cast.anna, "Mixer", "5 kg.")
    rewrite_page(app, cast.anna, page, body="6 kg.")
    assert told == [(None, 1), (1, 2)]


@pytest.mark.parametrize("how", ["mistake", "double", "absent"])
def test_a_follower_that_fails_keeps_no_text_from_being_saved_and_nobody_else_from_following(
    app: Flask, database: Database, cast: Cast, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    page = write_page(app, cast.anna, "Mixer", "5 kg.")
    followers.follow_revisions("broken", _FAILURES[how])
    try:
        rewrite_page(app, cast.anna, page, body="6 kg.")
    finally:
        del followers._followers["broken"]
    with database.reading() as session:
        assert session.get_one(Page, page).current_number == 2
        assert session.get_one(PageToRead, page).material == 2
        assert not session.query(HistoryEntry).filter_by(action="half a deed").count()
    assert "without all that follows" in caplog.text


def _fail(
    session: Session, actor: Actor, page: Page, _before: Revision | None, _now: Revision
) -> None:
    record(session, actor, "half a deed", "page", page.id)
    session.flush()
    raise ZeroDivisionError


def _fail_double(
    session: Session, actor: Actor, page: Page, _before: Revision | None, now: Revision
) -> None:
    record(session, actor, "half a deed", "page", page.id)
    row = {"page_id": page.id, "number": now.number, "material": False, "reasons": []}
    session.execute(insert(RevisionWeight), [{**row, "at": now.at}] * 2)


def _fail_absent(
    session: Session, actor: Actor, page: Page, _before: Revision | None, _now: Revision
) -> None:
    record(session, actor, "half a deed", "page", page.id)
    session.execute(text("select nothing from nowhere"))


_FAILURES = {"mistake": _fail, "double": _fail_double, "absent": _fail_absent}
