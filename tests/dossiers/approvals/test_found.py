"""Approval paths in the search: by subject, steps, documents and who acts, within sight."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from dossiers.approvals.document import PathDocument
from dossiers.approvals.paths.edits import change_step
from dossiers.approvals.paths.services import Draft, archive_path, name_path, save_version
from dossiers.people.duplicates.clients import merge_clients
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.positions import Wanted, change_position
from dossiers.people.editing.taking_back import take_back
from search.indexing import compare, keep_current
from search.queries import Wanted as Asked
from search.queries import search_visible_to
from tests.conftest import Cast, SetClock
from tests.dossiers.approvals.chart.paths import BrowserOf, Walked, walked_chart
from tests.dossiers.clients.making import add_client
from tests.factories.approvals import usual_document
from wiki.accounts.actor import Actor
from wiki.database import Database


class Finder:
    """Asks the search; with `is_indexing` only once the index is up to date."""

    def __init__(self, app: Flask, database: Database, is_indexing: bool) -> None:
        self.app, self.database, self.is_indexing = app, database, is_indexing

    def found(self, actor: Actor, typed: str) -> list[str]:
        """The addresses of the paths that are found."""
        while self.is_indexing and keep_current(self.database, self.app.extensions["search"]):
            pass
        with self.database.reading() as session:
            found = search_visible_to(session, actor, self.app.extensions["search"], Asked(typed))
        return [hit.document.url for hit in found.hits if hit.document.kind == "path"]


@pytest.fixture(params=[False, True], ids=["waiting", "indexed"])
def finder(request: pytest.FixtureRequest, app: Flask, database: Database) -> Iterator[Finder]:
    yield Finder(app, database, request.param)
    while keep_current(database, app.extensions["search"]):
        pass
    assert not compare(database, app.extensions["search"], lambda _done: None)


@pytest.fixture
def walked(database: Database, cast: Cast, clock: SetClock) -> Walked:
    return walked_chart(database, cast)


def with_papers() -> PathDocument:
    document = usual_document()
    legal = replace(document.by_code["legal"], title="Jurists", documents=("Pledge letter",))
    return change_step(document, legal)


def test_a_path_is_found_by_all_that_stands_in_its_newest_version(
    finder: Finder, database: Database, cast: Cast, walked: Walked
) -> None:
    here = [f"{walked.base}/paths/{walked.path}"]
    for words in ("Equipment", "kind:path lawyer", "path Request", "kind:согласование Buyer"):
        assert finder.found(cast.nina, words) == here, words
    with database.transaction() as session:
        save_version(session, cast.anna, walked.client, walked.path, Draft(with_papers(), 1))
    for words in ("Jurists", "pledge letter"):
        assert finder.found(cast.nina, words) == here, words
    assert finder.found(cast.nina, "kind:path Legal") == []


def test_another_subject_the_archive_and_undo_are_found_at_once(
    finder: Finder, database: Database, cast: Cast, walked: Walked
) -> None:
    with database.transaction() as session:
        change = name_path(session, cast.anna, walked.client, walked.path, "Licences").id
    assert len(finder.found(cast.nina, "Licences")) == 1
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, walked.client), change)
    assert finder.found(cast.nina, "Licences") == []
    with database.transaction() as session:
        change = archive_path(session, cast.anna, walked.client, walked.path).id
    assert finder.found(cast.nina, "Equipment") == []
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, walked.client), change)
    assert len(finder.found(cast.nina, "Equipment")) == 1


def test_a_path_is_found_by_the_new_title_of_who_acts(
    finder: Finder, database: Database, cast: Cast, walked: Walked
) -> None:
    assert finder.found(cast.nina, "kind:path Solicitor") == []
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, walked.client)
        change_position(pen, walked.seats["Lawyer"], Wanted("Solicitor"))
    assert len(finder.found(cast.nina, "kind:path Solicitor")) == 1


def test_paths_of_restricted_clients_are_found_by_their_team_alone(
    finder: Finder, database: Database, cast: Cast, clock: SetClock
) -> None:
    secret = walked_chart(database, cast, "Secret", restricted=True)
    assert finder.found(cast.anna, "Equipment") == [f"{secret.base}/paths/{secret.path}"]
    assert finder.found(cast.boris, "Equipment") == []


def test_a_path_is_found_in_the_dossier_into_which_its_client_was_merged(
    finder: Finder, database: Database, cast: Cast, walked: Walked
) -> None:
    with database.transaction() as session:
        other = add_client(session, cast.anna, "Lepestok").id
    with database.transaction() as session:
        change = merge_clients(session, cast.anna, other, walked.client).id
    assert finder.found(cast.nina, "Equipment") == [f"/clients/{other}/paths/{walked.path}"]
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, other), change)
    assert finder.found(cast.nina, "Equipment") == [f"{walked.base}/paths/{walked.path}"]


def test_paths_are_a_kind_of_their_own_among_the_choices(
    app: Flask, database: Database, cast: Cast, walked: Walked, browser_of: BrowserOf
) -> None:
    while keep_current(database, app.extensions["search"]):
        pass
    page = browser_of(cast.nina).get("/search?q=Equipment").text
    assert "Approval path" in page
    assert f'href="{walked.base}/paths/{walked.path}' in page
