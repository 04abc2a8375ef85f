"""The only reader of the clock, so that tests can set it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def _system_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system_time


def now() -> datetime:
    """The present moment as an aware datetime in UTC."""
    return _source()


def today(zone: str = "UTC") -> date:
    """The present day in the time zone of that IANA name."""
    return now().astimezone(ZoneInfo(zone)).date()


def set_source(source: Callable[[], datetime] | None) -> None:
    """Take the time from `source` instead of the system; `None` goes back. For tests."""
    global _source
    _source = source or _system_time


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at a moment meanwhile, to tell a past. For the demonstration."""
    global _source
    before, _source = _source, lambda: moment
    try:
        yield
    finally:
        _source = before
