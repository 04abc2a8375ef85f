"""Several people at one path and one run: nothing that the server took is lost or doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from dossiers.approvals.models import PathVersion, RunEvent, SignatureForecast
from tests.conftest import Cast
from tests.dossiers.approvals.runs.making import Walked, walked_by
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]

EDITS = 6


@pytest.fixture
def walk(database: Database, cast: Cast) -> Walked:
    with database.transaction() as session:
        return walked_by(session, cast.anna)


class Editor:
    """Somebody who changes one path again and again, and looks anew whenever told to."""

    def __init__(self, browser: FlaskClient, walk: Walked, name: str, seed: int) -> None:
        self.browser, self.name, self.random = browser, name, Random(seed)
        self.here = f"/api/clients/{walk.client}/paths/{walk.path}"
        self.added: set[str] = set()
        self.saved: list[int] = []

    def work(self) -> None:
        for number in range(EDITS):
            while not self.saves(f"{self.name} {number}"):
                pass

    def saves(self, title: str) -> bool:
        """Add a step behind any, and call another one otherwise; `False` when somebody was first.

        The newest version is asked for by its number: the one in force may be older.
        """
        newest = self.browser.get(self.here).json["newest"]
        seen = self.browser.get(f"{self.here}?version={newest}").json["document"]
        steps: list[dict[str, Any]] = seen["steps"]
        after = self.random.choice(steps)["code"]
        code = f"x{self.random.getrandbits(32):08x}"
        steps.append({"code": code, "title": title, "kind": "legal", "after": [after]})
        self.random.choice(steps)["title"] = title
        answer = self.browser.post(
            f"{self.here}/versions", json={"document": seen, "base": newest, "why": title}
        )
        assert answer.status_code in (200, 409), answer.text
        if answer.status_code == 200:
            self.added.add(code)
            self.saved.append(answer.json["number"])
        return answer.status_code == 200


def together(work: list[Callable[[], Any]]) -> list[Any]:
    """Everybody at once."""
    with ThreadPoolExecutor(len(work)) as threads:
        return [done.result() for done in [threads.submit(one) for one in work]]


def test_every_version_that_the_server_took_is_kept_and_every_step_is_in_the_newest(
    walk: Walked, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    people = (cast.anna, cast.vera, cast.adam)
    editors = [Editor(browser_of(one), walk, one.name, n) for n, one in enumerate(people)]
    together([editor.work for editor in editors])
    with database.reading() as session:
        versions = session.scalars(
            select(PathVersion).where(PathVersion.path_id == walk.path).order_by(PathVersion.number)
        ).all()
    numbers = sorted(number for editor in editors for number in editor.saved)
    assert numbers == list(range(2, 2 + EDITS * len(editors)))
    assert [version.number for version in versions] == [1, *numbers]
    there = {step["code"] for step in versions[-1].document["steps"]}
    assert there >= set[str]().union(*(editor.added for editor in editors))


def test_of_many_who_begin_one_deal_or_tap_one_step_one_is_first(
    walk: Walked, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    browsers = [browser_of(one) for one in (cast.anna, cast.vera, cast.adam)]
    new = f"/api/clients/{walk.client}/paths/{walk.path}/runs"
    begun = together([lambda b=b: b.post(new, json={"deal": "Line 9"}) for b in browsers])  # type: ignore[misc]
    assert sorted(answer.status_code for answer in begun) == [201, 409, 409]
    move = {"step": "request", "state": "passed", "seen": 0}
    moves = f"/api{walk.url}/moves"
    moved = together([lambda b=b: b.post(moves, json=move) for b in browsers])  # type: ignore[misc]
    assert sorted(answer.status_code for answer in moved) == [200, 409, 409]
    with database.reading() as session:
        assert session.scalar(select(func.count(RunEvent.id))) == 1


def test_many_who_look_at_a_forecast_at_once_keep_one_a_day(
    walk: Walked, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        for kept in session.scalars(select(SignatureForecast)):
            session.delete(kept)
    browsers = [browser_of(one) for one in (cast.anna, cast.vera, cast.adam, cast.boris)]
    page = f"{walk.url}/forecast"
    answers = together([lambda b=b: b.get(page) for b in browsers])  # type: ignore[misc]
    assert {answer.status_code for answer in answers} == {200}
    with database.reading() as session:
        assert session.scalar(select(func.count(SignatureForecast.id))) == 1
