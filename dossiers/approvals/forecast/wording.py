"""Forecasts in sentences."""

from dossiers.approvals.forecast.calibration import Errors
from dossiers.approvals.forecast.shown import Shown
from wiki.locale import _, ngettext
from wiki.templating import day, number


def range_in_words(shown: Shown) -> str:
    """When the signature is to be expected, and how sure that is."""
    if shown.early == shown.late:
        return _("Signed on %(day)s, as far as one can see.", day=day(shown.likely))
    return _(
        "Expected to be signed by %(likely)s; in eight of ten cases between %(early)s and "
        "%(late)s.",
        likely=day(shown.likely),
        early=day(shown.early),
        late=day(shown.late),
    )


def basis_in_words(shown: Shown) -> str:
    """From what the forecast was made."""
    if not shown.runs:
        return _("Made from the durations that the path names: no run has ended yet.")
    return str(
        ngettext(
            "Made from %(num)d run that has ended and the durations that the path names.",
            "Made from %(num)d runs that have ended and the durations that the path names.",
            shown.runs,
        )
    )


def chance_in_words(chance: float) -> str:
    """The chance to be signed by a day."""
    if chance >= 0.995:
        return _("as good as certain")
    if chance < 0.005:
        return _("hardly possible")
    return _("%(num)d in 100 cases", num=round(chance * 100))


def slide_in_words(moved: int) -> str:
    """How the likely day moved since the first forecast, in working days."""
    if not moved:
        return _("The expected day is the same as in the first forecast.")
    days = _working_days(abs(moved))
    if moved > 0:
        return _("Since the first forecast the expected day slid by %(days)s.", days=days)
    return _("Since the first forecast the expected day came nearer by %(days)s.", days=days)


def late_in_words(late: int) -> str:
    """How the day of the signature stood to an expected one, in working days."""
    if not late:
        return _("to the day")
    days = _working_days(abs(late))
    return _("%(days)s later", days=days) if late > 0 else _("%(days)s sooner", days=days)


def _working_days(count: int) -> str:
    return str(ngettext("%(num)d working day", "%(num)d working days", count))


def distance_in_words(errors: Errors) -> str:
    """The mean error of dates."""
    return _("%(count)s working days", count=number(round(errors.distance, 1)))


def lean_in_words(errors: Errors) -> str:
    """To which side dates erred on average."""
    lean = round(errors.lean, 1)
    if abs(lean) < 0.5:
        return _("to both sides alike")
    count = number(abs(lean))
    if lean > 0:
        return _("too early by %(count)s working days on average", count=count)
    return _("too late by %(count)s working days on average", count=count)
