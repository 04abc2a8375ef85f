"""Leaving the collector of circular garbage aside while something large is built.

A chart of ten thousand positions is some hundred thousand objects, none of them circular. Each
time so many come up, the collector looks through all there are: more than half of the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Pause:
    """How many threads or callers want it left aside at this moment."""

    def __init__(self) -> None:
        self._lock, self._wanted = Lock(), 0

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """The collector rests until the last one is done."""
        self._change(1)
        try:
            yield
        finally:
            self._change(-1)

    def _change(self, by: int) -> None:
        with self._lock:
            self._wanted += by
            if self._wanted:
                gc.disable()
            else:
                gc.enable()


without_collecting = _Pause()
