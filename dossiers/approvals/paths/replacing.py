"""One position put in the place of others in a path: pure edits of its document."""

from collections.abc import Collection
from dataclasses import replace

from dossiers.approvals.document import PathDocument
from dossiers.approvals.steps import Step


def replaced(document: PathDocument, gone: Collection[int], instead: int | None) -> PathDocument:
    """The document with `instead` wherever one of those that are gone acts or stands in.

    Without one in their place the steps stay, without them. Never more must say yes than act.
    """
    return replace(document, steps=tuple(_replaced(s, gone, instead) for s in document.steps))


def _replaced(step: Step, gone: Collection[int], instead: int | None) -> Step:
    if not {*step.positions, step.deputy} & set(gone):
        return step
    put = (instead if ident in gone else ident for ident in step.positions)
    acting = tuple(dict.fromkeys(ident for ident in put if ident is not None))
    deputy = instead if step.deputy in gone else step.deputy
    needed = min(step.needed, len(acting)) if step.needed else 0
    return replace(
        step,
        positions=acting,
        needed=needed or None,
        deputy=None if deputy in acting else deputy,
    )
