"""What two people changed at once in different ways, for the second one to decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.edits import change_step, lean, remove_step
from dossiers.approvals.paths.merge import Disputed, merge
from dossiers.approvals.paths.queries import newest_version, version_numbered
from dossiers.approvals.paths.services import Draft
from dossiers.approvals.steps import Step
from wiki.locale import _, _l

FIELDS = {
    "": _l("whether it is there at all"),
    "title": _l("what happens"),
    "kind": _l("kind"),
    "positions": _l("who acts"),
    "needed": _l("how many must agree"),
    "right": _l("what they may do"),
    "condition": _l("when it is needed"),
    "duration": _l("how long it takes"),
    "meetings": _l("when it meets"),
    "frozen": _l("days without a decision"),
    "deputy": _l("who stands in"),
    "limit": _l("up to which amount they may sign"),
    "documents": _l("documents"),
    "bring": _l("what we bring"),
    "note": _l("note"),
    "source": _l("where it is known from"),
    "confidence": _l("how sure it is"),
    "evidence": _l("what proves it"),
    "currency": _l("currency of the path"),
    "after": _l("the order of the steps"),
}


@dataclass(frozen=True, slots=True)
class Dispute:
    """The joined path, with ours where it is disputed, on top of version `number`."""

    document: PathDocument
    theirs: PathDocument
    number: int
    disputed: tuple[Disputed, ...]


def dispute_of(session: Session, path: ApprovalPath, draft: Draft) -> Dispute:
    """What stands against what, when `draft` cannot simply be joined with the newest version."""
    base = version_numbered(session, path.id, draft.base).document
    theirs = newest_version(session, path).document
    merged = merge(base, draft.document, theirs)
    return Dispute(merged.document, theirs, path.newest, merged.disputed)


def plain_dispute(dispute: Dispute) -> dict[str, Any]:
    """The dispute as JSON values."""
    return {
        "number": dispute.number,
        "disputed": list(_plain(dispute)),
    }


def _plain(dispute: Dispute) -> Iterator[Mapping[str, Any]]:
    ours, theirs = dispute.document.by_code, dispute.theirs.by_code
    for one in dispute.disputed:
        step = ours.get(one.step) or theirs.get(one.step)
        told = FIELDS.get(one.field, one.field)
        yield {
            "step": one.step,
            "field": one.field,
            "words": f"{step.title}: {told}" if step else _("The path: %(what)s", what=told),
        }


def taken(dispute: Dispute, theirs: frozenset[tuple[str, str]]) -> PathDocument:
    """The joined path with theirs instead of ours in these disputed places (step, field)."""
    document = dispute.document
    for one in dispute.disputed:
        if (one.step, one.field) in theirs:
            document = _theirs(document, dispute.theirs, one)
    return document


def _theirs(document: PathDocument, theirs: PathDocument, one: Disputed) -> PathDocument:
    if not one.step:
        if one.field == "after":
            return theirs
        return replace(document, **{one.field: getattr(theirs, one.field)})
    other = theirs.by_code.get(one.step)
    if other is None:
        return remove_step(document, one.step)
    mine = document.by_code.get(one.step)
    if mine is None:
        return _back(document, theirs, other)
    value = {one.field: getattr(other, one.field)}
    return change_step(document, replace(mine, **value))


def _back(document: PathDocument, theirs: PathDocument, step: Step) -> PathDocument:
    """The path with a step that we had removed, in the place that it has with them."""
    behind = {one.code for one in theirs.steps if step.code in one.after}
    steps = tuple(
        replace(one, after=one.after | {step.code}) if one.code in behind else one
        for one in document.steps
    )
    back = replace(step, after=step.after & document.by_code.keys())
    return lean(replace(document, steps=(*steps, back)))
