"""What changed in a dossier, in a briefing: the words of reviews, shortened to what matters."""

from itertools import chain
from typing import NamedTuple

from dossiers.renewals.briefing.gathering import Known
from dossiers.renewals.briefing.sheet import Line, Look, Part, cut
from dossiers.renewals.reviews.telling import ToldFact, ToldLine, ToldSection, told_changes
from dossiers.renewals.reviews.wording import SECTION_NAMES, WHAT_NAMES
from dossiers.renewals.snapshot.comparing import What
from wiki.locale import _, ngettext
from wiki.pages.compare import BlockChange, Segment
from wiki.templating import day

_MOST = 14
#: So many lines of a section come before the next section has its turn.
_AT_ONCE = 3
_ORDER = (
    "contracts", "paths", "people", "positions", "deals", "discounts", "promises", "card", "notes",
    "contacts",
)  # fmt: skip
"""The sections, what matters most before a talk first."""


class _Ranked(NamedTuple):
    turn: int
    rank: int
    place: int
    said: str


def changes_part(known: Known) -> Part:
    """What is other than at the last signed review, or than three months ago."""
    changed = known.changed
    ranked = list(chain.from_iterable(_ranked(one) for one in told_changes(changed.look)))
    shown = sorted(sorted(ranked)[:_MOST], key=lambda one: (one.rank, one.place))
    return Part(
        "changes",
        _("What changed since the review of %(day)s", day=day(changed.since))
        if changed.review
        else _("What changed since %(day)s", day=day(changed.since)),
        tuple(Line(one.said) for one in shown),
        foot=_further(known, len(ranked) - len(shown)),
        empty=_("This dossier was begun less than three months ago.")
        if changed.is_young
        else _("Nothing changed."),
    )


def _ranked(section: ToldSection) -> list[_Ranked]:
    rank = _ORDER.index(section.code)
    return [
        _Ranked(place // _AT_ONCE, rank, place, _said(section.code, line))
        for place, line in enumerate(section.lines)
    ]


def _said(section: str, line: ToldLine) -> str:
    label = cut(line.label, 90)
    what = "" if line.what is What.CHANGED else str(WHAT_NAMES[line.what])
    facts = "; ".join(_fact(one) for one in line.facts)
    told = ", ".join(filter(None, (what, facts)))
    return cut(f"{SECTION_NAMES[section]}: {label}: {told}", 260)


def _fact(fact: ToldFact) -> str:
    if fact.blocks:
        return f"{fact.name}: {_added(fact)}"
    before = f"{cut(fact.before, 70)} → " if fact.before and fact.before != "—" else ""
    return f"{fact.name}: {before}{cut(fact.after, 70)}"


def _added(fact: ToldFact) -> str:
    """The words that a longer text has now where it differs; a dash where words only went."""
    words = (segment.text for block in fact.blocks for segment in _now(block))
    return cut(" ".join(words), 140) or "—"


def _now(block: BlockChange) -> list[Segment]:
    return [one for one in block.inline or block.new if one.kind != "removed"]


def _further(known: Known, left: int) -> tuple[Line, ...]:
    if left <= 0:
        return ()
    told = ngettext("and %(num)d further change", "and %(num)d further changes", left)
    page = "reviews" if known.changed.review else "history"
    return (Line(told, Look.SOFT, f"/clients/{known.client.id}/{page}"),)
