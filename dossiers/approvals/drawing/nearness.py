"""Which steps come before which, near and far, as bits: quick to ask for any two of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dossiers.approvals.steps import Steps, in_order


@dataclass(frozen=True, slots=True)
class Nearness:
    """The order of steps. `places` has the bit of each step, `before` all bits before it."""

    places: Mapping[str, int]
    before: Mapping[str, int]
    after: Mapping[str, frozenset[str]]

    def compared(self, one: str, other: str) -> bool:
        """Whether one of the two must be done before the other."""
        return bool(
            self.before[one] >> self.places[other] & 1 or self.before[other] >> self.places[one] & 1
        )

    def parts(self, codes: Iterable[str], *, compared: bool) -> list[list[str]]:
        """The codes in groups that hang together by being compared, or by not being so."""
        left = list(codes)
        return list(self._groups(left, compared))

    def _groups(self, left: list[str], compared: bool) -> Iterator[list[str]]:
        while left:
            group, left = [left[0]], left[1:]
            for one in group:
                near = [code for code in left if self.compared(one, code) is compared]
                group += near
                left = [code for code in left if code not in near]
            yield group


def nearness_of(steps: Steps) -> Nearness:
    """The order of the steps; what is waited for twice is named once in `after`."""
    places = {code: number for number, code in enumerate(steps)}
    before: dict[str, int] = {}
    after: dict[str, frozenset[str]] = {}
    for step in in_order(steps):
        farther = _joined(before[code] for code in step.after)
        near = frozenset(code for code in step.after if not farther >> places[code] & 1)
        before[step.code] = farther | _joined(1 << places[code] for code in near)
        after[step.code] = near
    return Nearness(places, before, after)


def _joined(bits: Iterable[int]) -> int:
    found = 0
    for one in bits:
        found |= one
    return found
