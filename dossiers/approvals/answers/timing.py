"""When each step is done, when the decision is signed, and when all must begin for a wanted day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dossiers.approvals.dates import Span, expected, latest, slow_days
from dossiers.approvals.signature import up_to_signature
from dossiers.approvals.steps import Steps
from dossiers.approvals.working_days import WorkingDays

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A step as it usually goes, and when it and all before it are slow."""

    usual: Span
    slow: Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day to begin a step: as it usually goes, and to be safe when everything is slow.

    `late_by` is how many working days after that day the step is expected to begin.
    """

    start: date
    safe: date
    late_by: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """The day of the signature: as it usually goes, and when everything is slow."""

    usual: date
    slow: date


@dataclass(frozen=True, slots=True)
class Backwards:
    """What a wanted day asks for.

    `late_by` is how many working days too late the path begins, `spare` how many are left before
    it must; one of them is 0. `missed_by` is how many working days after the wanted day the
    signature is expected.
    """

    wanted: date
    begin: Deadline
    deadlines: Mapping[str, Deadline]
    late_by: int
    spare: int
    missed_by: int

    @property
    def is_too_late(self) -> bool:
        """Whether the wanted day cannot be reached as things usually go."""
        return self.late_by > 0


@dataclass(frozen=True, slots=True)
class Timetable:
    """The windows of all steps, the signature (`None`: nobody decides), and the wanted day.

    `counted` are the steps that the signature waits for.
    """

    windows: Mapping[str, Window]
    counted: Steps
    signature: Signature | None = None
    backwards: Backwards | None = None


def timetable(
    steps: Steps, calendar: WorkingDays, begins: date, wanted: date | None = None
) -> Timetable:
    """When everything happens if the path begins on that day.

    Raises `Refusal` for a calendar in which a step can never happen.
    """
    usual = expected(steps, calendar, begins)
    slow = expected(steps, calendar, begins, slow_days)
    windows = {code: Window(usual[code], slow[code]) for code in steps}
    counted = up_to_signature(steps)
    if not counted:
        return Timetable(windows, counted)
    signature = Signature(
        max(usual[code].end for code in counted), max(slow[code].end for code in counted)
    )
    if wanted is None:
        return Timetable(windows, counted, signature)
    first = calendar.on_or_after(begins)
    back = _backwards(counted, calendar, first, wanted, usual, signature.usual)
    return Timetable(windows, counted, signature, back)


def _backwards(
    counted: Steps,
    calendar: WorkingDays,
    begins: date,
    wanted: date,
    usual: Mapping[str, Span],
    signed: date,
) -> Backwards:
    last, safe = latest(counted, calendar, wanted), latest(counted, calendar, wanted, slow_days)
    deadlines = {
        code: Deadline(
            last[code].start, safe[code].start, _late(calendar, last[code], usual[code].start)
        )
        for code in counted
    }
    begin = min(one.start for one in last.values())
    safely = min(one.start for one in safe.values())
    late_by = calendar.between(begin, begins - _DAY)
    spare = calendar.between(begins + _DAY, begin)
    missed_by = calendar.between(wanted + _DAY, signed)
    whole = Deadline(begin, safely, late_by)
    return Backwards(wanted, whole, deadlines, late_by, spare, missed_by)


def _late(calendar: WorkingDays, last: Span, start: date) -> int:
    return calendar.between(last.start, start - _DAY)
