"""What is known of a client told as a briefing in the reader's language."""

from collections.abc import Iterator

from dossiers.approvals.condition_words import money_words
from dossiers.clients.wording import DUTY_NAMES
from dossiers.people.insight.wording import COLOURS, question_in_words
from dossiers.renewals.briefing.gathering import Known
from dossiers.renewals.briefing.sheet import Cell, Line, Look, Part, Sheet, cell, cut
from dossiers.renewals.briefing.telling_changes import changes_part
from dossiers.renewals.briefing.telling_deals import deals_part, promises_part
from dossiers.renewals.briefing.telling_people import chart_part, people_part
from dossiers.renewals.briefing.telling_way import way_part
from dossiers.renewals.briefing.wording import LOOKS, MARKS, at_words
from dossiers.renewals.calendar.colours import NOT_BEGUN
from dossiers.renewals.checks.kinds import Result
from dossiers.renewals.checks.wording import VERDICTS, VOICES
from dossiers.renewals.contracts.wording import STATE_NAMES
from wiki.locale import _, language, ngettext
from wiki.templating import day

_MOST_CONTACTS, _MOST_QUESTIONS = 4, 6


def sheet_of(known: Known) -> Sheet:
    """The whole briefing."""
    at = at_words(known.at, known.reader.time_zone)
    parts = (
        _situation(known),
        _risks(known),
        promises_part(known),
        people_part(known),
        chart_part(known),
        way_part(known),
        deals_part(known),
        changes_part(known),
        _questions(known),
    )
    return Sheet(
        language(), known.client.id, cut(known.client.name, 160), _("Briefing"),
        tuple(_facts(known)), parts,
        _("Made for %(name)s, %(moment)s. Not to be passed on.", name=known.reader.name, moment=at),
        f"{cut(known.reader.name, 40)} · {at}",
    )  # fmt: skip


def _facts(known: Known) -> Iterator[tuple[str, Cell]]:
    client = known.client
    where = ", ".join(filter(None, (cut(client.segment, 60), cut(client.region, 60))))
    if where:
        yield _("Client"), cell(where)
    ours = (f"{name} ({DUTY_NAMES[duty]})" for name, duty in known.managers[:4])
    yield _("Looked after by"), cell(", ".join(ours) or Line(_("nobody"), Look.WARN))
    yield from _contract_facts(known)
    yield _("Standing"), cell(str(COLOURS[known.light.colour]))


def _contract_facts(known: Known) -> Iterator[tuple[str, Cell]]:
    contract = known.contract
    if contract is None:
        yield _("Contract"), cell(Line(_("none is written down"), Look.WARN))
        return
    value = money_words(contract.value, contract.currency) if contract.value is not None else ""
    named = ", ".join(filter(None, (cut(contract.number, 60), cut(contract.subject, 120), value)))
    yield _("Contract"), cell(Line(named, url=f"/contracts/{contract.id}"))
    yield _("State"), cell(str(STATE_NAMES[contract.state]))
    if contract.ends_on is None:
        yield _("Ends"), cell(_("open-ended"))
        return
    yield _("Ends"), cell(_days(known, contract.ends_on))
    if contract.notice_by:
        yield _("Last day for notice"), cell(_days(known, contract.notice_by))
    if contract.start_by:
        late = contract.start_by < known.day and contract.state in NOT_BEGUN
        look = Look.BAD if late else Look.STRONG
        yield _("Must begin by"), cell(Line(_days(known, contract.start_by), look))


def _days(known: Known, when: object) -> str:
    left = (when - known.day).days  # type: ignore[operator]
    told = (
        ngettext("in %(num)d day", "in %(num)d days", left)
        if left > 0
        else ngettext("%(num)d day ago", "%(num)d days ago", -left)
        if left
        else _("today")
    )
    return f"{day(when)} ({told})"  # type: ignore[arg-type]


def _situation(known: Known) -> Part:
    lines = [
        Line(
            f"{VOICES[one.voice]}: {VERDICTS[one.verdict]}"
            + (f". {cut(one.words, 240)}" if one.words else "")
        )
        for one in known.opinions
    ]
    contacts = known.contacts[:_MOST_CONTACTS]
    told = [
        Line(f"{day(one.happened_at)}: {cut(one.summary, 140)}", url=f"/contacts/{one.id}")
        for one in contacts
    ]
    if not told:
        told = [Line(_("No contact with the client is written down for a year."), Look.WARN)]
    review = known.changed.review
    if review is not None and review.words:
        lines.append(Line(_("Last review: %(words)s", words=cut(review.words, 240))))
    more = len(known.contracts) - 1
    if more > 0:
        lines.append(
            Line(ngettext("%(num)d further contract", "%(num)d further contracts", more), Look.SOFT)
        )
    return Part("situation", _("Situation"), (*lines, *told))


def _risks(known: Known) -> Part:
    bad_first = {Result.BAD: 0, Result.WEAK: 1, Result.OK: 2}
    shown = [one for one in known.seen if one.verdict in bad_first]
    shown.sort(key=lambda one: bad_first[one.verdict])
    lines = (
        Line(f"{MARKS[one.verdict]} {cut(one.sentence, 220)}", LOOKS[one.verdict], one.link)
        for one in shown
    )
    return Part("risks", _("Risks"), tuple(lines), empty=_("No check is switched on."))


def _questions(known: Known) -> Part:
    asked = known.questions[:_MOST_QUESTIONS]
    lines = (Line(cut(question_in_words(one), 200)) for one in asked)
    return Part("questions", _("Questions to ask"), tuple(lines), empty=_("Nothing is open."))
