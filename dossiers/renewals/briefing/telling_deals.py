"""Deals, discounts, promises and follow-ups in a briefing."""

from datetime import date

from dossiers.approvals.condition_words import money_words
from dossiers.deals.discounts.wording import percent_words
from dossiers.deals.listing import ListedDeal, Sum
from dossiers.deals.wording import KIND_NAMES
from dossiers.interactions.models import Promise
from dossiers.renewals.briefing.gathering import Known
from dossiers.renewals.briefing.sheet import Cell, Line, Look, Part, Table, cell, cut
from dossiers.renewals.models import FollowUp
from wiki.locale import _, ngettext
from wiki.templating import day

_MOST_DEALS, _MOST_PROMISES = 8, 9


def deals_part(known: Known) -> Part:
    """What the deals come to, and those that are open or closed last."""
    shown = known.deals[:_MOST_DEALS]
    total = sum(one.deals for one in known.sums)
    left = total - len(shown)
    headers = (_("Deal"), _("Stage"), _("Close"), _("Amount"), _("Discount"))
    return Part(
        "deals",
        _("Deals and discounts"),
        tuple(Line(_sum(one), Look.SOFT) for one in known.sums[:6]),
        Table(headers, (36, 18, 16, 18, 14), tuple(_deal(one) for one in shown)),
        foot=(Line(ngettext("and %(num)d further deal", "and %(num)d further deals", left)),)
        if left > 0
        else (),
        empty=_("No deals of this client are known."),
    )


def _sum(one: Sum) -> str:
    kind = str(KIND_NAMES[one.kind]) if one.kind else _("of an unknown kind")
    deals = ngettext("%(num)d deal", "%(num)d deals", one.deals)
    amount = money_words(one.amount, one.currency) if one.amount is not None else ""
    return f"{kind}: {', '.join(filter(None, (deals, amount)))}"


def _deal(one: ListedDeal) -> tuple[Cell, ...]:
    kind = str(KIND_NAMES[one.kind]) if one.kind else ""
    amount = money_words(one.amount, one.currency) if one.amount is not None else _("not said")
    look = Look.BAD if one.is_outside_policy else Look.PLAIN
    given = Line(percent_words(round(one.discount, 1)), look) if one.discount is not None else ""
    outside = Line(_("outside the policy"), Look.BAD) if one.is_outside_policy else ""
    return (
        cell(Line(cut(one.name, 80), url=one.url)),
        cell(cut(one.stage, 40), Line(kind, Look.SOFT)),
        cell(day(one.close)),
        cell(amount),
        cell(given, outside),
    )


def promises_part(known: Known) -> Part:
    """What was promised and is not kept yet, and what the director wants done, by their days."""
    owed = [_promised(known, one) for one in known.promises]
    owed += [_wanted(known, one) for one in known.follow_ups]
    owed.sort(key=lambda one: one[0])
    left = len(owed) - _MOST_PROMISES
    headers = (_("What"), _("Who"), _("Until"))
    return Part(
        "promises",
        _("Open promises"),
        table=Table(headers, (60, 24, 18), tuple(row for _due, row in owed[:_MOST_PROMISES])),
        foot=(Line(ngettext("and %(num)d further promise", "and %(num)d further promises", left)),)
        if left > 0
        else (),
        empty=_("Nothing is promised that is not kept yet."),
    )


def _promised(known: Known, one: Promise) -> tuple[date, tuple[Cell, ...]]:
    ours = known.colleagues.get(one.user_id, "")
    theirs = known.chart.names.get(one.person_id or 0, "") or _("the client")
    kind = _("we promised") if one.by_us else _("they promised")
    what = cell(Line(cut(one.what, 140), url=f"/promises/{one.id}"), Line(kind, Look.SOFT))
    return one.due_on, _owed(known, what, ours if one.by_us else theirs, one.due_on)


def _wanted(known: Known, one: FollowUp) -> tuple[date, tuple[Cell, ...]]:
    what = cell(cut(one.what, 140), Line(_("follow-up of a review"), Look.SOFT))
    return one.due_on, _owed(known, what, known.colleagues.get(one.user_id, ""), one.due_on)


def _owed(known: Known, what: Cell, who: str, due: date) -> tuple[Cell, ...]:
    look = Look.BAD if due < known.day else Look.PLAIN
    return what, cell(cut(who, 60)), cell(Line(day(due), look))
