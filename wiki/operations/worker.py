"""The worker: wakes within a quarter of a second of a change and does what is due."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from types import FrameType

from flask import Flask

from wiki.config import Settings
from wiki.database import Database
from wiki.errors import Clash
from wiki.jobs import give_up_interrupted
from wiki.operations.heartbeat import EVERY, beat, say_farewell
from wiki.operations.house import House
from wiki.operations.lease import Taken, lease
from wiki.operations.pulse import Pulse
from wiki.operations.tasks import Bell, State, Task, keep_doing

_log = logging.getLogger(__name__)
_LOOK = 0.25
_PATIENCE = 10.0
_FAREWELL = 8.0


def run_worker(house: House, settings: Settings, *, ends_with_parent: bool = False) -> None:
    """Work until SIGTERM, Ctrl-C or, if so asked, until the process that started this one ends.

    Raises `Clash` when this instance already has a worker.
    """
    stop = Event()
    _stop_at_signals(stop)
    if ends_with_parent:
        Thread(target=_wait_for_parent, args=(stop,), daemon=True).start()
    with _only_worker(settings.home):
        app = house.create_app(settings)
        database: Database = app.extensions["database"]
        give_up_interrupted(database)
        try:
            work(app, house.tasks(app), stop, settings.home)
        finally:
            house.close(app)
            database.dispose()
            say_farewell(settings.home)


def work(app: Flask, tasks: Sequence[Task], stop: Event, home: Path) -> None:
    """Do the tasks, each in a thread of its own, until `stop`."""
    bell = Bell()
    states = {task.name: State() for task in tasks}
    threads = [
        Thread(
            target=keep_doing, args=(_inside(app, task), bell, stop, states[task.name]), daemon=True
        )
        for task in tasks
    ]
    for thread in threads:
        thread.start()
    _watch(Pulse(app.extensions["database"]), bell, stop, lambda: beat(home, states))
    bell.end()
    end = time.monotonic() + _FAREWELL
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))


def _watch(pulse: Pulse, bell: Bell, stop: Event, live: Callable[[], None]) -> None:
    """Ring the bell at each change and give a sign of life."""
    last, next_beat = None, 0.0
    while not stop.is_set():
        try:
            if time.monotonic() >= next_beat:
                live()
                next_beat = time.monotonic() + EVERY
            now = pulse.take()
        except Exception:
            _log.exception("The worker cannot look at the database or its home; it tries again")
            stop.wait(EVERY)
            continue
        if now != last:
            last = now
            bell.ring()
        stop.wait(_LOOK)
    pulse.close()


def _inside(app: Flask, task: Task) -> Task:
    def do() -> int:
        with app.app_context():
            return task.do()

    return replace(task, do=do)


@contextmanager
def _only_worker(home: Path) -> Iterator[None]:
    try:
        with lease(home / "worker.lock", _PATIENCE):
            yield
    except Taken:
        raise Clash(
            "A worker of the instance %(home)s is already running. Nothing was changed. One is "
            "enough: stop the other first, or start the server without --with-worker.",
            home=home,
        ) from None


def _stop_at_signals(stop: Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


def _wait_for_parent(stop: Event) -> None:
    """The parent holds the other end of our standard input and never writes to it."""
    # Not through sys.stdin: its lock, held at our end, would be a fatal error of the interpreter.
    os.read(0, 1)
    stop.set()
