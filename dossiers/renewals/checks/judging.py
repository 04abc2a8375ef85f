"""The nine checks: rules over plain values. Each says what it saw and where it is put right."""

import math
from collections.abc import Callable, Mapping, Sequence

from dossiers.renewals.checks.ground import Ground, Lack, Signing
from dossiers.renewals.checks.kinds import Check, Result
from dossiers.renewals.checks.rules_now import Rules
from dossiers.renewals.checks.seen import N_, Seen, Words

_MOST_NAMED = 3
_HALF_YEAR = 182

Judge = Callable[[Ground, Mapping[str, int]], Seen]


def judge_all(ground: Ground, rules: Rules) -> list[Seen]:
    """What every check saw, in the order in which they are listed."""
    return [
        _off(code, ground) if code in rules.off else judge(ground, rules.limits)
        for code, judge in _JUDGES.items()
    ]


def _off(code: Check, ground: Ground) -> Seen:
    words = N_("A director has switched this check off.")
    return Seen(
        code, Result.OFF, words, f"/renewals/rules#{code.value}", {"client": ground.client_id}
    )


def _buyer(ground: Ground, limits: Mapping[str, int]) -> Seen:
    here = f"/clients/{ground.client_id}"
    known = [one for one in ground.buyers if not one.is_guess]
    if not ground.buyers:
        words = N_("Nobody wrote down who the economic buyer is.")
        return Seen(Check.BUYER, Result.BAD, words, f"{here}/people/new?role=economic_buyer")
    if not known:
        one = ground.buyers[0]
        link = f"/persons/{one.person_id}?client={ground.client_id}#role"
        words = N_("It is only supposed that %(name)s is the economic buyer.", name=one.name)
        return Seen(Check.BUYER, Result.WEAK, words, link, {"person": one.person_id})
    one = max(known, key=lambda each: (each.met_on is not None, each.met_on or ground.day))
    link = f"{here}/contacts?person={one.person_id}"
    if one.met_on is None:
        words = N_("No contact with %(name)s, the economic buyer, is written down.", name=one.name)
        return Seen(Check.BUYER, Result.WEAK, words, link, {"person": one.person_id})
    days = (ground.day - one.met_on).days
    facts = {"person": one.person_id, "days": days, "limit": limits["met_days"]}
    words = N_(
        "Days since one last spoke with %(name)s, the economic buyer: %(days)d; at most %(limit)d.",
        name=one.name,
        days=days,
        limit=limits["met_days"],
    )
    return Seen(Check.BUYER, _within(days, limits["met_days"]), words, link, facts)


def _support(ground: Ground, limits: Mapping[str, int]) -> Seen:
    people = ground.supporters
    levels = frozenset[int]().union(*(one.levels for one in people))
    facts = {"people": len(people), "levels": len(levels)}
    words = N_(
        "Supportive people: %(people)d, levels: %(levels)d; wanted are %(least)d on %(high)d. "
        "%(names)s",
        people=len(people),
        levels=len(levels),
        least=limits["supporters"],
        high=limits["levels"],
        names=_listed([one.name for one in people]),
    )
    enough = len(people) >= limits["supporters"] and len(levels) >= limits["levels"]
    result = Result.OK if enough else Result.WEAK if people else Result.BAD
    return Seen(
        Check.SUPPORT, result, words, f"/clients/{ground.client_id}/coverage?who=all", facts
    )


def _signers(ground: Ground, _limits: Mapping[str, int]) -> Seen:
    signings = [one for path in ground.paths for one in path.signings]
    unnamed = [(path.id, title) for path in ground.paths for title in path.unnamed]
    paths = f"/clients/{ground.client_id}/paths"
    wrong = [one for one in signings if one.lack]
    facts = {"signers": len(signings), "wrong": len(wrong), "unnamed": len(unnamed)}
    if not signings and not unnamed:
        words = N_("No path says who signs.")
        return Seen(Check.SIGNERS, Result.BAD, words, paths, facts)
    if wrong:
        first = min(wrong, key=lambda one: list(Lack).index(one.lack or Lack.AGAINST))
        link = f"/clients/{ground.client_id}/positions/{first.position_id}"
        if first.lack is Lack.GONE:
            link = f"{paths}/{first.path_id}"
        elif first.lack is Lack.AGAINST:
            link = f"/persons/{first.person_id}?client={ground.client_id}#attitude"
        return Seen(Check.SIGNERS, Result.BAD, _wrong(first.lack, first, wrong), link, facts)
    if unnamed:
        words = N_("Nobody is named who signs: %(steps)s.", steps=_listed([t for _p, t in unnamed]))
        return Seen(Check.SIGNERS, Result.WEAK, words, f"{paths}/{unnamed[0][0]}", facts)
    words = N_(
        "All who sign are known and none is against us: %(names)s.",
        names=_listed([one.name for one in signings]),
    )
    return Seen(Check.SIGNERS, Result.OK, words, f"{paths}/{signings[0].path_id}", facts)


