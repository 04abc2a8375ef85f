"""The worker's sign of life: a small file in the home folder, written anew every two seconds."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wiki import clock
from wiki.operations.tasks import State

EVERY = 2.0
"""Seconds between two beats."""
_STALE = 15.0


@dataclass(frozen=True)
class Heartbeat:
    """When a worker last said that it lives, and the errors of those tasks that fail now."""

    process: int
    at: datetime
    failing: Mapping[str, str]

    @property
    def is_fresh(self) -> bool:
        """Whether the worker lives, as far as one can tell."""
        return abs((clock.now() - self.at).total_seconds()) < _STALE


def beat(home: Path, states: Mapping[str, State]) -> None:
    """Say that this process lives and how its tasks are."""
    failing = {name: state.error for name, state in states.items() if state.failures}
    sign = Heartbeat(os.getpid(), clock.now(), failing)
    waiting = _path(home).with_suffix(f".{os.getpid()}")
    waiting.write_text(json.dumps({**asdict(sign), "at": sign.at.isoformat()}), "utf-8")
    waiting.replace(_path(home))


def last_beat(home: Path) -> Heartbeat | None:
    """The last sign of life; `None` when there is none or it cannot be read."""
    try:
        values: dict[str, Any] = json.loads(_path(home).read_text("utf-8"))
        return Heartbeat(**{**values, "at": datetime.fromisoformat(values["at"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def say_farewell(home: Path) -> None:
    """Remove the sign: the worker stopped in order."""
    _path(home).unlink(missing_ok=True)


def _path(home: Path) -> Path:
    return home / "worker.json"
