"""What is known of a client before an import: the plain values that a plan is made from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dossiers.people.chart.snapshot import Chart, Seat
from dossiers.people.kinds import ContactKind, ContactStanding
from wiki.rendering.titles import fold_title

_WHOLE_NUMBER = re.compile(r"(\d+)\.0+")
_OUR_NUMBER = re.compile(r"wiki-(\d{1,10})")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who works or has worked at the client.

    `contacts` by kind and folded form, as they are believed on the day of the file.
    """

    person_id: int
    name: str
    forms: frozenset[str] = frozenset()
    contacts: Mapping[tuple[ContactKind, str], tuple[str, ContactStanding]] = field(
        default_factory=dict
    )

    @property
    def emails(self) -> frozenset[str]:
        """The folded addresses that are this person's own, old ones too."""
        return frozenset(
            folded
            for (kind, folded), (_value, standing) in self.contacts.items()
            if kind is ContactKind.EMAIL and standing is not ContactStanding.SHARED
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """The chart on the day of the file, and what else is known of the client.

    `others` are positions that exist on other days only, as they are then. `change` is the newest
    change of the dossier, 0 for none.
    """

    chart: Chart
    others: tuple[Seat, ...] = ()
    people: tuple[Known, ...] = ()
    change: int = 0
    names: Mapping[int, str] = field(default_factory=dict)

    def seats(self) -> Iterable[Seat]:
        """All positions of the client, those of the day first."""
        return (*self.chart.seats.values(), *self.others)


def code_key(text: str) -> str:
    """The form in which numbers of positions are compared; sheets write 12 as 12.0."""
    folded = fold_title(text)
    match = _WHOLE_NUMBER.fullmatch(folded)
    return match[1] if match else folded


def our_number(text: str) -> int | None:
    """The number in our own tables that "wiki-12" stands for in exports."""
    match = _OUR_NUMBER.fullmatch(text.strip().casefold())
    return int(match[1]) if match else None


def number_text(ident: int) -> str:
    """How an export names a position or person that has no number of its own."""
    return f"wiki-{ident}"
