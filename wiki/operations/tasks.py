"""The worker's tasks: when each is due, and what happens when one fails."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, Event

_log = logging.getLogger(__name__)
LONGEST_REST = 300.0
"""Seconds between two tries of a task that goes on failing."""
_NEVER = 2**62


@dataclass(frozen=True)
class Task:
    """Something the worker does again and again.

    `do` returns how much it did; above zero it is called again at once. It is called after every
    change of the database (unless `on_change` is off), but not oftener than each `rest` seconds,
    and at the latest after `every` seconds.
    """

    name: str
    do: Callable[[], int]
    every: float = 30.0
    on_change: bool = True
    rest: float = 0.0


class Bell:
    """Rings when the database has changed; everyone who waits hears it."""

    def __init__(self) -> None:
        self._rung = 0
        self._over = False
        self._condition = Condition()

    @property
    def rung(self) -> int:
        """How often it has rung."""
        return self._rung

    def ring(self) -> None:
        """Wake all who wait."""
        with self._condition:
            self._rung += 1
            self._condition.notify_all()

    def end(self) -> None:
        """Let nobody wait any longer."""
        with self._condition:
            self._over = True
            self._condition.notify_all()

    def wait_beyond(self, heard: int, seconds: float) -> None:
        """Wait until it has rung more often than `heard`, at most that long."""
        with self._condition:
            self._condition.wait_for(lambda: self._over or self._rung > heard, timeout=seconds)


@dataclass
class State:
    """How a task is doing: for the heartbeat."""

    failures: int = 0
    error: str = ""
    busy_since: float | None = None
    done: int = field(default=0)


def keep_doing(task: Task, bell: Bell, stop: Event, state: State) -> None:
    """Do the task until `stop`; a failure is logged and tried again later, ever more rarely."""
    while not stop.is_set():
        heard = bell.rung
        amount = _do_once(task, state)
        if state.failures:
            stop.wait(back_off(state.failures))
        elif not amount:
            if task.rest:
                stop.wait(task.rest)
            bell.wait_beyond(heard if task.on_change else _NEVER, task.every)


def back_off(failures: int) -> float:
    """Seconds to wait after so many failures in a row: 1, 2, 4 … 300."""
    return min(2.0 ** (failures - 1), LONGEST_REST)


def _do_once(task: Task, state: State) -> int:
    state.busy_since = time.monotonic()
    try:
        amount = task.do()
    except Exception as error:
        state.failures += 1
        state.error = f"{type(error).__name__}: {error}"[:300]
        _log.exception("The task %s failed, the %d. time in a row", task.name, state.failures)
        return 0
    finally:
        state.busy_since = None
    if state.failures:
        _log.warning("The task %s works again", task.name)
    state.failures, state.error = 0, ""
    state.done += amount
    return amount
