"""Removing a position that a path needs asks what acts in its place, and is taken back whole."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.edits import change_step
from dossiers.approvals.paths.queries import newest_version
from dossiers.approvals.paths.replacing import replaced
from dossiers.approvals.paths.services import (
    Draft,
    Told,
    archive_path,
    confirm_version,
    save_version,
)
from dossiers.approvals.steps import Step
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.positions import Reports, remove_position
from dossiers.people.editing.taking_back import take_back
from dossiers.people.editing.uses import Instead, InUse, uses_of
from tests.conftest import Cast, SetClock
from tests.dossiers.approvals.chart.paths import BrowserOf, Walked, walked_chart
from tests.factories.approvals import usual_document
from wiki.database import Database
from wiki.errors import Clash, Refusal


@pytest.fixture
def walked(database: Database, cast: Cast, clock: SetClock) -> Walked:
    return walked_chart(database, cast)


def steps(database: Database, walked: Walked) -> dict[str, Step]:
    with database.transaction() as session:
        path = session.get_one(ApprovalPath, walked.path)
        return dict(newest_version(session, path).document.by_code)


def acting(database: Database, walked: Walked, code: str) -> tuple[int, ...]:
    return steps(database, walked)[code].positions


def test_a_needed_position_is_not_removed_before_somebody_says_what_acts_instead(
    database: Database, cast: Cast, walked: Walked
) -> None:
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, walked.client)
        with pytest.raises(InUse, match="«Equipment»"):
            remove_position(pen, walked.seats["Lawyer"])
        remove_position(pen, walked.seats["Guard"])


def test_another_position_acts_instead_and_undo_and_redo_bring_both(
    database: Database, cast: Cast, walked: Walked
) -> None:
    lawyer, guard = walked.seats["Lawyer"], walked.seats["Guard"]
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, walked.client)
        change = remove_position(pen, lawyer, instead=Instead(guard)).id
    assert acting(database, walked, "legal") == (guard,)
    with database.transaction() as session:
        undo = take_back(open_dossier(session, cast.anna, walked.client), change).id
    assert acting(database, walked, "legal") == (lawyer,)
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, walked.client)
        assert {use.name for use in uses_of(session, walked.client, [lawyer])} == {"Equipment"}
        take_back(pen, undo)
    assert acting(database, walked, "legal") == (guard,)


def test_nobody_known_yet_leaves_the_step_without_anybody(
    database: Database, cast: Cast, walked: Walked
) -> None:
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, walked.client)
        remove_position(pen, walked.seats["Lawyer"], instead=Instead())
    assert acting(database, walked, "legal") == ()
    assert acting(database, walked, "sign") == (walked.seats["Director"],)


def test_what_others_changed_in_the_path_since_stays_when_the_removal_is_taken_back(
    database: Database, cast: Cast, walked: Walked
) -> None:
    change = _removed(database, cast, walked)
    with database.transaction() as session:
        _save(session, cast, walked, "sign", title="Signature of the director")
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, walked.client), change)
    found = steps(database, walked)
    assert found["legal"].positions == (walked.seats["Lawyer"],)
    assert found["sign"].title == "Signature of the director"


def test_a_step_that_got_somebody_else_since_is_not_torn_by_taking_back(
    database: Database, cast: Cast, walked: Walked
) -> None:
    change = _removed(database, cast, walked)
    with database.transaction() as session:
        _save(session, cast, walked, "legal", positions=(walked.seats["Director"],))
    with pytest.raises(Clash, match="Equipment"), database.transaction() as session:
        take_back(open_dossier(session, cast.anna, walked.client), change)
    assert acting(database, walked, "legal") == (walked.seats["Director"],)


def _removed(database: Database, cast: Cast, walked: Walked) -> int:
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, walked.client)
        instead = Instead(walked.seats["Guard"])
        return remove_position(pen, walked.seats["Lawyer"], instead=instead).id


def _save(session: Session, cast: Cast, walked: Walked, code: str, **values: Any) -> None:
    path = session.get_one(ApprovalPath, walked.path)
    document = newest_version(session, path).document
    changed = change_step(document, replace(document.by_code[code], **values))
    save_version(session, cast.anna, walked.client, path.id, Draft(changed, path.newest))


def test_a_whole_branch_asks_once_for_all_that_act_in_it(
    database: Database, cast: Cast, walked: Walked
) -> None:
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, walked.client)
        lawyer, director, buyer = (walked.seats[t] for t in ("Lawyer", "Director", "Buyer"))
        with pytest.raises(Refusal, match="goes, too"):
            remove_position(pen, lawyer, Reports.BRANCH, Instead(buyer))
        remove_position(pen, lawyer, Reports.BRANCH, Instead(director))
    assert acting(database, walked, "legal") == acting(database, walked, "request") == (director,)


def test_a_path_in_the_archive_asks_for_nothing(
    database: Database, cast: Cast, walked: Walked
) -> None:
    with database.transaction() as session:
        archive_path(session, cast.anna, walked.client, walked.path)
        pen = open_dossier(session, cast.anna, walked.client)
        remove_position(pen, walked.seats["Lawyer"])
    assert acting(database, walked, "legal") == (walked.seats["Lawyer"],)


def test_replacing_keeps_a_step_possible() -> None:
    document = usual_document({"legal": 1})
    step = document.by_code["legal"]
    many = change_step(document, replace(step, positions=(1, 2, 3), needed=3, deputy=4))
    found = replaced(many, {2}, 3).by_code["legal"]
    assert (found.positions, found.needed, found.deputy) == ((1, 3), 2, 4)
    gone = replaced(many, {1, 2, 3, 4}, None).by_code["legal"]
    assert (gone.positions, gone.needed, gone.deputy) == ((), None, None)
    assert replaced(many, {4}, 1).by_code["legal"].deputy is None
    assert replaced(many, {9}, 1) == many


def test_the_form_and_the_edit_ask_too(
    cast: Cast, walked: Walked, database: Database, browser_of: BrowserOf
) -> None:
    anna, lawyer = browser_of(cast.anna), walked.seats["Lawyer"]
    here = f"{walked.base}/positions/{lawyer}"
    page = anna.get(here).text
    assert "This position acts in approval paths:" in page
    assert "Acts in these approval paths" in page
    assert "Who acts in its place?" not in anna.get(_page(walked, "Guard")).text
    form = {"remove-reports": "lift", "remove-base": ""}
    refused = anna.post(f"{here}/remove", data=form)
    assert refused.status_code == 422
    assert "Approval paths need this position: «Equipment»." in refused.text
    done = anna.post(f"{here}/remove", data={**form, "remove-instead": "Guard"})
    assert done.status_code == 302
    assert acting(database, walked, "legal") == (walked.seats["Guard"],)


def _page(walked: Walked, title: str) -> str:
    return f"{walked.base}/positions/{walked.seats[title]}"


def test_a_program_is_asked_and_may_say_that_nobody_is_known(
    cast: Cast, walked: Walked, database: Database, browser_of: BrowserOf
) -> None:
    anna, lawyer = browser_of(cast.anna), walked.seats["Lawyer"]
    uses = anna.get(f"/api/clients/{walked.client}/positions/{lawyer}/uses").json
    path = {"name": "Equipment", "address": f"{walked.base}/paths/{walked.path}"}
    assert uses == {"position": [path], "branch": [path]}
    edit = {"kind": "remove_position", "position": lawyer}
    address = f"/api/clients/{walked.client}/chart/edits"
    refused = anna.post(address, json={"edit": edit})
    assert (refused.status_code, "«Equipment»" in refused.get_json()["error"]) == (422, True)
    done = anna.post(address, json={"edit": {**edit, "instead": "nobody"}})
    assert done.status_code == 200, done.text
    assert acting(database, walked, "legal") == ()


def test_the_preview_of_an_outline_says_which_paths_lose_somebody(
    cast: Cast, walked: Walked, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    outline = f"{walked.base}/chart/outline"
    opened = anna.get(outline).text
    base = opened.partition('name="base_number" value="')[2].partition('"')[0]
    text = f"Director — Olga #{walked.seats['Director']}"
    form = {"text": text, "base_number": base, "remove": "1", "source": "colleague"}
    page = anna.post(outline, data={**form, "deed": "preview"}).text
    assert "Positions end that act in approval paths." in page
    del form["remove"]
    kept = anna.post(outline, data={**form, "deed": "preview"}).text
    assert "What will happen" in kept
    assert "Positions end that act in approval paths." not in kept


def test_the_page_of_a_person_names_the_paths_of_their_positions(
    cast: Cast, walked: Walked, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    people = anna.get(f"/api/clients/{walked.client}/people").get_json()["people"]
    page = {one["name"]: one["id"] for one in people}
    assert "2a Legal" in anna.get(f"/persons/{page['Ivan']}").text


def test_a_confirmed_path_says_that_a_newer_version_names_who_acts_instead(
    database: Database, cast: Cast, walked: Walked, browser_of: BrowserOf, clock: SetClock
) -> None:
    anna, guard = browser_of(cast.anna), walked.seats["Guard"]
    here = f"{walked.base}/paths/{walked.path}"
    with database.transaction() as session:
        told = Told(clock.moment.date(), name="Olga")
        confirm_version(session, cast.anna, walked.client, walked.path, 1, told)
    for address in (here, f"{here}/answer?amount=5"):
        assert "is newer and not confirmed" not in anna.get(address).text
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, walked.client)
        change = remove_position(pen, walked.seats["Lawyer"], instead=Instead(guard)).id
    for address in (here, f"{here}/answer?amount=5"):
        page = anna.get(address).text
        assert "Version 2 is newer and not confirmed yet." in page
        assert "The confirmed one names a position that is gone from the chart" in page
        assert f'href="{here}/versions/2"' in page
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, walked.client), change)
    for address in (here, f"{here}/answer?amount=5"):
        assert "is newer and not confirmed" not in anna.get(address).text
    assert "All 3 versions" in anna.get(here).text
