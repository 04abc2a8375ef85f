"""Keeps a worker running beside the server: starts it anew when it dies, ends it at the end.

The worker reads from a pipe whose other end only this process holds. When this process is gone,
in whatever way, the pipe closes and the worker stops.
"""

import logging
import subprocess
import time
from collections.abc import Mapping, Sequence
from threading import Event, Thread

_log = logging.getLogger(__name__)
_LONG_ENOUGH = 60.0
_LONGEST_REST = 30.0
_FAREWELL = 15.0


class WorkerKeeper:
    """One worker process, as long as this object is not stopped."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command, self._environment = list(command), dict(environment)
        self._stop = Event()
        self._process = self._start()
        self._thread = Thread(target=self._keep, daemon=True)
        self._thread.start()

    @property
    def process_id(self) -> int:
        """The number of the worker that runs now."""
        return self._process.pid

    def stop(self) -> None:
        """End the worker; it may finish what it is just doing."""
        self._stop.set()
        self._process.terminate()
        self._thread.join(_FAREWELL)
        if self._thread.is_alive():
            self._process.kill()
            self._thread.join()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603
            self._command, stdin=subprocess.PIPE, env=self._environment
        )

    def _keep(self) -> None:
        rest = 0.5
        while True:
            began = time.monotonic()
            code = self._process.wait()
            self._let_go()
            if self._stop.is_set():
                return
            rest = 0.5 if time.monotonic() - began > _LONG_ENOUGH else min(rest * 2, _LONGEST_REST)
            _log.warning("The worker ended with code %d; it starts again in %.0f s", code, rest)
            if self._stop.wait(rest):
                return
            self._process = self._start()

    def _let_go(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
