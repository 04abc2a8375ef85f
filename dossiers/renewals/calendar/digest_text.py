"""What the weekly letter says, in the reader's language."""

from collections.abc import Sequence
from datetime import date

from dossiers.approvals.condition_words import money_words
from dossiers.renewals.calendar.colours import Colour
from dossiers.renewals.calendar.queries import Renewal
from dossiers.renewals.calendar.wording import haste_words, moved_words
from wiki.accounts.actor import Actor
from wiki.locale import _, _l, ngettext
from wiki.templating import day as day_words

#: In each part of the letter; the rest is counted.
MOST_LINES = 40
_HEADINGS = {
    Colour.LATE: _l("Too late"),
    Colour.SOON: _l("Soon"),
    Colour.CALM: _l("The path has moved the day"),
}


def subject_of(renewals: Sequence[Renewal]) -> str:
    """How many are too late, else how many there are."""
    late = sum(one.colour is Colour.LATE for one in renewals)
    if late:
        return str(ngettext("%(num)d renewal is too late", "%(num)d renewals are too late", late))
    return str(ngettext("%(num)d renewal this week", "%(num)d renewals this week", len(renewals)))


def text_of(base: str, actor: Actor, renewals: Sequence[Renewal], today: date) -> str:
    """The whole letter."""
    parts = [_("Good morning, %(name)s! These renewals need you:", name=actor.name)]
    for colour, heading in _HEADINGS.items():
        some = [one for one in renewals if one.colour is colour]
        if some:
            parts += _part(base, f"{heading} ({len(some)})", some, today)
    last = _(
        "The whole calendar: %(renewals)s\nNo more letters: %(feed)s",
        renewals=f"{base}/renewals",
        feed=f"{base}/renewals/feed",
    )
    return "\n\n".join([*parts, last]) + "\n"


def _part(base: str, heading: str, some: Sequence[Renewal], today: date) -> list[str]:
    lines = [_paragraph(base, one, today) for one in some[:MOST_LINES]]
    rest = len(some) - len(lines)
    if rest:
        lines.append(str(ngettext("and %(num)d more", "and %(num)d more", rest)))
    return [heading.upper(), *lines]


def _paragraph(base: str, one: Renewal, today: date) -> str:
    client = one.home.name if one.home else ""
    worth = money_words(one.value, one.currency) if one.value is not None else ""
    begin = _("begin by %(day)s", day=day_words(one.start_by)) if one.start_by else ""
    end = _("ends on %(day)s", day=day_words(one.ends_on)) if one.ends_on else ""
    head = ", ".join(part for part in (client, one.number, worth) if part)
    days = ", ".join(part for part in (begin, haste_words(one, today), end) if part)
    said = [head, days, moved_words(one, today), f"{base}{one.url}"]
    return "\n".join(" ".join(line.split()) for line in said if line)
