"""What the rows of a list of contracts say, brought together by contract. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dossiers.renewals.contracts.importing.fields import LIMITS, WHOSE, Field
from dossiers.renewals.kinds import RenewalState
from wiki.errors import Refusal
from wiki.lists.plans import Chosen
from wiki.lists.said import Reader, Said
from wiki.lists.sheets import Sheet
from wiki.rendering.titles import fold_title
from wiki.tables.amounts import Marks, amount_in, currency_in
from wiki.tables.days import Orders, day_in
from wiki.tables.tables import Row

_MOST_NAMED = 10
_OPEN = frozenset({"open-ended", "open", "without end", "бессрочный", "бессрочно", "без срока"})
_STATES = {
    RenewalState.FUTURE: "ahead впереди",
    RenewalState.IN_REVIEW: "in-review на-разборе",
    RenewalState.AT_RISK: "at-risk под-угрозой",
    RenewalState.AGREED: "agreed согласован",
    RenewalState.PAPER: "on-paper оформляется",
    RenewalState.RENEWED: "renewed продлён продлен",
    RenewalState.SHRUNK: "shrunk уменьшен",
    RenewalState.LOST: "lost потерян",
}
_STATE_BY_WORD = {
    word.replace("-", " "): state for state, words in _STATES.items() for word in words.split()
} | {state.value: state for state in RenewalState}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, or all rows of one contract; `values` are those fields of the terms that it says."""

    rows: tuple[int, ...]
    number: str
    whose: Mapping[Field, str]
    values: Mapping[str, Any]
    texts: Mapping[Field, str]
    products: tuple[str, ...]
    state: RenewalState | None

    @property
    def folded(self) -> str:
        """The number as contracts are known by it."""
        return fold_title(self.number)[:120]


class EntryReader:
    """Reads the rows of one file; which mark divides decimals the whole file decides."""

    def __init__(self, sheet: Sheet, chosen: Chosen) -> None:
        self._reader = Reader(sheet.headings, chosen.columns, LIMITS)
        places = {code: sheet.headings.index(h) for code, h in chosen.columns.items()}
        marks, orders = Marks(), Orders()
        for row in sheet.rows:
            for code, place in places.items():
                cell = row.cells[place] if place < len(row.cells) else ""
                if code == Field.VALUE:
                    marks.look(cell)
                elif code in (Field.STARTS_ON, Field.ENDS_ON):
                    orders.look(cell)
        self._mark, self._order = marks.decided, orders.decided

    def entry(self, row: Row) -> Entry:
        """What the row says. Raises `Refusal`."""
        said = self._reader.said(row)
        if not said.text(Field.NUMBER):
            raise Refusal("The row has no number of a contract.")
        whose = {name: said.text(name) for name in WHOSE if said.text(name)}
        if not whose:
            raise Refusal("The row does not say whose contract it is.")
        texts = {
            name: said.text(name)
            for name in (Field.OWNER, Field.PATH, Field.WHY, Field.PREDECESSOR)
            if said.text(name)
        }
        products = said.text(Field.PRODUCTS).split(";")
        return Entry(
            (row.number,),
            said.text(Field.NUMBER),
            whose,
            self._values(said),
            texts,
            tuple(part.strip() for part in products if part.strip()),
            self._state(said),
        )

    def _values(self, said: Said) -> dict[str, Any]:
        found: dict[str, Any] = {
            name.value: said.text(name)
            for name in (Field.SUBJECT, Field.INDEX_CLAUSE)
            if said.text(name)
        }
        return {**found, **self._days(said), **self._numbers(said), **self._amount(said)}

    def _days(self, said: Said) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in (Field.STARTS_ON, Field.ENDS_ON):
            text = said.text(name)
            with self._reader.at(name):
                if name is Field.ENDS_ON and text.casefold() in _OPEN:
                    found[name.value] = None
                elif text:
                    found[name.value] = day_in(text, self._order)
        return found

    def _numbers(self, said: Said) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in (Field.NOTICE_DAYS, Field.RENEWS_MONTHS):
            text = said.text(name)
            with self._reader.at(name):
                if text:
                    found[name.value] = _whole(text)
        if found.get(Field.RENEWS_MONTHS) == 0:
            found[Field.RENEWS_MONTHS.value] = None
        return found

    def _amount(self, said: Said) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if said.text(Field.VALUE):
            with self._reader.at(Field.VALUE):
                amount = amount_in(said.text(Field.VALUE), self._mark)
                found["value"] = amount.value
                if amount.currency:
                    found["currency"] = amount.currency
        if said.text(Field.CURRENCY):
            with self._reader.at(Field.CURRENCY):
                found["currency"] = currency_in(said.text(Field.CURRENCY))
        return found

    def _state(self, said: Said) -> RenewalState | None:
        text = said.text(Field.STATE)
        if not text:
            return None
        with self._reader.at(Field.STATE):
            found = _STATE_BY_WORD.get(text.casefold())
            if found is None:
                raise Refusal("“%(text)s” is no state of a renewal.", text=text)
        return found


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 5:
        raise Refusal("“%(text)s” is no whole number.", text=text[:60])
    return int(text)


def merged(group: Sequence[Entry]) -> Entry:
    """What all rows of a contract say together; each may name further products.

    Raises `Refusal` when they contradict each other.
    """
    rows = tuple(sorted(row for entry in group for row in entry.rows))
    values, texts, states = dict[str, Any](), dict[Field, str](), set[RenewalState]()
    for entry in group:
        for name, value in _said(entry):
            kept: dict[Any, Any] = texts if isinstance(name, Field) else values
            if kept.setdefault(name, value) != value:
                raise _differ(rows, name)
        states |= {entry.state} if entry.state else set()
    if len(states) > 1:
        raise _differ(rows, Field.STATE)
    products = tuple(dict.fromkeys(one for entry in group for one in entry.products))
    first = group[0]
    state = next(iter(states), None)
    return Entry(rows, first.number, first.whose, values, texts, products, state)


def _said(entry: Entry) -> Iterator[tuple[str, Any]]:
    yield from entry.values.items()
    yield from entry.texts.items()


def _differ(rows: Sequence[int], name: str) -> Refusal:
    return Refusal(
        "Rows %(rows)s are of one contract and differ in “%(field)s”. None of them went in; "
        "write it in one way.",
        rows=", ".join(map(str, rows[:_MOST_NAMED])),
        field=str(name),
    )
