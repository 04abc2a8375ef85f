"""The words of a briefing for codes, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from dossiers.renewals.briefing.sheet import Look
from dossiers.renewals.checks.kinds import Result
from wiki.locale import language

LOOKS: Mapping[Result, Look] = {
    Result.OK: Look.GOOD,
    Result.WEAK: Look.WARN,
    Result.BAD: Look.BAD,
}
MARKS: Mapping[Result, str] = {Result.OK: "✓", Result.WEAK: "!", Result.BAD: "✗"}


def at_words(moment: datetime, zone: str) -> str:
    """Day and time in a reader's zone, also where there is no request."""
    return format_datetime(moment, "d MMM y, HH:mm", ZoneInfo(zone), locale=language())
