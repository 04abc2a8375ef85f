"""The rules of reviews: directors change them, and each version stays."""

from collections.abc import Callable

from flask.testing import FlaskClient

from dossiers.renewals.checks.kinds import Check
from dossiers.renewals.checks.rules_now import (
    LIMITS,
    Rules,
    plain_rules,
    rules_in_force,
    rules_numbered,
)
from tests.conftest import Cast, SetClock
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]


def form(**typed: str) -> dict[str, str]:
    on = {f"on-{code}": "1" for code in Check}
    usual = {name: str(limit.usual) for name, limit in LIMITS.items()}
    return {**on, **usual, "checkpoints": "180, 90", "why": "Agreed", "base": "0", **typed}


def test_a_director_switches_a_check_off_and_the_rules_before_stay(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    typed = form(met_days="30", checkpoints="90, 200, 120", why="<b>Why</b>")
    del typed["on-pages"]
    assert browser_of(cast.vera).post("/renewals/rules", data=typed).status_code == 302
    with database.reading() as session:
        now = rules_in_force(session)
        assert (now.number, now.off, now.checkpoints) == (1, {Check.PAGES}, (200, 120, 90))
        assert now.limits["met_days"] == 30
        assert now.neglect_days == 30
        assert rules_numbered(session, 0) == Rules()
    page = browser_of(cast.anna).get("/renewals/rules").text
    assert "&lt;b&gt;Why&lt;/b&gt;" in page
    assert "<b>Why" not in page
    assert "Save the rules" not in page
    assert browser_of(cast.anna).get("/renewals/rules?number=0").status_code == 200
    assert browser_of(cast.anna).get("/renewals/rules?number=7").status_code == 404


def test_rules_that_nobody_could_go_by_are_refused_and_what_was_typed_stays(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    browser = browser_of(cast.vera)
    wrong: list[dict[str, str]] = [
        {"met_days": "0"}, {"met_days": "many"}, {"checkpoints": ""}, {"checkpoints": "9999"},
        {"checkpoints": "1,2,3,4,5"}, {"why": " "}, {"change_least": "90"},
    ]  # fmt: skip
    for one in wrong:
        answer = browser.post("/renewals/rules", data=form(**{"neglect_days": "44", **one}))
        assert answer.status_code == 422
        assert 'value="44"' in answer.text
    with database.reading() as session:
        assert rules_in_force(session) == Rules()


def test_who_saves_over_newer_rules_is_told_so(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    browser = browser_of(cast.vera)
    assert browser.post("/renewals/rules", data=form()).status_code == 302
    assert browser.post("/renewals/rules", data=form()).status_code == 409
    assert browser.post("/renewals/rules", data=form(base="1")).status_code == 302


def test_only_directors_change_the_rules(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    assert browser_of(cast.anna).post("/renewals/rules", data=form()).status_code == 403
    assert browser_of(cast.anna).get("/renewals/rules").status_code == 200
    with database.reading() as session:
        assert plain_rules(rules_in_force(session)) == plain_rules(Rules())
