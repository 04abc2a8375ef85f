"""Renewals of the calendar in the reader's words."""

from datetime import date

from babel.dates import format_date, format_skeleton

from dossiers.renewals.calendar.colours import Colour
from dossiers.renewals.calendar.moved import is_recent, moved_by_path
from dossiers.renewals.calendar.queries import Renewal
from wiki.locale import _, _l, language, ngettext
from wiki.templating import day

COLOUR_NAMES = {
    Colour.LATE: _l("too late"),
    Colour.SOON: _l("soon"),
    Colour.CALM: _l("there is time"),
    Colour.DONE: _l("done"),
}
COLOUR_BADGES = {
    Colour.LATE: "danger",
    Colour.SOON: "warning",
    Colour.CALM: "success",
    Colour.DONE: "neutral",
}


def month_name(month: date) -> str:
    """A month with its year: `May 2026`."""
    return str(format_skeleton("yMMMM", month, locale=language())).removesuffix("г.").strip()


def weekday_name(day: date) -> str:
    """The short name of its weekday."""
    return str(format_date(day, "ccc", locale=language()))


def haste_words(renewal: Renewal, today: date) -> str:
    """How much time there is, in one short sentence."""
    if renewal.colour is Colour.DONE:
        return ""
    if renewal.ends_on is not None and renewal.ends_on < today:
        return str(_("ended without an answer"))
    if renewal.start_by is None:
        return str(_("no path: nobody knows how long the client needs"))
    return _days_words((renewal.start_by - today).days)


def _days_words(days: int) -> str:
    if days < 0:
        return str(ngettext("%(num)d day too late", "%(num)d days too late", -days))
    if days == 0:
        return str(_("today is the last day"))
    return str(ngettext("%(num)d day left", "%(num)d days left", days))


def moved_words(renewal: Renewal, today: date) -> str:
    """That the path changed, and what it did to the day; nothing when it did not or long ago."""
    moved = moved_by_path(renewal.why, renewal.start_by)
    if moved is None or not is_recent(moved, today):
        return ""
    changed = day(moved.at)
    if moved.is_earlier:
        return str(
            ngettext(
                "The path changed on %(day)s, so one must begin %(num)d working day earlier.",
                "The path changed on %(day)s, so one must begin %(num)d working days earlier.",
                moved.working_days,
                day=changed,
            )
        )
    return str(
        ngettext(
            "The path changed on %(day)s, so one may begin %(num)d working day later.",
            "The path changed on %(day)s, so one may begin %(num)d working days later.",
            moved.working_days,
            day=changed,
        )
    )
