"""Renewals as an iCalendar file (RFC 5545): whole days that calendars of all makers read."""

from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import Calendar, Event

from dossiers.approvals.condition_words import money_words
from dossiers.renewals.calendar.month import Mark, What, marks_of
from dossiers.renewals.calendar.queries import Renewal
from dossiers.renewals.calendar.wording import COLOUR_NAMES, moved_words
from dossiers.renewals.contracts.wording import STATE_NAMES
from wiki import clock
from wiki.locale import _, _l

_DAY = timedelta(days=1)
_WHAT = {
    What.START: _l("Begin the renewal: %(client)s"),
    What.NOTICE: _l("Last day for notice: %(client)s"),
    What.END: _l("Contract ends: %(client)s"),
}


def calendar_of(renewals: Iterable[Renewal], base: str, today: date) -> bytes:
    """The file, in the language of the moment; `base` begins the addresses in it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Dossier Wiki//Renewals//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", str(_("Renewals")))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for renewal in renewals:
        for day, mark in marks_of(renewal):
            calendar.add_component(_event(day, mark, base, today))
    content: bytes = calendar.to_ical()
    return content


def _event(day: date, mark: Mark, base: str, today: date) -> Event:
    renewal, event = mark.renewal, Event()
    event.add("uid", f"contract-{renewal.id}-{mark.what}@dossier-wiki")
    event.add("dtstamp", clock.now())
    event.add("dtstart", day)
    event.add("dtend", day + _DAY)
    client = _plain(renewal.home.name if renewal.home else renewal.number)
    event.add("summary", str(_WHAT[mark.what]) % {"client": client})
    event.add("description", "\n".join(_lines(renewal, today)))
    event.add("url", base + renewal.url)
    event.add("transp", "TRANSPARENT")
    return event


def _lines(renewal: Renewal, today: date) -> list[str]:
    worth = money_words(renewal.value, renewal.currency) if renewal.value is not None else ""
    standing = f"{STATE_NAMES[renewal.state]}, {COLOUR_NAMES[renewal.colour]}"
    said = [renewal.number, renewal.subject, worth, standing, moved_words(renewal, today)]
    return [_plain(one) for one in said if one]


def _plain(text: str) -> str:
    """On one line, without control characters, which the format cannot hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
