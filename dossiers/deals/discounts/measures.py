"""What discounts come to by groups, exactly, from columns of whole numbers (ten-thousandths).

A report over a hundred thousand deals has a third of a second; numpy sorts and sums the columns,
and only what is shown becomes decimals.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dossiers.deals.discounts.figures import EXACT, kept

Ints = NDArray[np.int64]
_PARTS = 10_000
_SPLIT = 10**9
Sums = tuple[int, int, int, int]
"""Deals, deals outside, list total, what was given; both amounts in ten-thousandths."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Deals as columns: by whom, for whom, when (a number of months), and their figures.

    `total` is at list prices, `given` what was given for it, `discount` in percent.
    """

    owner: Ints
    client: Ints
    other: Ints
    month: Ints
    total: Ints
    given: Ints
    discount: Ints
    outside: Ints

    @property
    def count(self) -> int:
        """How many deals."""
        return len(self.total)

    def only(self, chosen: Any) -> "Facts":
        """The deals that a mask or an array of places chooses."""
        return Facts(*(getattr(self, name)[chosen] for name in COLUMNS))


COLUMNS = ("owner", "client", "other", "month", "total", "given", "discount", "outside")


@dataclass(frozen=True, slots=True)
class Measures:
    """What some deals come to. `share` is what was given away, in percent of the list total.

    `median` is the middle discount, `high` the one that nine deals of ten do not exceed.
    """

    deals: int
    outside: int
    total: Decimal
    given: Decimal
    away: Decimal
    share: Decimal | None
    median: Decimal | None
    high: Decimal | None

    @property
    def outside_share(self) -> Decimal | None:
        """How many of a hundred deals are outside the policy."""
        return ratio(self.outside, self.deals)


class Groups:
    """Deals put together by one or two keys; what they come to is worked out for all at once."""

    def __init__(self, facts: Facts, *keys: Ints) -> None:
        order = np.lexsort((facts.discount, *keys[::-1]))
        columns = [key[order] for key in keys]
        starts = _starts(columns, facts.count)
        self.counts = np.diff(np.append(starts, facts.count))
        self._keys = [column[starts] for column in columns]
        self._sums = [
            _sums_at(column[order], starts) for column in (facts.outside, facts.total, facts.given)
        ]
        discounts = facts.discount[order]
        self._middles = [
            discounts[starts + (self.counts - 1) // 2],
            discounts[starts + self.counts // 2],
        ]
        self._high = discounts[starts - (-9 * self.counts // 10) - 1]

    def __len__(self) -> int:
        return len(self.counts)

    def sums(self, fewest: int = 1) -> dict[tuple[int, ...], Sums]:
        """The sums of each that has at least so many deals."""
        places = np.flatnonzero(self.counts >= fewest)
        columns = (_whole_numbers(high[places], low[places]) for high, low in self._sums)
        rows = zip(self.counts[places].tolist(), *columns, strict=True)
        return dict(zip(self._keys_at(places), rows, strict=True))

    def _keys_at(self, places: Ints) -> list[tuple[int, ...]]:
        return list(zip(*(column[places].tolist() for column in self._keys), strict=True))

    def largest(self, most: int) -> list[tuple[int, Measures]]:
        """So many of them, with their first keys; those first to which most was given away."""
        _outside, total, given = (_whole_numbers(high, low) for high, low in self._sums)
        away = [of - one for of, one in zip(total, given, strict=True)]
        keys = self._keys[0].tolist()
        places = sorted(range(len(self)), key=lambda place: (-away[place], keys[place]))
        return [(keys[place], self._measures(place)) for place in places[:most]]

    def all(self) -> dict[int, Measures]:
        """All of them by their first keys."""
        return dict(self.largest(len(self)))

    def _measures(self, place: int) -> Measures:
        outside, total, given = (int(h[place]) * _SPLIT + int(w[place]) for h, w in self._sums)
        low, high = (int(column[place]) for column in self._middles)
        return Measures(
            deals=int(self.counts[place]),
            outside=outside,
            total=money(total),
            given=money(given),
            away=money(total - given),
            share=ratio(total - given, total),
            median=kept(EXACT.divide(money(low + high), Decimal(2))),
            high=money(int(self._high[place])),
        )


NOTHING = Measures(0, 0, Decimal(0), Decimal(0), Decimal(0), None, None, None)


def sums_of(facts: Facts) -> Sums:
    """The sums of all these deals."""
    whole = Groups(facts, np.zeros(facts.count, dtype=np.int64)).sums()
    return next(iter(whole.values()), (0, 0, 0, 0))


def measures_of(facts: Facts) -> Measures:
    """What all these deals come to."""
    whole = Groups(facts, np.zeros(facts.count, dtype=np.int64)).largest(1)
    return whole[0][1] if whole else NOTHING


def ratio(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """A part in percent of the whole, to four decimals; `None` of nothing."""
    if whole <= 0:
        return None
    return kept(EXACT.divide(EXACT.multiply(Decimal(part), Decimal(100)), Decimal(whole)))


def money(parts: int) -> Decimal:
    """Ten-thousandths as an amount."""
    value = EXACT.divide(Decimal(parts), Decimal(_PARTS))
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize(EXACT)


def _starts(columns: list[Ints], count: int) -> Ints:
    """The places at which another group begins, in columns that are in order."""
    if not count:
        return np.zeros(0, dtype=np.int64)
    changes = np.any([np.diff(column) != 0 for column in columns], axis=0)
    return np.concatenate(([0], np.flatnonzero(changes) + 1))


def _sums_at(column: Ints, starts: Ints) -> tuple[Ints, Ints]:
    """The sums as a high and a low part, for they may be more than a machine's number holds."""
    if not len(starts):
        return starts, starts
    high, low = (np.add.reduceat(part, starts) for part in (column // _SPLIT, column % _SPLIT))
    return high, low


def _whole_numbers(high: Ints, low: Ints) -> list[int]:
    pairs = zip(high.tolist(), low.tolist(), strict=True)
    return [one * _SPLIT + other for one, other in pairs]
