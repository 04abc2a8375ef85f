"""Hostile words in reviews, and lists that do not carry whole dossiers along."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import inspect, select

from dossiers.facts.models import Change
from dossiers.renewals.kinds import ReviewState
from dossiers.renewals.models import FollowUp, Review, ReviewRemark
from dossiers.renewals.reviews.listing import reviews_visible_to
from dossiers.renewals.reviews.queries import reviews_of
from dossiers.renewals.reviews.sealing import is_intact
from tests.conftest import Cast, SetClock
from tests.dossiers.renewals.reviews.reviewing import a_dossier, begin, sign
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
LINES = ("\x00", "position:1\x00", "a\r\nLocation: https://evil.example", "é" * 121, "")


@pytest.mark.parametrize("line", LINES)
def test_a_remark_beside_a_line_that_no_dossier_has_is_not_found(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock, line: str
) -> None:
    vera = browser_of(cast.vera)
    here = begin(vera, a_dossier(database, cast))
    answer = vera.post(f"{here}/remarks", data={"line": line, "words": "Hm"})
    assert answer.status_code == 404
    with database.reading() as session:
        assert session.scalar(select(ReviewRemark.id)) is None


def test_hostile_words_are_kept_or_refused_but_never_break_a_page(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    vera = browser_of(cast.vera)
    here = begin(vera, a_dossier(database, cast))
    for due in ("0001-01-01", "9999-12-31", "\x00", "2026-02-30", ""):
        form = {"what": "Call\x00", "user": str(cast.anna.id), "due": due}
        assert vera.post(f"{here}/follow-ups", data=form).status_code == 422, due
    form = {"what": "Call\x00\r\nback", "user": "4294967296", "due": "2026-03-20"}
    assert vera.post(f"{here}/follow-ups", data=form).status_code == 422
    form |= {"user": str(cast.anna.id)}
    assert vera.post(f"{here}/follow-ups", data=form).status_code == 302
    form = {"line": "positions:1", "words": "So\x00\x01 so"}
    assert vera.post(f"{here}/remarks", data=form).status_code == 302
    page = sign(vera, here, "Well\x00 \x0b done")
    assert "Nothing in it was changed" in page
    ident = _follow_up(database)
    door = f"/api/follow-ups/{ident}/end"
    answer = browser_of(cast.anna).post(door, json={"result": "a\ud800b\x00"})
    assert answer.status_code in (200, 422), answer.text


def _follow_up(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(FollowUp.id).order_by(FollowUp.id.desc())).first() or 0


def test_a_list_of_reviews_reads_no_snapshots(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    vera, dossier = browser_of(cast.vera), a_dossier(database, cast)
    sign(vera, begin(vera, dossier))
    with database.reading() as session:
        listed = [one.row for one in reviews_visible_to(session, cast.vera, ReviewState.SIGNED)]
        listed += reviews_of(session, cast.vera, dossier.client)
        assert listed
        for row in listed:
            assert {"snapshot", "changes", "checks"} <= inspect(row).unloaded


def test_no_deed_of_a_signed_review_can_be_taken_back(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    vera, dossier = browser_of(cast.vera), a_dossier(database, cast)
    here = begin(vera, dossier)
    vera.post(f"{here}/remarks", data={"line": "positions", "words": "Hm"})
    task = {"what": "Call", "user": str(cast.anna.id), "due": "2026-03-20"}
    vera.post(f"{here}/follow-ups", data=task)
    sign(vera, here)
    about = Change.action.like("%review%") | (Change.action == "give follow-up")
    with database.reading() as session:
        changes = session.scalars(select(Change.id).where(about)).all()
    assert len(changes) == 4
    for change in changes:
        undo = f"/clients/{dossier.client}/changes/{change}/undo"
        vera.post(undo)
    for way, form in (
        ("remarks", {"line": "positions", "words": "More"}),
        ("remarks/1/withdraw", {}),
        ("follow-ups", task),
        ("drop", {}),
        ("sign", {"verdict": "lost", "words": "No", "read": "x"}),
    ):
        assert vera.post(f"{here}/{way}", data=form).status_code == 409, way
    with database.reading() as session:
        review = session.scalars(select(Review)).one()
        assert review.state is ReviewState.SIGNED
        assert is_intact(session, review)
        assert session.scalars(select(FollowUp.due_on)).all() == [date(2026, 3, 20)]
