"""Deeds with paths and runs in the list of a client's changes: told, taken back, done again."""

import re

import pytest
from flask.testing import FlaskClient

from dossiers.approvals.kinds import StepState
from dossiers.approvals.paths.services import (
    Draft,
    Told,
    archive_path,
    confirm_version,
    name_path,
    restore_version,
    save_version,
)
from dossiers.approvals.runs.services import Beginning, Move, begin_run, move_step
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.positions import remove_position
from dossiers.people.editing.uses import Instead
from tests.conftest import Cast, SetClock
from tests.dossiers.approvals.chart.paths import BrowserOf, Walked, walked_chart
from tests.factories.approvals import usual_document
from wiki.database import Database

SENTENCES = (
    "new approval path Equipment",
    "path Equipment saved as version 2: they said so",
    "path Equipment is again as in version 1",
    "path Equipment, version 3, was confirmed",
    "path Equipment is now called Lathes",
    "Line 4 walks the path Lathes",
    "Line 4: Request – passed",
    "position Lawyer is gone",
    "path Lathes was archived",
)


@pytest.fixture
def walked(database: Database, cast: Cast, clock: SetClock) -> Walked:
    found = walked_chart(database, cast)
    client, path, anna = found.client, found.path, cast.anna
    with database.transaction() as session:
        draft = Draft(usual_document(), 1, why="they said so")
        save_version(session, anna, client, path, draft)
        restore_version(session, anna, client, path, 1)
        confirm_version(session, anna, client, path, 3, Told(clock.moment.date(), name="Olga"))
        name_path(session, anna, client, path, "Lathes")
        run = begin_run(session, anna, client, path, Beginning("Line 4")).id
        move_step(session, anna, client, run, Move("request", StepState.PASSED))
        pen = open_dossier(session, anna, client)
        remove_position(pen, found.seats["Lawyer"], instead=Instead(None))
        archive_path(session, anna, client, path)
    return found


def history(browser: FlaskClient, walked: Walked) -> str:
    return browser.get(f"{walked.base}/history").text


def test_every_deed_is_told_in_a_sentence(
    walked: Walked, cast: Cast, browser_of: BrowserOf
) -> None:
    page = history(browser_of(cast.anna), walked)
    for sentence in SENTENCES:
        assert sentence in page, sentence


def test_the_button_beside_each_deed_takes_it_back_and_does_it_again(
    walked: Walked, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    # The newest first: what stands on others is taken back before them.
    for sentence in reversed(SENTENCES[3:]):
        undo = button(history(anna, walked), sentence)
        page = anna.post(undo, follow_redirects=True).text
        assert "Taken back:" in page, sentence
    for sentence in SENTENCES[3:]:
        page = anna.post(
            button(history(anna, walked), f"taken back: {sentence}"), follow_redirects=True
        ).text
        assert "Done again:" in page, sentence


def button(page: str, sentence: str) -> str:
    """The address of the form that stands beside the first deed told so."""
    rest = page.split(sentence, 1)[1]
    found = re.search(r'action="(/clients/\d+/changes/\d+/undo)"', rest)
    assert found, sentence
    return found[1]


def test_who_may_only_read_sees_the_deeds_without_buttons(
    walked: Walked, cast: Cast, browser_of: BrowserOf
) -> None:
    page = history(browser_of(cast.nina), walked)
    assert SENTENCES[0] in page
    assert "/undo" not in page
