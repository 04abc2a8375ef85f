"""What becomes of a promise: it is kept, moved, handed on, and never silently gone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from dossiers.clients.models import Client
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Promise, PromiseEvent
from dossiers.interactions.promises.queries import (
    due_count,
    due_visible_to,
    promises_at,
    promises_of,
)
from dossiers.interactions.promises.services import (
    Wish,
    end_promise,
    hand_promise,
    make_promise,
    move_promise,
    reopen_promise,
    reword_promise,
)
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal

TODAY, NEXT_WEEK = date(2026, 3, 2), date(2026, 3, 9)
OFFER = Wish(True, "Send the offer", NEXT_WEEK)


@pytest.fixture
def promise(database: Database, cast: Cast, clock: SetClock) -> Promise:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        return make_promise(session, cast.anna, client.id, OFFER)


Do = Callable[..., Any]


@pytest.fixture
def do(database: Database, cast: Cast, promise: Promise) -> Do:
    """One deed of anna with the promise, in a transaction of its own."""

    def act(service: Do, *words: object, actor: Actor = cast.anna, **named: object) -> Any:
        with database.transaction() as session:
            return service(session, actor, promise.client_id, promise.id, *words, **named)

    return act


def now(database: Database, promise: Promise) -> Promise:
    with database.reading() as session:
        return session.get_one(Promise, promise.id)


def test_a_promise_stands_with_its_author_until_it_is_due(
    database: Database, cast: Cast, promise: Promise
) -> None:
    with database.reading() as session:
        line = due_visible_to(session, cast.anna, NEXT_WEEK)[0]
        assert (line.promise.what, line.holder, line.client) == (
            "Send the offer", cast.anna.name, "Romashka",
        )  # fmt: skip
        assert not due_visible_to(session, cast.anna, TODAY)
        assert (due_count(session, cast.anna, NEXT_WEEK), due_count(session, cast.anna, TODAY)) == (
            1, 0,
        )  # fmt: skip


def test_a_kept_promise_tells_its_result_and_is_no_more_due(
    database: Database, cast: Cast, promise: Promise, do: Do
) -> None:
    do(end_promise, True, "Sent, they like it")
    kept = now(database, promise)
    assert (kept.state, kept.ended_on) == (PromiseState.DONE, TODAY)
    with database.reading() as session:
        assert not due_visible_to(session, cast.anna, NEXT_WEEK)
        assert promises_at(session, kept.client_id, datetime(2027, 1, 1, tzinfo=UTC))[0].said == (
            "Sent, they like it"
        )


def test_the_same_tap_twice_is_one_deed_and_another_ending_is_a_clash(do: Do) -> None:
    assert do(end_promise).id == do(end_promise).id
    with pytest.raises(Clash, match="ended already"):
        do(end_promise, False, "No time")


def test_a_broken_and_a_moved_promise_ask_for_the_reason(
    database: Database, promise: Promise, do: Do
) -> None:
    with pytest.raises(Refusal, match="Say why"):
        do(end_promise, False, " ")
    with pytest.raises(Refusal, match="Say why"):
        do(move_promise, date(2026, 3, 20), "")
    do(move_promise, date(2026, 3, 20), "Prices come later")
    assert now(database, promise).due_on == date(2026, 3, 20)


def test_a_promise_is_handed_to_whoever_can_work_in_the_dossier_only(
    database: Database, cast: Cast, promise: Promise, do: Do
) -> None:
    with pytest.raises(Refusal, match="cannot work in the dossier"):
        do(hand_promise, cast.boris.id)
    do(hand_promise, cast.vera.id, "She knows them")
    assert now(database, promise).user_id == cast.vera.id


def test_every_deed_can_be_taken_back_and_done_again(
    database: Database, cast: Cast, promise: Promise, do: Do
) -> None:
    for service, words in (
        (reword_promise, ("Send the better offer",)),
        (move_promise, (date(2026, 3, 20), "Later")),
        (hand_promise, (cast.vera.id,)),
        (end_promise, (True, "Done")),
        (reopen_promise, ("It was another offer",)),
    ):
        before, change = _all_of(now(database, promise)), do(service, *words)
        after = _all_of(now(database, promise))
        assert before != after
        undo = _undone(database, cast.anna, promise, change.id)
        assert _all_of(now(database, promise)) == before
        _undone(database, cast.anna, promise, undo)
        assert _all_of(now(database, promise)) == after


def _all_of(promise: Promise) -> tuple[object, ...]:
    return promise.what, promise.due_on, promise.user_id, promise.state, promise.ended_on


def _undone(database: Database, actor: Actor, promise: Promise, change_id: int) -> int:
    with database.transaction() as session:
        return take_back(open_dossier(session, actor, promise.client_id), change_id).id


def test_a_promise_written_by_mistake_is_taken_back_and_known_as_before(
    database: Database, cast: Cast, promise: Promise, clock: SetClock
) -> None:
    earlier, later = clock.moment, clock.forward(days=1)
    with database.reading() as session:
        made_in = session.get_one(Client, promise.client_id)
        change = session.scalars(_first_change(promise)).one()
    _undone(database, cast.anna, promise, change)
    with database.reading() as session:
        assert not promises_of(session, made_in.id)
        assert promises_of(session, made_in.id, PromiseState.TAKEN_BACK)
        assert not promises_at(session, made_in.id, later)
        assert [one.what for one in promises_at(session, made_in.id, earlier)] == [promise.what]


def _first_change(promise: Promise) -> Any:
    return select(PromiseEvent.change_id).where(PromiseEvent.promise_id == promise.id)


def test_what_was_promised_is_known_as_it_was_at_each_moment(
    database: Database, promise: Promise, clock: SetClock, do: Do
) -> None:
    moments = [clock.moment]
    for service, words in (
        (move_promise, (date(2026, 3, 20), "Later")),
        (reword_promise, ("Send two offers",)),
        (end_promise, ()),
    ):
        clock.forward(days=1)
        do(service, *words)
        moments.append(clock.moment)
    with database.reading() as session:
        then = [promises_at(session, promise.client_id, at)[0] for at in moments]
    assert [(one.what, one.due_on.day, one.state) for one in then] == [
        ("Send the offer", 9, PromiseState.OPEN),
        ("Send the offer", 20, PromiseState.OPEN),
        ("Send two offers", 20, PromiseState.OPEN),
        ("Send two offers", 20, PromiseState.DONE),
    ]


@pytest.mark.parametrize(
    "wish",
    [
        Wish(True, "  ", NEXT_WEEK),
        Wish(True, "x" * 501, NEXT_WEEK),
        Wish(True, "Send", date(2026, 3, 1)),
        Wish(True, "Send", date(2100, 1, 2)),
        Wish(True, "Send", NEXT_WEEK, made_on=date(2026, 3, 3)),
        Wish(True, "Send", NEXT_WEEK, person_id=99),
        Wish(True, "Send", NEXT_WEEK, interaction_id=99),
    ],
)
def test_what_cannot_be_promised_is_refused_in_words(
    database: Database, cast: Cast, promise: Promise, wish: Wish
) -> None:
    with pytest.raises(Refusal, match="Nothing was changed"), database.transaction() as session:
        make_promise(session, cast.anna, promise.client_id, wish)


def test_another_team_reads_and_a_restricted_client_does_not_exist(
    database: Database, cast: Cast, promise: Promise, do: Do
) -> None:
    with pytest.raises(Forbidden):
        do(end_promise, actor=cast.boris)
    with database.transaction() as session:
        secret = make_client(session, cast.anna, "Secret", restricted=True)
        make_promise(session, cast.anna, secret.id, OFFER)
        assert len(due_visible_to(session, cast.vera, NEXT_WEEK, cast.anna.id)) == 2
        assert len(due_visible_to(session, cast.boris, NEXT_WEEK, cast.anna.id)) == 1
        with pytest.raises(Missing):
            make_promise(session, cast.boris, secret.id, OFFER)
