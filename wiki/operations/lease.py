"""A right that only one process of an instance holds; the system takes it back when it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Taken(Exception):
    """Another process holds the right."""


@contextmanager
def lease(path: Path, patience: float = 0.0) -> Iterator[None]:
    """Hold the right that belongs to this file. Raises `Taken` after `patience` seconds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor, patience)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise Taken from None
            time.sleep(0.05)
        else:
            return


def is_held(path: Path) -> bool:
    """Whether some process holds the right now."""
    if not path.exists():
        return False
    try:
        with lease(path):
            return False
    except Taken:
        return True
