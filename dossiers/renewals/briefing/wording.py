"""The words of a briefing for codes, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask_babel import LazyString

from dossiers.renewals.briefing.sheet import Look
from dossiers.renewals.checks.kinds import Result
from dossiers.renewals.kinds import RenewalState, Verdict, Voice
from wiki.locale import _l, language

STATES: Mapping[RenewalState, LazyString] = {
    RenewalState.FUTURE: _l("ahead"),
    RenewalState.IN_REVIEW: _l("in review"),
    RenewalState.AT_RISK: _l("at risk"),
    RenewalState.AGREED: _l("agreed"),
    RenewalState.PAPER: _l("papers"),
    RenewalState.RENEWED: _l("renewed"),
    RenewalState.SHRUNK: _l("shrunk"),
    RenewalState.LOST: _l("lost"),
}
VOICES: Mapping[Voice, LazyString] = {
    Voice.MACHINE: _l("Machine"),
    Voice.MANAGER: _l("Manager"),
    Voice.DIRECTOR: _l("Director"),
}
VERDICTS: Mapping[Verdict, LazyString] = {
    Verdict.SAFE: _l("safe"),
    Verdict.WAIT: _l("wait and see"),
    Verdict.AT_RISK: _l("at risk"),
    Verdict.LOST: _l("lost"),
}
LOOKS: Mapping[Result, Look] = {
    Result.OK: Look.GOOD,
    Result.WEAK: Look.WARN,
    Result.BAD: Look.BAD,
}
MARKS: Mapping[Result, str] = {Result.OK: "✓", Result.WEAK: "!", Result.BAD: "✗"}


def at_words(moment: datetime, zone: str) -> str:
    """Day and time in a reader's zone, also where there is no request."""
    return format_datetime(moment, "d MMM y, HH:mm", ZoneInfo(zone), locale=language())
