"""The purchase and the days that an address asks about; read the same by answers and runs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from dossiers.approvals.amounts import amount_typed, check_currency
from dossiers.approvals.answers.answer import Question
from dossiers.approvals.answers.reasons import UNSAID
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.runs.rules import LONGEST_DEAL, MOST_TAGS
from dossiers.people.rules import check_day
from wiki.errors import Refusal
from wiki.pages.categories import Tree
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number

LONGEST_TAG = 200
_MOST_CATEGORIES = 50


@dataclass
class PurchaseTyped:
    """What somebody typed about a purchase, as it was typed, and what is wrong with it by field."""

    amount: str = ""
    currency: str = ""
    categories: frozenset[int] = frozenset()
    new_vendor: bool = False
    personal_data: bool = False
    tags: tuple[str, ...] = ()
    on: str = ""
    wanted: str = ""
    deal: str = ""
    problems: dict[str, Refusal] = field(default_factory=dict)

    def question(self, currency: str, shelves: Tree, today: date) -> Question | None:
        """What is asked; `None` when something is wrong, which is put into `problems`.

        `currency` is that of amounts without one. A category stands for those above it, too.
        """
        amount, said = self._amount()
        named = said or self._currency()
        begins = self.begins(today) or today
        wanted = self._day("wanted", today)
        self._check_lengths()
        if self.problems:
            return None
        self.currency = named or currency
        purchase = Purchase(
            amount or Decimal(0),
            self.currency if amount is not None else UNSAID,
            with_those_above(self.categories, shelves),
            self.new_vendor,
            self.personal_data,
            frozenset(self.tags),
        )
        return Question(purchase, begins, wanted, self.deal)

    def begins(self, today: date) -> date | None:
        """The day on which the path begins; `None` when it was left open or cannot be read."""
        return self._day("on", today)

    def query(self, **more: str) -> str:
        """The part of an address behind `?` by which the same is asked again."""
        said: list[tuple[str, str]] = [
            (name, str(getattr(self, name)))
            for name in ("amount", "currency", "on", "wanted", "deal")
            if getattr(self, name)
        ]
        said += [("category", str(ident)) for ident in sorted(self.categories)]
        said += [(name, "1") for name in ("new_vendor", "personal_data") if getattr(self, name)]
        said += [("tags", ", ".join(self.tags))] if self.tags else []
        return urlencode([*said, *more.items()])

    def _amount(self) -> tuple[Decimal | None, str]:
        if not self.amount:
            return None, ""
        try:
            return amount_typed(self.amount)
        except Refusal as refusal:
            self.problems["amount"] = refusal
            return None, ""

    def _currency(self) -> str:
        try:
            return check_currency(self.currency)
        except Refusal as refusal:
            self.problems["currency"] = refusal
            return ""

    def _day(self, name: str, today: date) -> date | None:
        text = getattr(self, name)
        if not text:
            return None
        try:
            found = _day_of(text)
            check_day(found, today)
        except Refusal as refusal:
            self.problems[name] = refusal
            return None
        return found

    def _check_lengths(self) -> None:
        if len(self.deal) > LONGEST_DEAL:
            self.problems["deal"] = _too_long(LONGEST_DEAL)
        if len(self.tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in self.tags):
            self.problems["tags"] = _too_long(LONGEST_TAG)


def purchase_in(values: MultiDict[str, str]) -> PurchaseTyped:
    """What the address (or a form) with these values asks about."""
    categories = (whole_number(one) for one in values.getlist("category")[:_MOST_CATEGORIES])
    return PurchaseTyped(
        _line(values, "amount"),
        _line(values, "currency"),
        frozenset(ident for ident in categories if ident),
        _is_on(values, "new_vendor"),
        _is_on(values, "personal_data"),
        tuple(dict.fromkeys(_tags(values))),
        _line(values, "on"),
        _line(values, "wanted"),
        _line(values, "deal"),
    )


def with_those_above(categories: frozenset[int], shelves: Tree) -> frozenset[int]:
    """The categories and all those in which they stand: a condition on one holds for its parts."""
    return categories | {shelf.id for ident in categories for shelf in shelves.path(ident)}


def as_chosen(categories: Iterable[int], shelves: Tree) -> list[int]:
    """The categories without those that only stand for one of their parts, in order."""
    chosen = set(categories)
    above = {shelf.id for ident in chosen for shelf in shelves.path(ident) if shelf.id != ident}
    return sorted(chosen - above)


def _line(values: Mapping[str, str], name: str) -> str:
    return one_line(values.get(name, ""))


def _is_on(values: Mapping[str, str], name: str) -> bool:
    return values.get(name, "") in ("1", "y", "yes", "true", "on")


def _tags(values: MultiDict[str, str]) -> list[str]:
    typed = ",".join(values.getlist("tags")).split(",")
    return [tag for tag in (one_line(one) for one in typed) if tag]


def _day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("Write a day as 2026-03-31. Nothing was changed.") from None


def _too_long(limit: int) -> Refusal:
    return Refusal("This is too long: %(limit)d characters are the limit.", limit=limit)
