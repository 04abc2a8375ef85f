"""What stands in the box of a step: lines of text, each with its look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.condition_words import (
    condition_words,
    duration_words,
    meetings_words,
    signers_words,
)
from dossiers.approvals.drawing.layout import WIDTH
from dossiers.approvals.kinds import Right
from dossiers.approvals.steps import Step
from dossiers.approvals.wording import RIGHTS, STEP_KINDS
from dossiers.facts.kinds import Confidence, Source
from dossiers.people.chart.drawing.measures import lines_of, shortened, width_of
from wiki.locale import _

PADDING = 12.0
_ROOM = WIDTH - 2 * PADDING
# Bold letters of some fonts are wider than they are measured.
_TITLE_ROOM = _ROOM * 0.94
_MOST_ACTORS = 3
_BETWEEN = 8.0


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text in a box; `x` and `y` are where its letters begin, from the box's corner."""

    text: str
    x: float
    y: float
    size: float
    look: str = "ink"
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """All that stands in a box, and how high it must be for it. A guess is drawn as one."""

    texts: tuple[Text, ...]
    height: float
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float = 12.0
    look: str = "ink"
    bold: bool = False
    italic: bool = False
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Around:
    """What the words of a step need to know: who acts today, and what categories are called."""

    seats: Mapping[int, ActorSeat]
    category_names: Mapping[int, str]


def face_of(step: Step, number: str, around: Around) -> Face:
    """The box of a step with its number."""
    kind_at = PADDING + width_of(number, 13, bold=True) + _BETWEEN
    kind = shortened(str(STEP_KINDS[step.kind]), WIDTH - PADDING - kind_at, 11)
    y = PADDING + 11.0
    texts = [
        Text(number, PADDING, y, 13, "accent", bold=True),
        Text(kind, kind_at, y, 11, "soft"),
    ]
    for line in _lines(step, around):
        y += line.gap + round(line.size * 1.35, 1)
        texts.append(
            Text(line.text, PADDING, round(y, 1), line.size, line.look, line.bold, line.italic)
        )
    return Face(tuple(texts), round(y + PADDING, 1), _is_guess(step))


def _is_guess(step: Step) -> bool:
    return step.confidence is Confidence.GUESS or step.source is Source.GUESS


def _lines(step: Step, around: Around) -> Iterator[_Line]:
    for number, text in enumerate(lines_of(step.title, _TITLE_ROOM, 13.5, 3, bold=True)):
        yield _Line(text, 13.5, bold=True, gap=0 if number else 4)
    yield from _actors(step, around)
    for number, text in enumerate(lines_of(_when(step, around), _ROOM, 11, 3)):
        yield _Line(text, 11, "info", bold=True, gap=0 if number else 5)
    for number, text in enumerate(lines_of(_how_long(step), _ROOM, 11, 2)):
        yield _Line(text, 11, "soft", gap=0 if number else 5)
    if _is_guess(step):
        yield _Line(_("a guess"), 11, "warn", italic=True)


def _actors(step: Step, around: Around) -> Iterator[_Line]:
    signers = signers_words(step)
    if signers:
        yield _Line(shortened(signers, _ROOM, 11.5, bold=True), 11.5, bold=True, gap=4)
    for ident in step.positions[:_MOST_ACTORS]:
        yield from _actor(around.seats.get(ident))
    if len(step.positions) > _MOST_ACTORS:
        more = _("and %(count)d more", count=len(step.positions) - _MOST_ACTORS)
        yield _Line(more, 11, "soft", gap=2)
    if not step.positions:
        yield _Line(_("not known who acts"), 12, "soft", italic=True, gap=4)


def _actor(seat: ActorSeat | None) -> Iterator[_Line]:
    if seat is None or seat.is_gone:
        yield _Line(_("position is gone"), 12, "bad", italic=True, gap=4)
    elif seat.holder is not None:
        name = seat.holder.name
        acting = f"{name} ({_('acting')})" if seat.holder.acting else name
        yield _Line(shortened(acting, _ROOM, 12), gap=4)
    else:
        word, look = (_("vacant"), "bad") if seat.is_vacant else (_("not known who"), "soft")
        yield _Line(word, 12, look, italic=True, gap=4)
    if seat is not None and seat.title:
        yield _Line(shortened(seat.title, _ROOM, 11), 11, "soft")


def _when(step: Step, around: Around) -> str:
    return condition_words(step.condition, around.category_names)


def _how_long(step: Step) -> str:
    right = "" if step.right is Right.MUST_SIGN else str(RIGHTS[step.right])
    parts = right, duration_words(step.duration), meetings_words(step.meetings)
    return " · ".join(part for part in parts if part)
