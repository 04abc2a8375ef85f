import logging
from threading import Event, Thread

import pytest

from wiki.operations.tasks import LONGEST_REST, Bell, State, Task, back_off, keep_doing

logging.getLogger("wiki.operations.tasks").setLevel(logging.CRITICAL)


def _run(task: Task, bell: Bell, stop: Event, state: State) -> Thread:
    thread = Thread(target=keep_doing, args=(task, bell, stop, state), daemon=True)
    thread.start()
    return thread


def test_a_task_is_done_again_at_once_while_there_is_more() -> None:
    amounts, idle, stop, bell = iter([3, 2, 0]), Event(), Event(), Bell()

    def do() -> int:
        amount = next(amounts)
        if not amount:
            idle.set()
        return amount

    state = State()
    thread = _run(Task("t", do, every=600), bell, stop, state)
    assert idle.wait(5)
    stop.set()
    bell.end()
    thread.join(5)
    assert not thread.is_alive()
    assert state.done == 5


def test_the_bell_wakes_a_task_that_waits_for_changes() -> None:
    calls, stop, bell = [Event(), Event()], Event(), Bell()
    order = iter(calls)

    def do() -> int:
        next(order).set()
        return 0

    thread = _run(Task("t", do, every=600), bell, stop, State())
    assert calls[0].wait(5)
    bell.ring()
    assert calls[1].wait(5)
    stop.set()
    bell.end()
    thread.join(5)


def test_a_task_that_changes_do_not_concern_sleeps_on() -> None:
    called, again, stop, bell = Event(), Event(), Event(), Bell()

    def do() -> int:
        (again if called.is_set() else called).set()
        return 0

    thread = _run(Task("t", do, every=600, on_change=False), bell, stop, State())
    assert called.wait(5)
    bell.ring()
    assert not again.wait(0.3)
    stop.set()
    bell.end()
    thread.join(5)


def test_a_failure_is_kept_for_the_heartbeat_and_the_task_is_tried_again() -> None:
    tries, well, stop, bell, state = [], Event(), Event(), Bell(), State()

    def do() -> int:
        tries.append(state.failures)
        if len(tries) == 1:
            raise ValueError("the first time")
        well.set()
        return 0

    thread = _run(Task("t", do), bell, stop, state)
    assert well.wait(10)
    stop.set()
    bell.end()
    thread.join(5)
    assert tries[:2] == [0, 1]
    assert (state.failures, state.error) == (0, "")


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 2), (5, 16), (40, LONGEST_REST)])
def test_the_rests_between_failures_grow_up_to_a_limit(failures: int, seconds: float) -> None:
    assert back_off(failures) == seconds
