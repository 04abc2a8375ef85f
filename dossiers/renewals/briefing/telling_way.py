"""The approval path with its days, in a briefing."""

from collections.abc import Iterator

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.condition_words import duration_words
from dossiers.approvals.shown import StepShown
from dossiers.renewals.briefing.gathering import Known
from dossiers.renewals.briefing.sheet import Cell, Line, Look, Part, Table, cell, cut
from dossiers.renewals.briefing.way import Start, Way
from dossiers.renewals.calendar.colours import NOT_BEGUN
from dossiers.renewals.kinds import OVER
from wiki.locale import _, ngettext
from wiki.templating import day

_MOST_STEPS, _MOST_ACTORS = 14, 2


def way_part(known: Known) -> Part:
    """The steps with who acts, how long each takes, and the days by which the contract counts."""
    way = known.way
    if way is None:
        return Part("path", _("Approval path"), empty=_("How this client decides is not known."))
    left = len(way.steps) - _MOST_STEPS
    days = (_("Must begin by"), _("Done by")) if way.is_counted_back else (_("Begins"), _("Ends"))
    headers = (_("Step"), _("Who acts"), _("Usually"), *days)
    rows = tuple(_row(known, way, step) for step in way.steps[:_MOST_STEPS])
    return Part(
        "path",
        _("Approval path: %(subject)s", subject=cut(way.subject, 100)),
        tuple(_lines(known, way)),
        Table(headers, (30, 32, 16, 17, 17), rows),
        foot=(Line(ngettext("and %(num)d further step", "and %(num)d further steps", left)),)
        if left > 0
        else (),
        empty=_("This path has no steps yet."),
    )


def _lines(known: Known, way: Way) -> Iterator[Line]:
    address = f"/clients/{known.client.id}/paths/{way.path_id}"
    if way.confirmed_on:
        yield Line(_("confirmed on %(day)s", day=day(way.confirmed_on)), Look.GOOD, address)
    else:
        yield Line(_("draft, nobody at the client has confirmed it"), Look.WARN, address)
    yield from _in_time(known, way.start) if way.start else _unknown(known)
    if not way.is_counted_back and way.spans:
        yield Line(_("The days are counted as if it began today."), Look.SOFT)
    elif way.begun_today and _is_late(known, way):
        yield Line(_("Begun today, it is usually signed on %(day)s.", day=day(way.begun_today)))
    for standing in known.runs[:2]:
        turns = ", ".join(cut(turn.title, 60) for turn in standing.turns[:3])
        yield Line(_("Under way now: %(steps)s", steps=turns or _("not known")), Look.STRONG)


def _in_time(known: Known, start: Start) -> Iterator[Line]:
    words = {"end": day(start.signed_by), "start": day(start.begin_by)}
    if start.begin_by >= known.day:
        yield Line(_("To be signed by %(end)s, it must begin by %(start)s.", **words))
    elif _has_begun(known):
        yield Line(_("To be signed by %(end)s, it had to begin by %(start)s.", **words))
    else:
        said = _("To be signed by %(end)s, it had to begin by %(start)s: that is over.", **words)
        yield Line(said, Look.BAD)


def _unknown(known: Known) -> Iterator[Line]:
    contract = known.contract
    if contract is not None and contract.path_id is None and contract.state not in OVER:
        said = _("The contract does not say by which path it is renewed.")
        yield Line(said, Look.WARN, f"/contracts/{contract.id}")


def _has_begun(known: Known) -> bool:
    return known.contract is not None and known.contract.state not in NOT_BEGUN


def _is_late(known: Known, way: Way) -> bool:
    return way.start is not None and way.start.begin_by < known.day and not _has_begun(known)


def _row(known: Known, way: Way, shown: StepShown) -> tuple[Cell, ...]:
    span = way.spans.get(shown.step.code)
    missed = span and way.is_counted_back and span.start < known.day and not _has_begun(known)
    begin, end = (day(span.start), day(span.end)) if span else ("", "")
    return (
        cell(Line(f"{shown.number}. {cut(shown.step.title, 80)}", Look.STRONG)),
        cell(*_actors(shown)),
        cell(_usually(way, shown)),
        cell(Line(begin, Look.BAD if missed else Look.PLAIN)),
        cell(end),
    )


def _usually(way: Way, shown: StepShown) -> str:
    """As long as the days beside it were counted with."""
    days = way.start.days.get(shown.step.code) if way.start else None
    if days is None:
        return duration_words(shown.step.duration)
    told = ngettext("%(days)s working day", "%(days)s working days", days, days=str(days))
    return str(told)


def _actors(shown: StepShown) -> Iterator[Line]:
    if not shown.seats:
        yield Line(_("not known who acts"), Look.WARN)
    for seat in shown.seats[:_MOST_ACTORS]:
        yield Line(cut(seat.title, 60))
        yield _holder(seat)
    left = len(shown.seats) - _MOST_ACTORS
    if left > 0:
        yield Line(_("and %(count)s more", count=left), Look.SOFT)


def _holder(seat: ActorSeat) -> Line:
    if seat.is_gone:
        return Line(_("position is gone"), Look.WARN)
    if seat.holders:
        return Line(cut(", ".join(one.name for one in seat.holders[:2]), 70), Look.SOFT)
    return Line(_("vacant") if seat.is_vacant else _("not known who"), Look.WARN)
