"""In which paths positions act, step by step."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.document import kept_document
from dossiers.approvals.drawing.numbering import numbers_of
from dossiers.approvals.models import ApprovalPath, PathPosition, PathVersion
from dossiers.clients.queries import dossier_ids


class ActsAt(NamedTuple):
    """A step at which a position acts, or stands in for whoever does."""

    path_id: int
    subject: str
    number: str
    title: str
    stands_in: bool


def acts_at(session: Session, client_id: int, positions: Collection[int]) -> list[ActsAt]:
    """The steps of the newest versions of paths at which these positions act, in one statement.

    Paths by their subjects, steps by their numbers. The caller has found the client with
    `client_visible_to`.
    """
    wanted = (
        select(ApprovalPath, PathVersion.document, PathPosition.step, PathPosition.stands_in)
        .join(PathPosition, PathPosition.path_id == ApprovalPath.id)
        .join(
            PathVersion,
            (PathVersion.path_id == ApprovalPath.id) & (PathVersion.number == ApprovalPath.newest),
        )
        .where(
            PathPosition.position_id.in_(positions),
            ApprovalPath.client_id.in_(dossier_ids(client_id)),
            ApprovalPath.archived.is_(False),
        )
        .order_by(ApprovalPath.subject_folded, ApprovalPath.id)
    )
    used: dict[int, dict[tuple[str, bool], None]] = {}
    kept = {}
    for path, document, step, stands_in in session.execute(wanted):
        kept[path.id] = path, document
        used.setdefault(path.id, {})[step, stands_in] = None
    return [
        one for ident, (path, plain) in kept.items() for one in _steps(path, plain, used[ident])
    ]


def _steps(
    path: ApprovalPath, plain: dict[str, object], used: Collection[tuple[str, bool]]
) -> list[ActsAt]:
    steps = kept_document(plain).by_code
    return [
        ActsAt(path.id, path.subject, number, steps[code].title, stands_in)
        for code, number in numbers_of(steps).items()
        for stands_in in (False, True)
        if (code, stands_in) in used
    ]