def _wrong(lack: Lack | None, first: Signing, wrong: Sequence[Signing]) -> Words:
    values = {"count": len(wrong), "title": first.title, "name": first.name}
    match lack:
        case Lack.GONE:
            return N_("Signers with a problem: %(count)d. “%(title)s” signs but is gone.", **values)
        case Lack.UNKNOWN:
            return N_(
                "Signers with a problem: %(count)d. Nobody knows who holds “%(title)s”.", **values
            )
        case Lack.VACANT:
            return N_("Signers with a problem: %(count)d. “%(title)s” is vacant.", **values)
        case _:
            return N_("Signers with a problem: %(count)d. %(name)s is against us.", **values)


def _path(ground: Ground, limits: Mapping[str, int]) -> Seen:
    base = f"/clients/{ground.client_id}/paths"
    if not ground.paths:
        return Seen(Check.PATH, Result.BAD, N_("There is no approval path."), base)
    oldest = min(ground.paths, key=lambda one: one.told_on.toordinal() if one.told_on else 0)
    link = f"{base}/{oldest.id}/confirm"
    if oldest.told_on is None:
        words = N_("Nobody at the client has confirmed the path “%(path)s”.", path=oldest.subject)
        return Seen(Check.PATH, Result.WEAK, words, link, {"path": oldest.id})
    days = (ground.day - oldest.told_on).days
    words = N_(
        "Days since the path “%(path)s” was confirmed: %(days)d; at most %(limit)d.",
        path=oldest.subject,
        days=days,
        limit=limits["confirmed_days"],
    )
    facts = {"path": oldest.id, "days": days, "limit": limits["confirmed_days"]}
    return Seen(Check.PATH, _within(days, limits["confirmed_days"]), words, link, facts)


def _promises(ground: Ground, limits: Mapping[str, int]) -> Seen:
    count, facts = len(ground.owed), {"overdue": [one.id for one in ground.owed]}
    page = f"/clients/{ground.client_id}/promises"
    if not count:
        return Seen(Check.PROMISES, Result.OK, N_("No promise of ours is overdue."), page, facts)
    first = ground.owed[0]
    words = N_(
        "Overdue promises of ours: %(count)d, the oldest by %(days)d days: %(what)s",
        count=count,
        days=(ground.day - first.due_on).days,
        what=first.what,
    )
    result = Result.BAD if count > limits["promises"] else Result.OK
    return Seen(Check.PROMISES, result, words, f"/promises/{first.id}", facts)


def _discounts(ground: Ground, limits: Mapping[str, int]) -> Seen:
    deals = sorted(ground.discounted, key=lambda one: one.is_grounded)
    bare = [one for one in deals if not one.is_grounded]
    page = f"/clients/{ground.client_id}/deals"
    facts = {"outside": len(deals), "without_ground": len(bare)}
    if not deals:
        words = N_("No discount is outside the policy.")
        return Seen(Check.DISCOUNTS, Result.OK, words, page, facts)
    words = N_(
        "Deals outside the discount policy: %(count)d, without a ground: %(bare)d. The largest: "
        "%(name)s, %(given)s %% where %(allowed)s %% are allowed.",
        count=len(deals),
        bare=len(bare),
        name=deals[0].name,
        given=round(float(deals[0].discount), 1),
        allowed=round(float(deals[0].allowed), 1),
    )
    over = len(deals) > limits["discounts"]
    result = Result.OK if not over else Result.BAD if bare else Result.WEAK
    return Seen(Check.DISCOUNTS, result, words, f"/deals/{deals[0].id}", facts)


