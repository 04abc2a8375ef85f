"""Titles and names in two charts, as the sentences about their differences need them."""

from dataclasses import dataclass

from dossiers.people.chart.compare import Plain
from dossiers.people.chart.snapshot import Chart, Seat
from wiki.locale import _


@dataclass(frozen=True)
class Names:
    """The two charts that were compared, for titles and names."""

    before: Chart
    after: Chart
    people_before: dict[int, str]
    people_after: dict[int, str]

    @classmethod
    def of(cls, before: Chart, after: Chart) -> "Names":
        """The names of both charts."""
        return cls(before, after, before.names, after.names)

    def seat(self, ident: int | None) -> Seat | None:
        """The position as it is now, else as it was."""
        if ident is None:
            return None
        return self.after.seats.get(ident) or self.before.seats.get(ident)

    def title(self, ident: Plain) -> str:
        """The title of a position."""
        seat = self.seat(ident) if isinstance(ident, int) else None
        return seat.title if seat else ""

    def person(self, ident: Plain) -> str:
        """The name of a person; who works there no longer has the name of then."""
        if not isinstance(ident, int):
            return ""
        return self.people_after.get(ident) or self.people_before.get(ident) or str(_("somebody"))

    def label(self, ident: Plain) -> str:
        """A position with those who hold it, to tell positions of one title apart."""
        seat = self.seat(ident) if isinstance(ident, int) else None
        return _label(seat) if seat else ""


def _label(seat: Seat) -> str:
    quoted = str(_("“%(title)s”", title=seat.title))
    return f"{quoted} ({people_in(seat)})" if seat.holders else quoted


def people_in(seat: Seat) -> str:
    """The names of those who hold a position."""
    return ", ".join(holder.name for holder in seat.holders)
