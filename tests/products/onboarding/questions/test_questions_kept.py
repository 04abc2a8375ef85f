"""Questions keep step with their page; only what changed comes again."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from products.onboarding.kinds import QuestionKind
from products.onboarding.models import CheckQuestion, QuestionAttempt, Reading
from products.onboarding.questions.editing import (
    bring_back,
    change_question,
    make_from_facts,
    take_out,
    write_question,
)
from products.onboarding.questions.keeping import KIND
from products.onboarding.questions.queries import count_due
from products.onboarding.questions.rules.hand import Typed
from products.onboarding.questions.services import answer_question, begin_attempt
from products.onboarding.reading.services import confirm_reading
from products.onboarding.weight.services import overrule
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.pages import desk_of, rewrite_page
from tests.factories.questions import facts_of, product, product_category, whole_facts
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal
from wiki.history.models import HistoryEntry
from wiki.pages.restoring import set_archived

HAND = Typed("Where are they made?", ("In the old hall", "At sea"), 0, "", "in the old hall")
Due = Callable[[Actor], int]


@pytest.fixture(autouse=True)
def _at_work(app: Flask) -> Iterator[None]:
    """Words of answers need the application."""
    with app.app_context():
        yield


@pytest.fixture
def shelf(database: Database, cast: Cast) -> int:
    return product_category(database, cast.vera)


@pytest.fixture
def page(app: Flask, database: Database, cast: Cast, shelf: int) -> int:
    """A page with a question of each fact but the link, and one by hand."""
    page = product(app, cast.anna, shelf, "Domashnie", whole_facts())
    with database.transaction() as session:
        assert make_from_facts(session, cast.anna, page) == 7
        write_question(session, cast.anna, page, HAND)
    return page


@pytest.fixture
def due(database: Database, page: int) -> Due:
    def count(actor: Actor) -> int:
        with database.reading() as session:
            return count_due(session, actor.id, [page, 999_999]).get(page, 0)

    return count


def kept(database: Database, page: int) -> dict[str | None, CheckQuestion]:
    with database.reading() as session:
        rows = session.scalars(select(CheckQuestion).where(CheckQuestion.page_id == page))
        return {row.fact_key: row for row in rows}


def new_price(app: Flask, author: Actor, page: int, price: str) -> None:
    rewrite_page(app, author, page, facts={**whole_facts(), **facts_of(price)})


def begin(database: Database, actor: Actor, page: int) -> QuestionAttempt:
    with database.transaction() as session:
        return begin_attempt(session, actor, page)


def answer_all(
    database: Database, actor: Actor, attempt: QuestionAttempt, wrong: int = 0
) -> QuestionAttempt:
    """Answer everything, the first so many wrongly."""
    for place, one in enumerate(attempt.asked):
        chosen = (one["right"] + (place < wrong)) % len(one["answers"])
        with database.transaction() as session:
            attempt = answer_question(session, actor, attempt.id, place, chosen)
    return attempt


def passes(database: Database, actor: Actor, page: int) -> QuestionAttempt:
    attempt = answer_all(database, actor, begin(database, actor, page))
    assert attempt.passed
    return attempt


def confirmed(database: Database, actor: Actor, page: int) -> tuple[int, bool] | None:
    with database.reading() as session:
        row = session.get(Reading, (actor.id, page))
        return (row.revision, row.by_questions) if row else None


def test_a_newcomer_is_asked_all_and_passing_is_the_confirmation(
    database: Database, cast: Cast, page: int, due: Due
) -> None:
    assert due(cast.nina) == 8
    with pytest.raises(Refusal), database.transaction() as session:
        confirm_reading(session, cast.nina, page, 1)
    attempt = passes(database, cast.nina, page)
    assert (attempt.right, len(attempt.asked)) == (8, 8)
    assert confirmed(database, cast.nina, page) == (1, True)
    assert due(cast.nina) == 0
    assert due(cast.boris) == 8


def test_below_the_pass_mark_nothing_is_confirmed(
    database: Database, cast: Cast, page: int, due: Due
) -> None:
    failed = answer_all(database, cast.nina, begin(database, cast.nina, page), wrong=2)
    assert (failed.right, failed.passed) == (6, False)
    assert confirmed(database, cast.nina, page) is None
    assert due(cast.nina) == 8
    nearly = answer_all(database, cast.nina, begin(database, cast.nina, page), wrong=1)
    assert (nearly.right, nearly.passed) == (7, True)


def test_when_one_fact_changes_only_its_question_comes_again(
    app: Flask, database: Database, cast: Cast, page: int, due: Due
) -> None:
    passes(database, cast.nina, page)
    new_price(app, cast.anna, page, "350.00")
    assert (due(cast.nina), due(cast.boris)) == (1, 8)
    attempt = begin(database, cast.nina, page)
    [only] = attempt.asked
    assert only["kind"] == QuestionKind.CHANGE
    assert "“Price” has changed" in only["words"]
    assert only["answers"][only["right"]] == "RUB\u00a0350.00"
    assert "RUB\u00a0312.00" in only["answers"]
    assert answer_all(database, cast.nina, attempt).passed
    assert confirmed(database, cast.nina, page) == (2, True)
    assert due(cast.nina) == 0


def test_a_comma_asks_nothing(
    app: Flask, database: Database, cast: Cast, page: int, due: Due
) -> None:
    passes(database, cast.nina, page)
    rewrite_page(app, cast.anna, page, body="Made, in the old hall. Kept at minus eighteen.")
    assert due(cast.nina) == 0


def test_an_editor_who_overrules_the_change_spares_the_question(
    app: Flask, database: Database, cast: Cast, page: int, due: Due
) -> None:
    passes(database, cast.nina, page)
    new_price(app, cast.anna, page, "312.10")
    with database.transaction() as session:
        overrule(session, cast.anna, page, 2, False, "A slip in the price")
    assert due(cast.nina) == 0


def test_whoever_confirmed_before_there_were_questions_is_not_asked_until_a_change(
    app: Flask, database: Database, cast: Cast, shelf: int
) -> None:
    page = product(app, cast.anna, shelf, "Old", whole_facts())
    with database.transaction() as session:
        confirm_reading(session, cast.nina, page, 1)
    new_price(app, cast.anna, page, "350.00")
    with database.transaction() as session:
        made = make_from_facts(session, cast.anna, page)
        assert count_due(session, cast.nina.id, [page]) == {page: 1}
        assert count_due(session, cast.boris.id, [page]) == {page: 7}
    assert made == 6  # the change of the price made its own question


def test_questions_made_later_count_from_the_version_of_the_value(
    app: Flask, database: Database, cast: Cast, shelf: int
) -> None:
    page = product(app, cast.anna, shelf, "Old", {"halal": True})
    rewrite_page(app, cast.anna, page, facts={"halal": True, "pack": "bag"})
    rewrite_page(app, cast.anna, page, body="Another text with 5 kg.")
    with database.transaction() as session:
        make_from_facts(session, cast.anna, page)
    assert {key: one.revision for key, one in kept(database, page).items()} == {
        "halal": 1,
        "pack": 2,
    }


def test_a_change_makes_a_question_also_where_there_was_none(
    app: Flask, database: Database, cast: Cast, shelf: int
) -> None:
    page = product(app, cast.anna, shelf, "Bare", facts_of("10.00"))
    assert kept(database, page) == {}
    rewrite_page(app, cast.anna, page, facts=facts_of("12.00"))
    [question] = kept(database, page).values()
    assert (question.kind, question.revision) == (QuestionKind.CHANGE, 2)
    assert [one["value"]["amount"] for one in question.answers] == ["12.00", "10.00"]
    rewrite_page(app, cast.anna, page, facts=facts_of("14.00"))
    [question] = kept(database, page).values()
    assert [one["value"]["amount"] for one in question.answers] == ["14.00", "12.00", "10.00"]
    with database.reading() as session:
        entries = session.scalars(select(HistoryEntry).filter_by(subject_kind=KIND)).all()
    assert [entry.after for entry in entries] == [
        {"number": 2, "facts": ["price"]},
        {"number": 3, "facts": ["price"]},
    ]


def test_another_spelling_of_a_value_is_no_change(
    app: Flask, database: Database, cast: Cast, page: int
) -> None:
    new_price(app, cast.anna, page, "312")
    assert kept(database, page)["price"].revision == 1


def test_a_dash_instead_of_a_value_is_saved(
    app: Flask, database: Database, cast: Cast, page: int
) -> None:
    for article in ("—", "a", "PL-7"):
        rewrite_page(app, cast.anna, page, facts={**whole_facts(), "article": article})
        assert kept(database, page)["article"].answers[0]["value"] == article


def test_a_fact_that_is_gone_is_not_asked_and_one_that_is_back_is(
    app: Flask, database: Database, cast: Cast, page: int, due: Due
) -> None:
    without = {key: value for key, value in whole_facts().items() if key != "price"}
    rewrite_page(app, cast.anna, page, facts=without)
    assert due(cast.nina) == 7
    rewrite_page(app, cast.anna, page, facts=whole_facts())
    assert due(cast.nina) == 8
    assert kept(database, page)["price"].revision == 3


def test_a_new_fact_of_a_page_with_questions_gets_its_question(
    app: Flask, database: Database, cast: Cast, page: int, due: Due
) -> None:
    without = {key: value for key, value in whole_facts().items() if key != "weight"}
    bare = product(app, cast.anna, 1, "Two", without)
    rewrite_page(app, cast.anna, bare, facts=whole_facts())
    assert kept(database, bare) == {}
    with database.transaction() as session:
        make_from_facts(session, cast.anna, bare)
    rewrite_page(app, cast.anna, bare, facts={**whole_facts(), "maker": "Old hall"})
    assert "maker" in kept(database, bare)
    assert kept(database, bare)["maker"].archived  # nothing is like it, so it is not asked


def test_what_an_editor_took_out_stays_out(
    app: Flask, database: Database, cast: Cast, page: int, due: Due
) -> None:
    price = kept(database, page)["price"].id
    with database.transaction() as session:
        take_out(session, cast.anna, page, price)
    assert due(cast.nina) == 7
    new_price(app, cast.anna, page, "350.00")
    with database.transaction() as session:
        assert make_from_facts(session, cast.anna, page) == 0
    assert due(cast.nina) == 7
    with database.transaction() as session:
        bring_back(session, cast.anna, page, price)
    assert due(cast.nina) == 8
    attempt = begin(database, cast.nina, page)
    assert "RUB\u00a0350.00" in [one["answers"][one["right"]] for one in attempt.asked]


def test_a_question_by_hand_rests_when_its_sentence_changes_and_wakes_when_it_is_back(
    app: Flask, database: Database, cast: Cast, page: int, due: Due
) -> None:
    rewrite_page(app, cast.anna, page, body="Made in the new hall.")
    assert due(cast.nina) == 7
    assert kept(database, page)[None].place["rest"] == "outdated"
    rewrite_page(app, cast.anna, page, body="Made  in the OLD hall.")
    assert due(cast.nina) == 8
    rewrite_page(app, cast.anna, page, body="Made in the new hall.")
    anew = HAND._replace(quote="the new hall", answers=("In the new hall", "At sea"))
    with database.transaction() as session:
        change_question(session, cast.anna, page, kept(database, page)[None].id, anew)
    assert due(cast.nina) == 8


def test_archived_pages_are_asked_of_nobody(
    app: Flask, database: Database, cast: Cast, page: int, due: Due
) -> None:
    set_archived(desk_of(app), cast.vera, page, True)
    assert due(cast.nina) == 0
    with pytest.raises(Refusal, match="archived"):
        begin(database, cast.nina, page)
    set_archived(desk_of(app), cast.vera, page, False)
    assert due(cast.nina) == 8


def test_an_attempt_keeps_its_order_and_ends_once(
    app: Flask, database: Database, cast: Cast, page: int
) -> None:
    attempt = begin(database, cast.nina, page)
    new_price(app, cast.anna, page, "350.00")
    done = answer_all(database, cast.nina, attempt)
    assert done.asked == attempt.asked
    assert done.passed
    assert confirmed(database, cast.nina, page) == (1, True)  # the version it was begun on
    with pytest.raises(Clash), database.transaction() as session:
        answer_question(session, cast.nina, attempt.id, 0, 0)


def test_attempts_are_shuffled_each_anew(database: Database, cast: Cast, page: int) -> None:
    attempts = [begin(database, cast.nina, page).asked for _ in range(6)]
    assert len({tuple(one["question"] for one in asked) for asked in attempts}) > 1
    orders = {
        tuple(one["answers"]) for asked in attempts for one in asked if "Price" in one["words"]
    }
    assert len(orders) > 1
    assert len({frozenset(order) for order in orders}) == 1  # else the one that stays is right


def test_at_most_ten_are_asked_at_once(database: Database, cast: Cast, page: int, due: Due) -> None:
    for number in range(9):
        with database.transaction() as session:
            write_question(session, cast.anna, page, HAND._replace(words=f"Where? {number}"))
    assert due(cast.nina) == 10
    attempt = passes(database, cast.nina, page)
    assert len(attempt.asked) == 10
    assert due(cast.nina) == 0


def test_only_the_learner_answers_and_only_what_there_is(
    database: Database, cast: Cast, page: int
) -> None:
    attempt = begin(database, cast.nina, page)
    for actor in (cast.boris, cast.vera):
        with pytest.raises(Missing), database.transaction() as session:
            answer_question(session, actor, attempt.id, 0, 0)
    for place, answer in ((0, 9), (99, 0), (-1, 0), (0, -1)):
        with pytest.raises(Refusal, match="Choose one"), database.transaction() as session:
            answer_question(session, cast.nina, attempt.id, place, answer)


def test_newcomers_write_no_questions(database: Database, cast: Cast, page: int) -> None:
    number = kept(database, page)["price"].id
    deeds: list[Callable[[Any], Any]] = [
        lambda session: make_from_facts(session, cast.nina, page),
        lambda session: write_question(session, cast.nina, page, HAND),
        lambda session: take_out(session, cast.nina, page, number),
        lambda session: bring_back(session, cast.nina, page, number),
    ]
    for deed in deeds:
        with pytest.raises(Forbidden), database.transaction() as session:
            deed(session)


def test_a_saving_that_changes_no_fact_costs_no_statement_more_for_many_questions(
    app: Flask, database: Database, cast: Cast, page: int, shelf: int
) -> None:
    bare = product(app, cast.anna, shelf, "Bare", {})
    rewrite_page(app, cast.anna, bare, body="Once.")
    with counting(database) as few:
        rewrite_page(app, cast.anna, bare, body="Twice.")
    with counting(database) as many:
        rewrite_page(app, cast.anna, page, body="In the old hall, twice.")
    assert len(many) == len(few)
    assert sum("check_questions" in statement for statement in many) == 1
