"""Lines beside the solid ones: dotted, and those of assistants."""

from dossiers.facts.models import Change
from dossiers.facts.writing import Fact
from dossiers.people.editing.lookup import days_of, position_here
from dossiers.people.editing.pen import Pen
from dossiers.people.kinds import LineKind
from dossiers.people.models import SideLine
from wiki.errors import Refusal


def draw_line(pen: Pen, from_id: int, to_id: int, kind: LineKind) -> Change:
    """Let a position report to another one beside its manager, or be its assistant."""
    if from_id == to_id:
        raise Refusal("A position cannot report to itself. Nothing was changed.")
    return _write(pen, "draw line", from_id, to_id, kind, {})


def remove_line(pen: Pen, from_id: int, to_id: int, kind: LineKind) -> Change:
    """Take such a line away from the pen's day on."""
    return _write(pen, "remove line", from_id, to_id, kind, None)


def _write(
    pen: Pen, action: str, from_id: int, to_id: int, kind: LineKind, values: dict[str, int] | None
) -> Change:
    one, other = position_here(pen, from_id), position_here(pen, to_id)
    key = {"from_position_id": from_id, "to_position_id": to_id, "kind": kind}
    change = pen.begin(action, position=one["title"], to=other["title"], kind=kind.value)
    both = days_of(pen, from_id).with_(days_of(pen, to_id))
    pen.write(change, SideLine, Fact(key, values, pen.period(SideLine, **key).with_(both)))
    return change
