"""Marks on sentences: who asks, who answers, who is told; they move with their sentences."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from products.onboarding.kinds import MarkState
from products.onboarding.models import UnclearMark
from products.onboarding.unclear.rules import Chosen, chosen_in
from products.onboarding.unclear.services import KIND, answer, ask, mend, reopen, withdraw
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import make_page_row, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal
from wiki.history.models import HistoryEntry
from wiki.pages.watching.models import Notice
from wiki.pages.watching.queries import notices_visible_to

BODY = "The oven weighs 300 kg. The warranty is void after opening. Ask us."
WARRANTY = Chosen("warranty is void")


@pytest.fixture
def page(app: Flask, cast: Cast) -> int:
    return write_page(app, cast.anna, "Oven", BODY)


@pytest.fixture
def marked(clock: SetClock, database: Database, cast: Cast, page: int) -> int:
    assert clock.moment
    with database.transaction() as session:
        return ask(session, cast.nina, page, WARRANTY, "  Opened by whom?\r\n").id


def mark_of(database: Database, mark_id: int) -> UnclearMark:
    with database.reading() as session:
        return session.get_one(UnclearMark, mark_id)


def told(database: Database, person: Actor) -> list[tuple[str, str]]:
    with database.reading() as session:
        return [(n.kind, n.url) for n in notices_visible_to(session, person).rows]


def test_a_newcomer_asks_and_the_owner_is_told(
    database: Database, cast: Cast, page: int, marked: int
) -> None:
    mark = mark_of(database, marked)
    assert mark.quote == "The warranty is void after opening."
    assert mark.now == {"start": 19, "text": mark.quote, "changed": None}
    assert (mark.before, mark.after) == ("The oven weighs 300 kg.", "Ask us.")
    assert (mark.question, mark.state, mark.revision) == ("Opened by whom?", MarkState.OPEN, 1)
    assert told(database, cast.anna) == [("unclear_asked", f"/pages/{page}/unclear")]
    assert told(database, cast.vera) == told(database, cast.nina) == []


def test_without_an_owner_who_is_here_the_directors_are_told(
    app: Flask, database: Database, cast: Cast, clock: SetClock
) -> None:
    page = write_page(app, cast.boris, "Pump", "It pumps.")
    with database.transaction() as session:
        session.execute(
            update(User).where(User.id == cast.boris.id).values(deactivated_at=clock.moment)
        )
        ask(session, cast.nina, page, Chosen("pumps"), "What?")
    assert [kind for kind, _url in told(database, cast.vera)] == ["unclear_asked"]
    assert told(database, cast.anna) == []


def test_the_same_sent_twice_is_one_mark(
    clock: SetClock, database: Database, cast: Cast, page: int, marked: int
) -> None:
    with database.transaction() as session:
        assert ask(session, cast.nina, page, WARRANTY, "Opened by whom?").id == marked
        clock.forward(minutes=2)
        assert ask(session, cast.nina, page, WARRANTY, "Opened by whom?").id != marked


def test_an_answer_and_a_mended_page_are_told_to_the_asker_alone(
    database: Database, cast: Cast, page: int, marked: int
) -> None:
    with database.transaction() as session:
        answer(session, cast.boris, page, marked, "By the client.")
    mark = mark_of(database, marked)
    assert (mark.state, mark.answer, mark.ended_by) == (
        MarkState.ANSWERED, "By the client.", cast.boris.id,
    )  # fmt: skip
    assert [kind for kind, _url in told(database, cast.nina)] == ["unclear_answered"]
    assert "unclear_answered" not in str(told(database, cast.anna))
    with database.transaction() as session:
        reopen(session, cast.nina, page, marked)
        mend(session, cast.anna, page, marked)
    assert mark_of(database, marked).state is MarkState.MENDED
    assert [kind for kind, _url in told(database, cast.boris)] == ["unclear_reopened"]
    with database.reading() as session:
        deeds = session.scalars(select(HistoryEntry).filter_by(subject_kind=KIND)).all()
    assert [entry.action for entry in deeds] == ["ask", "settle", "reopen", "settle"]
    assert deeds[2].before == {
        "state": "answered", "answer": "By the client.", "ended_by": cast.boris.id,
    }  # fmt: skip


Deed = Callable[..., None]


@pytest.mark.parametrize(
    ("deed", "who", "error"),
    [
        (answer, "nina", Forbidden),
        (mend, "nina", Forbidden),
        (withdraw, "anna", Forbidden),
        (reopen, "nina", Clash),
        (answer, "anna", Refusal),
    ],
)
def test_who_may_not_changes_nothing(
    database: Database, cast: Cast, page: int, marked: int, deed: Deed, who: str,
    error: type[Refusal],
) -> None:  # fmt: skip
    with pytest.raises(error), database.transaction() as session:
        deed(session, getattr(cast, who), page, marked, " ")
    assert mark_of(database, marked).state is MarkState.OPEN


def test_what_was_withdrawn_only_the_asker_opens_again(
    database: Database, cast: Cast, page: int, marked: int
) -> None:
    with database.transaction() as session:
        withdraw(session, cast.nina, page, marked)
    for person in (cast.anna, cast.vera):
        with pytest.raises(Missing), database.transaction() as session:
            reopen(session, person, page, marked)
    with pytest.raises(Clash), database.transaction() as session:
        withdraw(session, cast.nina, page, marked)
    with database.transaction() as session:
        reopen(session, cast.nina, page, marked)
    assert mark_of(database, marked).state is MarkState.OPEN


@pytest.mark.parametrize("question", ["", " ?", "x" * 1_001])
def test_without_a_fitting_question_nothing_is_marked(
    database: Database, cast: Cast, page: int, question: str
) -> None:
    with pytest.raises(Refusal), database.transaction() as session:
        ask(session, cast.nina, page, WARRANTY, question)
    with pytest.raises(Refusal), database.transaction() as session:
        ask(session, cast.nina, page, Chosen("not on the page"), "Why?")
    with database.reading() as session:
        assert session.scalars(select(UnclearMark)).all() == []


@pytest.mark.parametrize("typed", ["", "12", "x:y", ":", "9999999999:a"])
def test_an_odd_choice_is_refused(typed: str) -> None:
    assert chosen_in(" 12:a: b ") == Chosen("a: b", 12)
    with pytest.raises(Refusal):
        chosen_in(typed)


def test_what_one_may_not_see_cannot_be_marked(app: Flask, database: Database, cast: Cast) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    secret = write_page(app, cast.anna, "Secret", BODY, audience=team)
    with database.transaction() as session:
        mark = ask(session, cast.anna, secret, WARRANTY, "Why?").id
        notes = make_page_row(session, "Notes", cast.anna, BODY, room="client").id
    for deed in (answer, mend, withdraw, reopen):
        with pytest.raises(Missing), database.transaction() as session:
            deed(session, cast.boris, secret, mark, "Words")
    for page, person in ((secret, cast.boris), (notes, cast.anna), (10**6, cast.anna)):
        with pytest.raises(Missing), database.transaction() as session:
            ask(session, person, page, WARRANTY, "Why?")


def test_an_archived_page_is_not_asked_about(app: Flask, database: Database, cast: Cast) -> None:
    page = write_page(app, cast.anna, "Old", BODY)
    rewrite_page(app, cast.vera, page, archived=True)
    with pytest.raises(Refusal), database.transaction() as session:
        ask(session, cast.nina, page, WARRANTY, "Why?")


def test_a_mark_moves_with_its_sentence(
    app: Flask, database: Database, cast: Cast, page: int, marked: int
) -> None:
    longer = "New: it weighs 310 kg.\n\nThe warranty ends after **any** opening. Ask us."
    rewrite_page(app, cast.anna, page, body=longer)
    mark = mark_of(database, marked)
    assert mark.now == {
        "start": 18, "text": "The warranty ends after any opening.", "changed": 2,
    }  # fmt: skip
    assert mark.quote == "The warranty is void after opening."
    rewrite_page(app, cast.anna, page, body="First.\n\n" + longer)
    assert mark_of(database, marked).now["start"] == 24
    assert mark_of(database, marked).now["changed"] == 2
    assert told(database, cast.nina) == []


def test_a_mark_whose_sentence_is_gone_says_so_and_comes_back_with_it(
    app: Flask, database: Database, cast: Cast, page: int, marked: int
) -> None:
    rewrite_page(app, cast.anna, page, body="The oven weighs 300 kg. Ask us.")
    assert mark_of(database, marked).gone_since == 2
    assert [kind for kind, _url in told(database, cast.nina)] == ["unclear_gone"]
    rewrite_page(app, cast.anna, page, body="The oven weighs 301 kg. Ask us.")
    assert mark_of(database, marked).gone_since == 2
    with database.reading() as session:
        assert session.scalars(select(Notice).filter_by(kind="unclear_gone")).one().news == 1
    rewrite_page(app, cast.anna, page, body=BODY)
    assert mark_of(database, marked).gone_since is None
    assert mark_of(database, marked).now["start"] == 19


def test_an_answered_mark_still_moves_and_a_mended_one_is_found_when_opened_again(
    app: Flask, database: Database, cast: Cast, page: int, marked: int
) -> None:
    with database.transaction() as session:
        answer(session, cast.anna, page, marked, "Yes.")
    rewrite_page(app, cast.anna, page, body="Hello.\n\n" + BODY)
    assert mark_of(database, marked).now["start"] == 25
    with database.transaction() as session:
        reopen(session, cast.nina, page, marked)
        mend(session, cast.anna, page, marked)
    rewrite_page(app, cast.anna, page, body="Nothing of it.")
    assert mark_of(database, marked).gone_since is None
    with database.transaction() as session:
        reopen(session, cast.nina, page, marked)
    assert mark_of(database, marked).gone_since == 3


def test_following_costs_one_statement_more_and_none_without_a_change_of_the_text(
    app: Flask, database: Database, cast: Cast, page: int, marked: int
) -> None:
    with counting(database) as sent:
        rewrite_page(app, cast.anna, page, title="Big oven")
    assert not [one for one in sent if "unclear_marks" in one]
    with database.transaction() as session:
        for number in range(30):
            ask(session, cast.nina, page, WARRANTY, f"Question {number}?")
    with counting(database) as sent:
        rewrite_page(app, cast.anna, page, body="Hello.\n\n" + BODY)
    assert len([one for one in sent if "unclear_marks" in one]) == 2
    assert mark_of(database, marked).now["start"] == 25
