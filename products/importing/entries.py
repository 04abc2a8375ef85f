"""What one row of a list of products says; what cannot be understood is refused with a sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from products.importing.fields import Part
from wiki.errors import Refusal
from wiki.lists.plans import Chosen
from wiki.lists.said import Reader, Said
from wiki.lists.sheets import Sheet
from wiki.pages.content import FactValue, unique_tags
from wiki.pages.facts import Field, Kind, parse
from wiki.pages.rules import LONGEST_TITLE
from wiki.rendering.titles import fold_title
from wiki.tables.amounts import Mark, Marks, amount_in
from wiki.tables.tables import Row

_BETWEEN_TAGS = re.compile(r"[,;]+")
_FIGURE = re.compile(r"[\d.,'’\s\xa0\u202f\u2009+-]+")
_LIMITS: Mapping[str, int] = {Part.TITLE: LONGEST_TITLE, Part.CATEGORY: 300}
_MOST_NAMED = 10


@dataclass(slots=True)
class Entry:
    """A row in our terms; what it does not say is empty."""

    row: int
    title: str
    category: str = ""
    tags: tuple[str, ...] = ()
    text: str = ""
    facts: dict[str, FactValue] = field(default_factory=dict)
    further: dict[str, str] = field(default_factory=dict)

    @property
    def folded(self) -> str:
        """By what its page is known."""
        return fold_title(self.title)[:300]


class EntryReader:
    """Reads the rows of one file; `facts` are the fields that columns mean, by code."""

    def __init__(
        self, sheet: Sheet, chosen: Chosen, facts: Mapping[str, Field], currency: str
    ) -> None:
        self._facts = {code: facts[code] for code in chosen.columns if code in facts}
        self._currency = currency
        kept = chosen.kept(sheet.headings)
        self._reader = Reader(sheet.headings, chosen.columns, _LIMITS, kept)
        self._mark = self._decimal_mark(sheet, chosen)

    def entry(self, row: Row) -> Entry:
        """What the row says. Raises `Refusal`."""
        said = self._reader.said(row)
        title = said.text(Part.TITLE)
        if not title:
            raise Refusal("The row has no title.")
        return Entry(
            row.number,
            title,
            said.text(Part.CATEGORY),
            unique_tags(_BETWEEN_TAGS.split(said.text(Part.TAGS))),
            said.text(Part.TEXT),
            self._values(said),
            dict(said.further),
        )

    def _values(self, said: Said) -> dict[str, FactValue]:
        found: dict[str, FactValue] = {}
        for code, one in self._facts.items():
            text = said.text(code)
            if text:
                with self._reader.at(code):
                    value = self._value(one, text)
                if value is not None:
                    found[one.key] = value
        return found

    def _value(self, one: Field, text: str) -> FactValue | None:
        if one.kind is Kind.MONEY:
            return self._money(text)
        if one.kind is Kind.NUMBER and _FIGURE.fullmatch(text):
            return {"value": f"{amount_in(text, self._mark).value:f}", "unit": one.unit}
        return parse(one, text)

    def _money(self, text: str) -> FactValue:
        """Which currency a bare figure has is never guessed."""
        amount = amount_in(text, self._mark)
        currency = amount.currency or self._currency
        if not currency:
            raise Refusal(
                "“%(text)s” does not say its currency. Choose the currency of prices.",
                text=text[:60],
            )
        return {"amount": f"{amount.value:f}", "currency": currency}

    def _decimal_mark(self, sheet: Sheet, chosen: Chosen) -> Mark | None:
        marks = Marks()
        figures = [c for c, f in self._facts.items() if f.kind in (Kind.MONEY, Kind.NUMBER)]
        places = [sheet.headings.index(chosen.columns[code]) for code in figures]
        for row in sheet.rows:
            for place in places:
                if place < len(row.cells):
                    marks.look(row.cells[place])
        # A workbook keeps figures as numbers, which come here with a point.
        return marks.decided or (Mark.POINT if sheet.form == "xlsx" else None)


def merged(group: Sequence[Entry]) -> Entry:
    """What all rows of a product say together. Raises `Refusal` when they contradict each other."""
    first = min(group, key=lambda entry: entry.row)
    if len(group) == 1:
        return first
    whole = Entry(first.row, _one(group, "title", [e.title for e in group]))
    whole.category = _one(group, "category", [e.category for e in group])
    whole.text = _one(group, "text", [e.text for e in group])
    whole.tags = unique_tags(tag for entry in group for tag in entry.tags)
    for key in sorted({key for entry in group for key in entry.facts}):
        values = [e.facts[key] for e in group if key in e.facts]
        if any(value != values[0] for value in values):
            raise _differ(group, key)
        whole.facts[key] = values[0]
    for heading in sorted({heading for entry in group for heading in entry.further}):
        values_of = [e.further.get(heading, "") for e in group]
        whole.further[heading] = _one(group, heading, values_of)
    return whole


def _one(group: Sequence[Entry], name: str, values: Sequence[str]) -> str:
    said = {value for value in values if value}
    if len(said) > 1:
        raise _differ(group, name)
    return said.pop() if said else ""


def _differ(group: Sequence[Entry], name: str) -> Refusal:
    return Refusal(
        "Rows %(rows)s are of one product and differ in “%(field)s”. None of them went in; "
        "write it in one way.",
        rows=", ".join(map(str, sorted(entry.row for entry in group)[:_MOST_NAMED])),
        field=name[:100],
    )
