"""What a file shows as a whole: how it spells figures and days, which deals have several rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dossiers.deals.files.cells import clean, number_of_parts
from dossiers.deals.files.fields import DAYS, FIGURES, MOMENTS, Field
from dossiers.deals.files.settings import Scale
from wiki.errors import Refusal
from wiki.tables.amounts import Marks, amount_in
from wiki.tables.days import Orders
from wiki.tables.mapping import Columns
from wiki.tables.slips import MOST_VALUES, near_twins
from wiki.tables.tables import Row

#: Columns that hold terms of a list, in which a slip shows.
_TERMS = (Field.STAGE, Field.KIND, Field.PIPELINE, Field.PRODUCT, Field.OWNER, Field.CURRENCY)
_LONGEST_TERM = 250
_Look = Callable[[str], None]


class Identity:
    """By which cells a deal is known: its number, or several columns that stand for it."""

    def __init__(self, headings: Sequence[str], columns: Columns, key: Sequence[str]) -> None:
        number = columns.get(Field.EXTERNAL_ID)
        self.column = number or ", ".join(key)
        self._place = headings.index(number) if number else None
        self._places = [headings.index(heading) for heading in key if heading in headings]

    def of(self, row: Row) -> str:
        """The number, as it stands there; empty when the row has none."""
        cells = row.cells
        if self._place is not None:
            return clean(cells[self._place]) if self._place < len(cells) else ""
        return number_of_parts([cells[p] if p < len(cells) else "" for p in self._places])


@dataclass(slots=True)
class Shares:
    """What the probabilities of a file show of their scale."""

    percent: bool = False
    fraction: bool = False
    large: bool = False

    def look(self, text: str) -> None:
        """Look at one cell."""
        if text.endswith("%"):
            self.percent = True
            return
        try:
            value = amount_in(text.replace(",", ".")).value
        except Refusal:
            return
        self.large = self.large or value > 1
        self.fraction = self.fraction or Decimal(0) < value < 1

    @property
    def decided(self) -> Scale | None:
        """The scale; `None` when there is nothing but 0 and 1, which both scales have."""
        if self.percent or self.large:
            return Scale.PERCENT
        return Scale.SHARE if self.fraction else None


@dataclass
class Survey:
    """The evidence of all rows that were looked at; `repeated` are deals with several rows."""

    rows: int = 0
    marks: Marks = field(default_factory=Marks)
    orders: dict[str, Orders] = field(default_factory=dict)
    shares: Shares = field(default_factory=Shares)
    terms: dict[str, Counter[str]] = field(default_factory=dict)
    repeated: dict[str, int] = field(default_factory=dict)

    def slips(self) -> Iterable[tuple[str, str, str, int]]:
        """Field, rarer value, more frequent value that looks like it, and how often the rarer."""
        for name, counts in self.terms.items():
            for rarer, other in near_twins(counts):
                yield name, rarer, other, counts[rarer]


def survey_of(
    headings: Sequence[str], rows: Iterable[Row], columns: Columns, key: Sequence[str] = ()
) -> Survey:
    """Look at all of the rows once. Memory grows with the number of deals, not with their text."""
    found, identity = Survey(), Identity(headings, columns, key)
    looks = _looks(headings, columns, found)
    seen: set[int] = set()
    for row in rows:
        found.rows += 1
        cells = row.cells
        width = len(cells)
        for place, look in looks:
            if place < width and (cell := cells[place]):
                look(cell[:_LONGEST_TERM])
        _meet(found.repeated, seen, identity.of(row))
    return found


def _meet(repeated: dict[str, int], seen: set[int], ident: str) -> None:
    if not ident:
        return
    if hash(ident) in seen:
        repeated[ident] = repeated.get(ident, 1) + 1
    seen.add(hash(ident))


def _looks(headings: Sequence[str], columns: Columns, found: Survey) -> list[tuple[int, _Look]]:
    """For each place what is to be looked at there."""
    places = {name: headings.index(heading) for name, heading in columns.items()}
    looks: list[tuple[int, _Look]] = []
    for name in FIGURES:
        if name in places:
            looks.append((places[name], found.marks.look))
    for name in (*DAYS, *MOMENTS):
        if name in places:
            looks.append((places[name], found.orders.setdefault(name, Orders()).look))
    if Field.PROBABILITY in places:
        looks.append((places[Field.PROBABILITY], found.shares.look))
    for name in _TERMS:
        if name in places:
            looks.append((places[name], _Counting(found.terms.setdefault(name, Counter()))))
    return looks


class _Counting:
    """Counts values up to the number at which a column is no list of terms any more."""

    def __init__(self, counts: Counter[str]) -> None:
        self._counts = counts

    def __call__(self, cell: str) -> None:
        text = clean(cell)
        if text and (text in self._counts or len(self._counts) <= MOST_VALUES):
            self._counts[text] += 1


def terms_in(survey: Survey, name: Field) -> Mapping[str, int]:
    """The values of a column of terms, the most frequent first."""
    return dict(survey.terms.get(name, Counter()).most_common())
