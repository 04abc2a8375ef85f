"""The report on discounts: by manager, client, product, ground and over time, and the pairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.deals.discounts.columns import (
    NEVER,
    Buyer,
    By,
    Wanted,
    conditions,
    contact_facts,
    facts_of,
    ground_facts,
    product_facts,
)
from dossiers.deals.discounts.documents import Ground
from dossiers.deals.discounts.measures import NOTHING, Facts, Groups, Measures, measures_of
from dossiers.deals.discounts.naming import (
    Sellers,
    client_names,
    homes_in,
    person_names,
    product_names,
    sellers_of,
)
from dossiers.deals.discounts.pairs import Pair, pairs_of
from dossiers.deals.discounts.versions import grounds_of
from dossiers.deals.models import Deal
from wiki.accounts.actor import Actor

MOST_GROUPS = 50
_MOST_STEPS = 36


@dataclass(frozen=True, slots=True)
class Group:
    """The deals of one manager, client, product or ground. `code` is that of a ground."""

    key: int
    name: str
    measures: Measures
    code: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A month, quarter or year (of 1, 3 or 12 months) with what its deals come to."""

    first: date
    months: int
    measures: Measures

    @property
    def last(self) -> date:
        """Its last day."""
        return _first_of(self.first.year * 12 + self.first.month - 1 + self.months) - timedelta(1)


@dataclass(frozen=True, slots=True)
class PairNamed:
    """A repeated pair with the names of both."""

    pair: Pair
    seller: str
    buyer: str


@dataclass(frozen=True, slots=True)
class Report:
    """All of the report. `unknown` are deals without a known discount, which are in no figure.

    `currencies` tells how many deals of the question are in each; `left` how many groups are not
    among those shown.
    """

    wanted: Wanted
    by: By
    buyer: Buyer
    currencies: Mapping[str, int]
    unknown: int
    whole: Measures
    groups: Sequence[Group]
    left: int
    steps: Sequence[Step]
    pairs: Sequence[PairNamed]


def report_visible_to(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    by: By = By.MANAGER,
    buyer: Buyer = Buyer.CLIENT,
    language: str = "en",
    most: int = MOST_GROUPS,
) -> Report:
    """The report for what the reader may see, in a constant number of statements.

    Without a currency it is on the one in which most deals are: amounts of two cannot be added.
    """
    counted = _currencies(session, actor, wanted)
    code = wanted.currency if wanted.currency is not None else _commonest(counted)
    wanted, grounds = wanted.in_currency(code), dict(enumerate(grounds_of(session), 1))
    facts = _facts(session, actor, wanted, by, grounds)
    sellers = sellers_of(session)
    groups = _groups(session, actor, wanted, by, facts, sellers)
    largest = groups.largest(most)
    return Report(
        wanted=wanted,
        by=by,
        buyer=buyer,
        currencies=counted,
        unknown=counted.get(code, 0) - facts.count,
        whole=measures_of(facts),
        groups=_named(session, actor, by, largest, sellers, grounds, language),
        left=len(groups) - len(largest),
        steps=steps_of(facts),
        pairs=_pairs(session, actor, wanted, buyer, facts, sellers),
    )


def _facts(
    session: Session, actor: Actor, wanted: Wanted, by: By, grounds: Mapping[int, Ground]
) -> Facts:
    if by is not By.GROUND:
        return facts_of(session, actor, wanted)
    return ground_facts(session, actor, wanted, [one.code for one in grounds.values()])


def _commonest(counted: Mapping[str, int]) -> str:
    return max(counted, key=lambda code: (counted[code], code), default="")


def _currencies(session: Session, actor: Actor, wanted: Wanted) -> Mapping[str, int]:
    """How many deals there are in each currency."""
    everywhere = conditions(actor, wanted.in_currency(None))
    statement = select(Deal.currency, func.count()).where(*everywhere).group_by(Deal.currency)
    return dict(session.execute(statement).all())


def _groups(
    session: Session, actor: Actor, wanted: Wanted, by: By, facts: Facts, sellers: Sellers
) -> Groups:
    match by:
        case By.CLIENT:
            return Groups(facts, homes_in(session, facts.client))
        case By.PRODUCT:
            facts = product_facts(session, actor, wanted)
            return Groups(facts, facts.other)
        case By.GROUND:
            return Groups(facts, facts.other)
    return Groups(facts, sellers.of(facts.owner))


def _named(
    session: Session,
    actor: Actor,
    by: By,
    found: Sequence[tuple[int, Measures]],
    sellers: Sellers,
    grounds: Mapping[int, Ground],
    language: str,
) -> list[Group]:
    keys = [key for key, _measures in found]
    match by:
        case By.CLIENT:
            names = client_names(session, keys)
        case By.PRODUCT:
            names = product_names(session, actor, keys)
        case By.GROUND:
            names = {place: one.name(language) for place, one in grounds.items()}
        case _:
            names = sellers.names
    codes = {place: one.code for place, one in grounds.items()} if by is By.GROUND else {}
    return [Group(key, names.get(key, ""), one, codes.get(key, "")) for key, one in found]


def _pairs(
    session: Session, actor: Actor, wanted: Wanted, buyer: Buyer, facts: Facts, sellers: Sellers
) -> list[PairNamed]:
    if buyer is Buyer.CONTACT:
        facts = contact_facts(session, actor, wanted)
    buyers = facts.other if buyer is Buyer.CONTACT else homes_in(session, facts.client)
    owners, known = sellers.of(facts.owner), buyers != 0
    pairs = pairs_of(facts.only(known), owners[known], buyers[known])
    idents = {pair.buyer for pair in pairs}
    names = (person_names if buyer is Buyer.CONTACT else client_names)(session, idents)
    return [
        PairNamed(pair, sellers.names.get(pair.seller, ""), names.get(pair.buyer, ""))
        for pair in pairs
    ]


def steps_of(facts: Facts) -> list[Step]:
    """The deals over time, in months, or in quarters or years when there would be too many."""
    dated = facts.only(facts.month != NEVER)
    if not dated.count:
        return []
    low, high = int(dated.month.min()), int(dated.month.max())
    months = next((one for one in (1, 3) if (high - low) // one < _MOST_STEPS), 12)
    found = Groups(dated, dated.month // months).all()
    return [
        Step(_first_of(place * months), months, found.get(place, NOTHING))
        for place in range(low // months, high // months + 1)
    ][-10 * _MOST_STEPS :]


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
