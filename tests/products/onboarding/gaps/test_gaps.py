"""Questions that no page answered: who is asked, who answers, what the machine offers."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from products.onboarding.gaps.owners import keeper_of, keepers_by_category
from products.onboarding.gaps.queries import Show, gaps_visible_to, on_start_visible_to
from products.onboarding.gaps.rules import language_of, page_number_in
from products.onboarding.gaps.seeking import Seeker
from products.onboarding.gaps.services import (
    Asked,
    answer_in_words,
    answer_with_page,
    ask,
    drop,
    refuse_page,
    reopen,
)
from products.onboarding.kinds import GapState
from products.onboarding.models import Gap
from search.indexing import keep_current
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import make_category, make_page_row, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal
from wiki.mail import Letter
from wiki.pages.watching.queries import notices_visible_to

BASE = "https://wiki.example.com"
WORDS = "acid resistance of gaskets"


@pytest.fixture
def ovens(app: Flask, database: Database, cast: Cast) -> int:
    """A category in which Boris answers for two pages and Anna for one."""
    with app.app_context(), database.transaction() as session:
        shelf = make_category(session, "Ovens")
        for number, owner in enumerate((cast.boris, cast.boris, cast.anna)):
            make_page_row(session, f"Oven {number}", owner, category_id=shelf.id)
        for number in range(5):
            make_page_row(session, f"Gone {number}", cast.anna, category_id=shelf.id, archived=True)
        return shelf.id


@pytest.fixture
def gap(app: Flask, clock: SetClock, database: Database, cast: Cast, ovens: int) -> int:
    assert clock.moment
    return put(app, database, cast.nina, ovens)


def put(
    app: Flask, database: Database, who: Actor, category: int | None, words: str = WORDS
) -> int:
    with app.app_context(), database.transaction() as session:
        return ask(session, who, Asked(words, category, BASE)).id


def row(database: Database, ident: int) -> Gap:
    with database.reading() as session:
        return session.get_one(Gap, ident)


def letters(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(one.to, one.subject) for one in session.scalars(select(Letter))]


def told(database: Database, person: Actor) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(n.kind, n.url) for n in notices_visible_to(session, person).rows]


def test_whoever_answers_for_most_living_pages_is_asked(
    app: Flask, database: Database, cast: Cast, gap: int, ovens: int
) -> None:
    kept = row(database, gap)
    assert (kept.owner_id, kept.state, kept.language) == (cast.boris.id, GapState.OPEN, "en")
    assert letters(database) == [(cast.boris.email, f"Nina asks: {WORDS}")]
    with app.app_context(), database.transaction() as session:
        keeper = keeper_of(session, [ovens])
        assert keeper is not None
        assert (keeper.name, keeper.pages) == ("Boris", 2)
        assert keepers_by_category(session) == {ovens: keeper}
        child = make_category(session, "Small ovens", None)
        child.parent_id = ovens
    app.extensions.pop("category_tree", None)
    assert row(database, put(app, database, cast.nina, child.id)).owner_id == cast.boris.id


def test_those_who_left_newcomers_and_hidden_pages_do_not_count(
    app: Flask, database: Database, cast: Cast, ovens: int, clock: SetClock
) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    with app.app_context(), database.transaction() as session:
        for number in range(4):
            make_page_row(session, f"N{number}", cast.nina, category_id=ovens)
            make_page_row(session, f"A{number}", cast.anna, category_id=ovens, audience=team)
            make_page_row(session, f"C{number}", cast.anna, category_id=ovens, room="client")
        assert (keeper := keeper_of(session, [ovens])) is not None
        assert keeper.name == "Boris"
        session.execute(
            update(User).where(User.id == cast.boris.id).values(deactivated_at=clock.moment)
        )
        assert (keeper := keeper_of(session, [ovens])) is not None
        assert keeper.name == "Anna"


def test_where_nobody_answers_the_directors_are_asked(
    app: Flask, database: Database, cast: Cast
) -> None:
    assert row(database, put(app, database, cast.nina, None)).owner_id is None
    assert {to for to, _subject in letters(database)} == {cast.vera.email, cast.adam.email}
    with database.reading() as session:
        assert len(gaps_visible_to(session, cast.vera, Show.TO_ANSWER).rows) == 1
        assert len(gaps_visible_to(session, cast.anna, Show.TO_ANSWER).rows) == 0
    with pytest.raises(Refusal):
        put(app, database, cast.nina, 99)


@pytest.mark.parametrize("words", ["", "ab", "x" * 501])
def test_odd_words_are_refused(app: Flask, database: Database, cast: Cast, words: str) -> None:
    with pytest.raises(Refusal):
        put(app, database, cast.nina, None, words)


def test_language_and_page_are_read_from_what_was_typed() -> None:
    assert (language_of("стойкость PTFE"), language_of("PTFE")) == ("ru", "en")
    assert [page_number_in(t) for t in ("7", "/pages/7-x", "https://a/pages/7", "Oven 7")] == [
        7, 7, 7, None,
    ]  # fmt: skip


def test_a_page_answers_and_the_asker_is_told_where(
    app: Flask, database: Database, cast: Cast, gap: int
) -> None:
    page = write_page(app, cast.anna, "Gaskets")
    with database.transaction() as session:
        answer_with_page(session, cast.anna, gap, page)
    kept = row(database, gap)
    assert (kept.state, kept.page_id, kept.ended_by) == (GapState.ANSWERED, page, cast.anna.id)
    assert told(database, cast.nina) == [("gap_answered", f"/pages/{page}-gaskets")]
    with pytest.raises(Clash), database.transaction() as session:
        answer_with_page(session, cast.anna, gap, page)


def test_an_answer_in_words_goes_by_letter_and_to_the_start_page(
    app: Flask, database: Database, cast: Cast, gap: int, clock: SetClock
) -> None:
    with app.app_context(), database.transaction() as session:
        answer_in_words(session, cast.boris, gap, "Up to 40 %.", BASE)
    assert letters(database)[1] == (cast.nina.email, f"Boris answered: {WORDS}")
    with database.reading() as session:
        assert [line.answer for line in on_start_visible_to(session, cast.nina)] == ["Up to 40 %."]
        assert on_start_visible_to(session, cast.boris) == []
        clock.forward(days=15)
        assert on_start_visible_to(session, cast.nina) == []


def test_a_page_that_the_asker_may_not_see_is_no_answer(
    app: Flask, database: Database, cast: Cast, gap: int
) -> None:
    secret = write_page(app, cast.vera, "Secret", audience="directors")
    old = write_page(app, cast.anna, "Old")
    rewrite_page(app, cast.vera, old, archived=True)
    with database.transaction() as session:
        notes = make_page_row(session, "Notes", cast.anna, room="client").id
    for page in (secret, old, notes, 10**6):
        with pytest.raises(Refusal), database.transaction() as session:
            answer_with_page(session, cast.vera, gap, page)
    assert row(database, gap).state is GapState.OPEN


Deed = Callable[..., None]


@pytest.mark.parametrize(
    ("deed", "who", "error"),
    [
        (lambda s, a, g: answer_in_words(s, a, g, "So.", BASE), "nina", Forbidden),
        (lambda s, a, g: answer_with_page(s, a, g, 1), "nina", Forbidden),
        (lambda s, a, g: drop(s, a, g), "anna", Forbidden),
        (lambda s, a, g: reopen(s, a, g, BASE), "nina", Clash),
    ],
)
def test_who_may_not_changes_nothing(
    app: Flask, database: Database, cast: Cast, gap: int, deed: Deed, who: str,
    error: type[Refusal],
) -> None:  # fmt: skip
    with pytest.raises(error), app.app_context(), database.transaction() as session:
        deed(session, getattr(cast, who), gap)
    assert row(database, gap).state is GapState.OPEN


def test_a_newcomer_sees_only_own_questions(
    app: Flask, database: Database, cast: Cast, gap: int
) -> None:
    other = put(app, database, cast.anna, None, "Something of Anna")
    with database.reading() as session:
        seen = gaps_visible_to(session, cast.nina, Show.OPEN).rows
        assert [line.id for line in seen] == [gap]
        assert len(gaps_visible_to(session, cast.anna, Show.OPEN).rows) == 2
    with pytest.raises(Missing), database.transaction() as session:
        drop(session, cast.nina, other)


def test_what_was_dropped_can_be_asked_again(
    app: Flask, database: Database, cast: Cast, gap: int
) -> None:
    with app.app_context(), database.transaction() as session:
        drop(session, cast.nina, gap)
    assert row(database, gap).state is GapState.DROPPED
    with app.app_context(), database.transaction() as session:
        reopen(session, cast.boris, gap, BASE)
    assert row(database, gap).state is GapState.OPEN
    assert row(database, gap).ended_at is None


@pytest.fixture
def seeker(app: Flask, database: Database) -> Seeker:
    while keep_current(database, app.extensions["search"]):
        pass
    return Seeker(database, app.extensions["search"])


def test_a_page_saved_later_is_offered_by_its_words(
    app: Flask, database: Database, cast: Cast, gap: int, seeker: Seeker, clock: SetClock
) -> None:
    assert seeker.look() == 1
    assert seeker.look() == 0
    assert row(database, gap).page_id is None
    clock.forward(hours=1)
    page = write_page(app, cast.anna, "Gaskets", "Resistance of gaskets to acid is high.")
    assert seeker.look() == 1
    assert (row(database, gap).page_id, row(database, gap).state) == (page, GapState.OPEN)
    assert told(database, cast.nina) == [("gap_found", f"/pages/{page}-gaskets")]
    assert told(database, cast.boris) == [("gap_found", f"/pages/{page}-gaskets")]
    with database.transaction() as session:
        answer_with_page(session, cast.nina, gap, page)
    assert row(database, gap).state is GapState.ANSWERED


def test_a_page_that_does_not_answer_is_not_offered_again(
    app: Flask, database: Database, cast: Cast, gap: int, seeker: Seeker, clock: SetClock
) -> None:
    clock.forward(hours=1)
    page = write_page(app, cast.anna, "Gaskets", "Resistance of gaskets to acid.")
    seeker.look()
    with database.transaction() as session:
        refuse_page(session, cast.nina, gap)
    clock.forward(hours=1)
    rewrite_page(app, cast.anna, page, body="Resistance of gaskets to acid, once more.")
    assert seeker.look() == 1
    assert row(database, gap).page_id is None
    clock.forward(hours=1)
    second = write_page(app, cast.anna, "Gaskets II", "Resistance of gaskets to acid.")
    seeker.look()
    assert row(database, gap).page_id == second


def test_pages_from_before_hidden_ones_and_unlike_ones_are_not_offered(
    app: Flask, database: Database, cast: Cast, gap: int, seeker: Seeker, clock: SetClock
) -> None:
    words = "Resistance of gaskets to acid."
    write_page(app, cast.anna, "Gaskets before", words)
    clock.forward(hours=1)
    write_page(app, cast.vera, "Hidden", words, audience="directors")
    write_page(app, cast.anna, "Bread", "Gaskets are not bread.")
    assert seeker.look() == 1
    assert row(database, gap).page_id is None
    assert told(database, cast.nina) == []


def test_looking_again_costs_one_statement_when_no_page_changed(
    database: Database, gap: int, seeker: Seeker
) -> None:
    assert row(database, gap).id == gap
    seeker.look()
    with counting(database) as sent:
        assert seeker.look() == 0
    assert [one[:6] for one in sent if not one.startswith("BEGIN")] == ["SELECT"]
