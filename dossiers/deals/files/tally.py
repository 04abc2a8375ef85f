"""What became of the rows of a file so far, kept with the load so that work can go on."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dossiers.deals.applying.writing import Counts
from dossiers.deals.files.rows import Item, Refused
from dossiers.deals.record import DealRecord
from wiki.errors import Refusal

#: Refused rows that a report lists; the counts are always complete, and the file of them has all.
MOST_LINES = 500
_UNSAID = ""


@dataclass
class Sum:
    """What the deals of one kind and currency come to; `unsaid` are those without an amount."""

    deals: int = 0
    amount: Decimal = Decimal(0)
    unsaid: int = 0


@dataclass
class Tally:
    """Every row is taken, says something again, or is refused. Deals are new, changed or same."""

    rows: int = 0
    taken: int = 0
    repeated: int = 0
    refused: int = 0
    counts: Counts = field(default_factory=Counts)
    lines: list[dict[str, Any]] = field(default_factory=list)
    sums: dict[tuple[str, str], Sum] = field(default_factory=dict)
    stages: Counter[str] = field(default_factory=Counter)

    def add(self, item: Item) -> None:
        """Count the rows of one deal."""
        self.rows += item.rows
        self.repeated += item.repeated
        self.refused += len(item.refused)
        self.taken += item.rows - item.repeated - len(item.refused)
        for one in item.refused:
            if len(self.lines) < MOST_LINES:
                self.lines.append(line_of(one))
        for record in item.records[-1:]:
            self._add_sum(record)

    def _add_sum(self, record: DealRecord) -> None:
        if record.kind is None and record.stage:
            self.stages[record.stage] += 1
        found = self.sums.setdefault((record.kind or _UNSAID, record.currency), Sum())
        found.deals += 1
        if record.amount is None:
            found.unsaid += 1
        else:
            found.amount += record.amount

    def plain(self) -> dict[str, Any]:
        """As JSON has it; amounts as text, for they are exact."""
        return {
            "rows": self.rows,
            "taken": self.taken,
            "repeated": self.repeated,
            "deals": {
                "created": self.counts.created,
                "changed": self.counts.changed,
                "same": self.counts.same,
            },
            "refused": {"count": self.refused, "lines": list(self.lines)},
            "sums": [
                {
                    "kind": kind,
                    "currency": currency,
                    "deals": one.deals,
                    "amount": None if one.deals == one.unsaid else f"{one.amount:f}",
                    "unsaid": one.unsaid,
                }
                for (kind, currency), one in sorted(self.sums.items())
            ],
            "without_kind": dict(self.stages.most_common(MOST_LINES)),
        }


def tally_from(kept: Mapping[str, Any]) -> Tally:
    """The tally of a load that was cut off; an empty one when it had not begun."""
    if "rows" not in kept:
        return Tally()
    sums = {(one["kind"], one["currency"]): _sum_from(one) for one in kept["sums"]}
    return Tally(
        kept["rows"],
        kept["taken"],
        kept["repeated"],
        kept["refused"]["count"],
        Counts(**kept["deals"]),
        list(kept["refused"]["lines"]),
        sums,
        Counter(kept["without_kind"]),
    )


def _sum_from(kept: Mapping[str, Any]) -> Sum:
    return Sum(kept["deals"], Decimal(kept["amount"] or 0), kept["unsaid"])


def line_of(refused: Refused) -> dict[str, Any]:
    """One refused row with its sentence, which can be said in any language."""
    return {"row": refused.row.number, "column": refused.column, **sentence(refused.why)}


def sentence(why: Refusal) -> dict[str, Any]:
    """A sentence as JSON, with the parts to say it anew."""
    values = {name: v if isinstance(v, int) else str(v) for name, v in why.values.items()}
    return {"sentence": str(why), "message": why.message, "values": values}


def remark_lines(remarks: Iterable[Refusal]) -> list[dict[str, Any]]:
    """Remarks on the file as a whole, as a report keeps them."""
    return [sentence(one) for one in remarks]
