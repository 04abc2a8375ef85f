"""Two people changed a path at once: what both did, joined field by field.

Three-way merge over the fields of steps: what only one of the two changed is taken from that one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from dossiers.approvals.document import PathDocument
from dossiers.approvals.paths.edits import lean
from dossiers.approvals.steps import Step, Steps
from wiki.errors import Refusal

_FIELDS = tuple(field.name for field in fields(Step) if field.name not in ("code", "after"))


@dataclass(frozen=True, slots=True)
class Disputed:
    """Something that both changed, each in another way.

    `field` is empty for a step that one removed and the other changed.
    """

    step: str
    field: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined document (with "ours" where both changed the same), and what is disputed."""

    document: PathDocument
    disputed: tuple[Disputed, ...] = ()


def merge(base: PathDocument, ours: PathDocument, theirs: PathDocument) -> Merged:
    """Join two documents that were both made from `base`.

    When the joined order would lead in a circle, everything that both changed of the order is
    disputed and the document is ours.
    """
    disputed: list[Disputed] = []
    steps = tuple(_steps(base, ours, theirs, disputed))
    currency = _chosen("", "currency", base, ours, theirs, disputed)
    frozen = _chosen("", "frozen", base, ours, theirs, disputed)
    try:
        document = lean(PathDocument(currency, steps, frozen))
    except Refusal:
        return Merged(ours, (*disputed, Disputed("", "after")))
    return Merged(document, tuple(disputed))


def _steps(
    base: PathDocument, ours: PathDocument, theirs: PathDocument, disputed: list[Disputed]
) -> Iterator[Step]:
    old, mine, other = base.by_code, ours.by_code, theirs.by_code
    kept = [
        code
        for code in _order(ours, theirs)
        if _is_kept(code, old.get(code), mine.get(code), other.get(code), disputed)
    ]
    for code in kept:
        step = _joined(old.get(code), mine.get(code), other.get(code), disputed)
        yield replace(step, after=_left_of(step.after, frozenset(kept), old))


def _left_of(after: frozenset[str], kept: frozenset[str], old: Steps) -> frozenset[str]:
    """What a step waits for; instead of one that was removed, those before it."""
    seen = set(after)
    waiting = list(after)
    for code in waiting:
        if code not in kept and code in old:
            waiting += old[code].after - seen
            seen |= old[code].after
    return frozenset(seen & kept)


def _order(ours: PathDocument, theirs: PathDocument) -> Iterable[str]:
    """Our order; what only they have behind all."""
    return dict.fromkeys(step.code for step in (*ours.steps, *theirs.steps))


def _is_kept(
    code: str, old: Step | None, mine: Step | None, other: Step | None, disputed: list[Disputed]
) -> bool:
    if mine and other:
        return True
    left = mine or other
    if old is None:
        return True
    if left != old:
        disputed.append(Disputed(code, ""))
        return mine is not None
    return False


def _joined(
    old: Step | None, mine: Step | None, other: Step | None, disputed: list[Disputed]
) -> Step:
    if mine is None or other is None:
        left = mine or other
        assert left is not None
        return left
    ground = old or mine
    values = {name: _chosen(mine.code, name, ground, mine, other, disputed) for name in _FIELDS}
    return Step(code=mine.code, after=_waits(ground, mine, other), **values)


def _waits(old: Step, mine: Step, other: Step) -> frozenset[str]:
    """Whatever either added, without what either took away."""
    gone = (old.after - mine.after) | (old.after - other.after)
    return (mine.after | other.after) - gone


def _chosen(
    code: str, name: str, old: object, mine: object, other: object, disputed: list[Disputed]
) -> Any:
    before, ours, theirs = (getattr(one, name) for one in (old, mine, other))
    if ours == theirs or theirs == before:
        return ours
    if ours == before:
        return theirs
    disputed.append(Disputed(code, name))
    return ours
