"""Days and periods as people type them: 2026-05-01, 01.05.2026, 2026-05, 05.2026, 2026."""

import re
from datetime import date, timedelta

_FORMS = (
    re.compile(r"(?P<y>\d{4})(?:[-./](?P<m>\d{1,2})(?:[-./](?P<d>\d{1,2}))?)?"),
    re.compile(r"(?:(?P<d>\d{1,2})\.)?(?P<m>\d{1,2})\.(?P<y>\d{4}|\d{2})"),
)
_DAYS_AGO = {"today": 0, "сегодня": 0, "yesterday": 1, "вчера": 1}
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


def first_day(text: str, today: date | None) -> date | None:
    """The day, or the first day of the month or year; `None` when it cannot be read."""
    text = text.strip().casefold()
    if text in _DAYS_AGO:
        return today and today - timedelta(days=_DAYS_AGO[text])
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    return _day(found) if found and text.isascii() else None


def _day(found: re.Match[str]) -> date | None:
    year = int(found["y"]) + (2000 if len(found["y"]) == len("26") else 0)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, int(found["m"] or 1), int(found["d"] or 1))
    except ValueError:
        return None
