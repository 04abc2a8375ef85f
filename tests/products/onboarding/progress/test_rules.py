"""How far somebody is on a path, without a database."""

from datetime import date, timedelta

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.rules import Item
from products.onboarding.progress.rules import Known, Share, State, next_of, share_of, steps_of
from tests.products.onboarding.progress.making import page_item, placeholder, question_item

BEGAN = date(2026, 3, 2)
LATER = BEGAN + timedelta(days=10)
NEW, READ, CHANGED = Known(), Known(confirmed=1), Known(material=2, confirmed=1)
GONE = Known(archived=True)


def states(items: list[Item], pages: dict[int, Known]) -> dict[str, State]:
    return {step.item.code: step.state for step in steps_of(items, pages, BEGAN, LATER)}


def test_a_page_is_read_until_something_that_matters_changes() -> None:
    items = [page_item(number) for number in (1, 2, 3)]
    assert states(items, {1: NEW, 2: READ, 3: CHANGED}) == {
        "p1": State.OPEN,
        "p2": State.READ,
        "p3": State.CHANGED,
    }


def test_what_waits_for_an_unread_page_is_locked_and_says_for_which() -> None:
    items = [page_item(1), page_item(2, after=["p1"]), page_item(3, after=["p2"])]
    steps = steps_of(items, {1: NEW, 2: NEW, 3: NEW}, BEGAN, LATER)
    assert [step.state for step in steps] == [State.OPEN, State.LOCKED, State.LOCKED]
    assert [item.code for item in steps[1].waits_for] == ["p1"]
    opened = states(items, {1: READ, 2: NEW, 3: NEW})
    assert (opened["p2"], opened["p3"]) == (State.OPEN, State.LOCKED)


def test_a_page_that_is_to_be_read_again_locks_nothing() -> None:
    items = [page_item(1), page_item(2, after=["p1"])]
    assert states(items, {1: CHANGED, 2: NEW})["p2"] is State.OPEN


def test_what_cannot_be_read_stops_nobody_and_does_not_count() -> None:
    items = [
        placeholder("To come"),
        page_item(1),
        question_item(2),
        page_item(3, after=["tTo come", "p1", "q2", "p99"]),
        page_item(99),
    ]
    pages = {1: GONE, 2: NEW, 3: NEW}
    assert states(items, pages) == {
        "tTo come": State.WAITING,
        "p1": State.GONE,
        "q2": State.WAITING,
        "p3": State.OPEN,
    }
    assert share_of(steps_of(items, pages, BEGAN, LATER)).total == 1


def test_questions_are_done_when_they_were_passed() -> None:
    items = [question_item(number) for number in (1, 2, 3)]
    found = states(
        items,
        {
            1: Known(has_questions=True, confirmed=1),
            2: Known(has_questions=True, confirmed=1, by_questions=True),
            3: Known(has_questions=True, confirmed=1, by_questions=True, material=2),
        },
    )
    assert list(found.values()) == [State.OPEN, State.READ, State.CHANGED]


def test_passed_questions_stay_passed_when_they_are_taken_away() -> None:
    assert states([question_item(1)], {1: Known(confirmed=1, by_questions=True)}) == {
        "q1": State.READ
    }


def test_it_is_late_after_its_day_and_not_on_it() -> None:
    items = [page_item(1, due=9), page_item(2, due=10), page_item(3)]
    steps = steps_of(items, {1: NEW, 2: NEW, 3: NEW}, BEGAN, LATER)
    assert [step.is_late for step in steps] == [True, False, False]
    assert steps[0].due_on == BEGAN + timedelta(days=9)


def test_what_was_read_in_time_is_never_late() -> None:
    items = [page_item(1, due=1), page_item(2, due=1), page_item(3, due=1)]
    steps = steps_of(items, {1: READ, 2: CHANGED, 3: GONE}, BEGAN, LATER)
    assert [step.is_late for step in steps] == [False, False, False]


def test_what_is_locked_can_be_late() -> None:
    items = [page_item(1), page_item(2, due=1, after=["p1"])]
    assert steps_of(items, {1: NEW, 2: NEW}, BEGAN, LATER)[1].is_late


def test_next_is_the_first_that_may_be_begun_then_what_changed() -> None:
    items = [page_item(1), page_item(2, after=["p3"]), page_item(3)]
    found = next_of(steps_of(items, {1: CHANGED, 2: NEW, 3: NEW}, BEGAN, LATER))
    assert found is not None
    assert found.item.code == "p3"
    found = next_of(steps_of(items, {1: CHANGED, 2: READ, 3: READ}, BEGAN, LATER))
    assert found is not None
    assert found.item.code == "p1"
    assert next_of(steps_of(items, {1: READ, 2: READ, 3: READ}, BEGAN, LATER)) is None


def test_a_circle_leaves_nobody_without_a_next_page() -> None:
    items = [page_item(1, after=["p2"]), page_item(2, after=["p1"])]
    assert set(states(items, {1: NEW, 2: NEW}).values()) == {State.OPEN}


def test_a_share_counts_and_says_how_long_the_rest_takes() -> None:
    items = [page_item(number, due=1) for number in (1, 2, 3, 4)] + [question_item(4)]
    pages = {1: READ, 2: CHANGED, 3: Known(seconds=90), 4: Known(seconds=30, has_questions=True)}
    share = share_of(steps_of(items, pages, BEGAN, LATER))
    assert share == Share(total=5, read=1, changed=1, late=2, seconds=120)
    assert (share.left, share.percent, share.is_done) == (3, 20, False)


def test_nearly_all_is_not_all() -> None:
    assert Share(total=1000, read=999).percent == 99
    assert not Share(total=1000, read=999).is_done
    assert Share(total=3, read=3).is_done
    assert (Share().percent, Share().is_done) == (0, False)


def test_questions_do_not_add_time_of_reading() -> None:
    steps = steps_of([question_item(1)], {1: Known(has_questions=True)}, BEGAN, LATER)
    assert steps[0].item.kind is ItemKind.QUESTION
    assert steps[0].seconds == 0