def _products(ground: Ground, _limits: Mapping[str, int]) -> Seen:
    gone = [one for one in ground.products if one.is_archived]
    if not ground.products:
        words = N_("Nothing says which of our products they buy.")
        return Seen(Check.PRODUCTS, Result.WEAK, words, _contract(ground))
    facts = {"products": len(ground.products), "gone": [one.id for one in gone]}
    if gone:
        words = N_("No longer sold: %(names)s.", names=_listed([one.title for one in gone]))
        return Seen(Check.PRODUCTS, Result.BAD, words, f"/pages/{gone[0].id}", facts)
    words = N_(
        "All of it is still sold: %(names)s.", names=_listed([p.title for p in ground.products])
    )
    return Seen(Check.PRODUCTS, Result.OK, words, f"/pages/{ground.products[0].id}", facts)


def _contract(ground: Ground) -> str:
    if ground.contract_id:
        return f"/contracts/{ground.contract_id}"
    return f"/clients/{ground.client_id}/contracts"


def _pages(ground: Ground, _limits: Mapping[str, int]) -> Seen:
    pages = [one for one in ground.products if not one.is_archived]
    weak = [one for one in pages if one.overdue or not one.verified]
    facts = {"pages": len(pages), "unverified": [one.id for one in weak]}
    if not pages:
        words = N_("There is no page of a product to look at.")
        return Seen(Check.PAGES, Result.WEAK, words, _contract(ground), facts)
    if weak:
        words = N_(
            "Nobody has verified of late what these pages say: %(names)s.",
            names=_listed([one.title for one in weak]),
        )
        return Seen(Check.PAGES, Result.WEAK, words, f"/pages/{weak[0].id}", facts)
    words = N_("What the pages of the products say is verified.")
    return Seen(Check.PAGES, Result.OK, words, f"/pages/{pages[0].id}", facts)


def _facts(ground: Ground, limits: Mapping[str, int]) -> Seen:
    """How many are older than their usual life, and how many of all no longer hold by experience.

    Of a hundred positions so many change their holder or manager in each half year.
    """
    link = f"/clients/{ground.client_id}/question"
    total = sum(ground.ages.values())
    if not total:
        words = N_("Nobody wrote down who holds which position.")
        return Seen(Check.FACTS, Result.BAD, words, link, {"facts": 0})
    old = sum(count for days, count in ground.ages.items() if days > limits["fact_days"])
    low, high = (_changed(ground, limits[name]) for name in ("change_least", "change_most"))
    facts = {"facts": total, "old": old, "low": low, "high": high}
    words = N_(
        "Facts on holders and managers: %(total)d; older than %(days)d days: %(old)d. By "
        "experience %(low)d to %(high)d of all no longer hold.",
        total=total,
        days=limits["fact_days"],
        old=old,
        low=low,
        high=high,
    )
    percent = 100 * old / total
    return Seen(Check.FACTS, _within(percent, limits["fact_percent"]), words, link, facts)


def _changed(ground: Ground, percent: int) -> int:
    stays = 1 - percent / 100
    gone = (n * (1 - math.pow(stays, days / _HALF_YEAR)) for days, n in ground.ages.items())
    return round(sum(gone))


def _within(found: float, limit: int) -> Result:
    """Well up to the limit, weak up to the double of it, bad beyond."""
    if found <= limit:
        return Result.OK
    return Result.WEAK if found <= 2 * limit else Result.BAD


def _listed(names: list[str]) -> str:
    """The first names, and how many more there are."""
    unique = list(dict.fromkeys(names))
    more = len(unique) - _MOST_NAMED
    return ", ".join(unique[:_MOST_NAMED]) + (f" (+{more})" if more > 0 else "")


_JUDGES: Mapping[Check, Judge] = {
    Check.BUYER: _buyer,
    Check.SUPPORT: _support,
    Check.SIGNERS: _signers,
    Check.PATH: _path,
    Check.PROMISES: _promises,
    Check.DISCOUNTS: _discounts,
    Check.PRODUCTS: _products,
    Check.PAGES: _pages,
    Check.FACTS: _facts,
}
