"""Slowing down the guessing of passwords without ever locking an account.

Attempts are written before the password is looked at, so that a hundred at once count as a
hundred; a success takes its own rows away again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.devices import Source
from wiki.accounts.models import SignInFailure
from wiki.errors import TooMany

KEPT = timedelta(hours=1)
FREE_PER_ACCOUNT = 5
FREE_PER_ADDRESS = 30
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


def wait_after(failures: int, free: int) -> timedelta:
    """How long to wait after so many failures: nothing at first, then doubled each time."""
    if failures < free:
        return timedelta(0)
    doublings: int = min(failures - free, 20)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def begin_attempt(session: Session, email_folded: str, source: Source) -> None:
    """Note an attempt; raises `TooMany` while this account must wait at this source."""
    now = clock.now()
    session.execute(delete(SignInFailure).where(SignInFailure.at < now - KEPT))
    for whose, free in _counters(email_folded, source):
        _check(session, now, whose, free)
    session.add(
        SignInFailure(
            email_folded=email_folded, address=source.address, device=source.device, at=now
        )
    )


def forget_attempts(session: Session, email_folded: str, source: Source) -> None:
    """After a success: the failures of this account at this source no longer count."""
    own, _free = _counters(email_folded, source)[0]
    session.execute(delete(SignInFailure).where(*own))


_Counter = tuple[Sequence[ColumnElement[bool]], int]


def _counters(email_folded: str, source: Source) -> list[_Counter]:
    of_account = SignInFailure.email_folded == email_folded
    if source.device:
        return [((of_account, SignInFailure.device == source.device), FREE_PER_ACCOUNT)]
    here = (SignInFailure.address == source.address, SignInFailure.device == "")
    return [((of_account, *here), FREE_PER_ACCOUNT), (here, FREE_PER_ADDRESS)]


def _check(
    session: Session, now: datetime, whose: Sequence[ColumnElement[bool]], free: int
) -> None:
    count, last = session.execute(
        select(func.count(), func.max(SignInFailure.at)).where(*whose)
    ).one()
    if last is None:
        return
    left = (last + wait_after(count, free) - now).total_seconds()
    if left > 0:
        raise TooMany(
            "Too many attempts from here. Your account is safe and not locked. Wait "
            "%(seconds)d seconds, or set a new password by mail.",
            retry_after=ceil(left),
            seconds=ceil(left),
        )
