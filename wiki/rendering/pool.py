"""Rendering in separate processes, so that no text can stop or fill the server.

Plain subprocesses with pipes: nothing is started before the first call, a process imports only
wiki.rendering, may be started from any thread, and ends by itself when the server does.
"""

import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from wiki.rendering.messages import read_message, write_message
from wiki.rendering.plain import plainly
from wiki.rendering.shapes import RenderContext, Rendered, context_to_plain, rendered_from_plain

_ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 60.0
_STOP_SECONDS = 2.0


class TooSlow(Exception):
    """The process was ended because it did not answer within the deadline."""


class Gone(Exception):
    """The process ended before it answered."""


class RenderProcess:
    """One render process; used by one thread at a time."""

    def __init__(self, deadline: float, megabytes: int) -> None:
        """Start it and wait until it is ready. Raises Gone when it does not start."""
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "wiki.rendering.worker", str(megabytes), str(deadline)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._deadline = deadline
        self._within(_START_SECONDS, None)

    @property
    def pid(self) -> int:
        """The number the operating system knows the process by."""
        return self._process.pid

    def ask(self, text: str, context: RenderContext) -> Rendered:
        """Return the rendered text. Raises TooSlow or Gone; the process is then spent."""
        job = {"text": text, "context": context_to_plain(context)}
        return rendered_from_plain(self._within(self._deadline, job))

    def stop(self) -> None:
        """End the process and leave nothing of it behind."""
        for pipe in (self._process.stdin, self._process.stdout):
            _close(pipe)
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _within(self, seconds: float, job: dict[str, Any] | None) -> Any:
        late = threading.Event()
        alarm = threading.Timer(seconds, self._end_late, (late,))
        alarm.daemon = True
        alarm.start()
        try:
            answer = self._exchange(job)
        except (OSError, EOFError, ValueError) as broken:
            raise (TooSlow if late.is_set() else Gone) from broken
        finally:
            alarm.cancel()
            alarm.join()
        if late.is_set():
            raise TooSlow
        return answer

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def _exchange(self, job: dict[str, Any] | None) -> Any:
        if job is not None:
            write_message(cast(BinaryIO, self._process.stdin), job)
        return read_message(cast(BinaryIO, self._process.stdout))


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:  # Unsent bytes to a process that is gone.
        pass


class RenderPool:
    """Renders texts in up to `processes` processes; may be called from any thread."""

    def __init__(self, *, processes: int = 2, deadline: float = 5.0, megabytes: int = 512) -> None:
        """Start nothing yet. `deadline` is in seconds for one text, `megabytes` per process."""
        self._deadline, self._megabytes = deadline, megabytes
        self._processes = processes
        self._free: queue.LifoQueue[RenderProcess | None] = queue.LifoQueue()
        for _ in range(processes):
            self._free.put(None)

    def render(self, text: str, context: RenderContext) -> Rendered:
        """Return the rendered text; what takes too long or ends its process comes back plain."""
        process = self._free.get()
        try:
            for _ in range(2):
                try:
                    process = process or RenderProcess(self._deadline, self._megabytes)
                    return process.ask(text, context)
                except TooSlow:
                    process = _stopped(process)
                    return plainly(text, context, "too_slow")
                except Gone:
                    process = _stopped(process)
            return plainly(text, context, "failed")
        finally:
            self._free.put(process)

    def render_many(self, items: Iterable[tuple[str, RenderContext]]) -> Iterator[Rendered]:
        """Return the rendered texts in order, using all processes, reading a few ahead."""
        waiting: deque[Future[Rendered]] = deque()
        with ThreadPoolExecutor(self._processes) as threads:
            for text, context in items:
                waiting.append(threads.submit(self.render, text, context))
                if len(waiting) > 2 * self._processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def warm(self) -> None:
        """Start one process now, so that the first save need not wait for it."""
        self.render("", RenderContext())

    def close(self) -> None:
        """End all processes, waiting for renderings under way; a later call starts anew."""
        spent = [self._free.get() for _ in range(self._processes)]
        for process in spent:
            self._free.put(_stopped(process))


def _stopped(process: RenderProcess | None) -> RenderProcess | None:
    """Stop it if there is one; the empty place it leaves is filled at the next call."""
    if process is not None:
        process.stop()
    return None
