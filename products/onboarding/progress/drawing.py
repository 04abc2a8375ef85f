"""Cells of the table as HTML: thousands of them, too many for a template to draw one by one."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from products.onboarding.progress.matrix_rules import Cell
from products.onboarding.progress.rules import Share
from products.onboarding.progress.wording import CELL_NAMES, SIGNS

_CELL = Markup('<td class="m-{kind}" title="{name}">{sign}</td>')
_BAR = Markup(
    '<svg class="share-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
    "{}</svg>"
)
_PART = Markup('<rect class="share-{kind}" x="{x}" width="{width}" height="4"></rect>')


def class_of(cell: Cell) -> str:
    """The end of the class of a cell."""
    return cell.name.lower()


_LATE, _CHANGED, _READ, _UNREAD = map(class_of, (Cell.LATE, Cell.CHANGED, Cell.READ, Cell.UNREAD))


class Drawer:
    """Draws rows of cells in the reader's language; each sort of cell is drawn once."""

    def __init__(self) -> None:
        self._drawn = [
            _CELL.format(kind=class_of(cell), name=CELL_NAMES[cell], sign=SIGNS[cell])
            for cell in Cell
        ]
        self._none = self._drawn[Cell.NONE]

    def row(self, cells: bytes) -> Markup:
        """A row of pages."""
        return _joined(map(self._drawn.__getitem__, cells))

    def share(self, share: Share | None) -> Markup:
        """One cell: how far somebody is on a path."""
        return _joined([self._cell(share)])

    def shares(self, shares: Iterable[Share | None]) -> Markup:
        """A row of such cells."""
        return _joined(map(self._cell, shares))

    def _cell(self, share: Share | None) -> str:
        """Numbers and signs of our own as they are: to escape or mark each takes most of a page."""
        if share is None or not share.total:
            return self._none
        return f'<td class="m-{kind_of(share)}">{said_of(share)}</td>'


def _joined(cells: Iterable[str]) -> Markup:
    return Markup("".join(cells))  # noqa: S704 - drawn already


def kind_of(share: Share) -> str:
    """What matters most of a share: something late, something changed, all done, the rest."""
    if share.late:
        return _LATE
    if share.changed:
        return _CHANGED
    return _READ if share.is_done else _UNREAD


def said_of(share: Share) -> str:
    """A share as short as a cell is: "! 3 · 40 %"."""
    late = f"! {share.late} · " if share.late else ""
    again = f"↻ {share.changed} · " if share.changed else ""
    sign = "✓ " if share.is_done else ""
    return f"{late}{again}{sign}{share.percent}\u00a0%"


def bar(share: Share) -> Markup:
    """A share as a bar: what is read, what is to be read again, what is late."""
    whole, x, parts = share.total or 1, 0.0, Markup("")
    counts: Sequence[tuple[str, int]] = (
        ("read", share.read),
        ("changed", share.changed),
        ("late", share.late),
    )
    for kind, count in counts:
        if count:
            width = 100 * count / whole
            parts += _PART.format(kind=kind, x=f"{x:.2f}", width=f"{width:.2f}")
            x += width
    return _BAR.format(parts)
