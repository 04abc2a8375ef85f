"""Reading lessons. The caller has found the client with `client_visible_to`."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument
from dossiers.approvals.lessons.corrections import corrected
from dossiers.approvals.lessons.learning import Taught
from dossiers.approvals.lessons.lesson import Lesson
from dossiers.approvals.lessons.reading import FINISHED
from dossiers.approvals.models import ApprovalRun, LessonDecision
from dossiers.clients.queries import dossier_ids
from dossiers.facts.models import Change
from wiki.errors import Refusal


def open_lessons(
    session: Session, path_id: int, taught: Taught, newest: PathDocument
) -> list[Lesson]:
    """What there is to correct in the newest version, without what somebody decided on.

    A lesson that was decided comes again when it was seen twice as often as then.
    """
    decided = _decided(session, path_id) if taught.lessons else {}
    return [
        lesson
        for lesson in taught.lessons
        if lesson.seen >= 2 * decided.get(lesson.key, 0) and _changes(newest, lesson)
    ]


def _decided(session: Session, path_id: int) -> Mapping[str, int]:
    """How often each decided lesson had been seen when it was decided last."""
    wanted = (
        select(LessonDecision.lesson, Change.words)
        .join(Change, Change.id == LessonDecision.change_id)
        .where(LessonDecision.path_id == path_id, LessonDecision.taken_back_in.is_(None))
        .order_by(LessonDecision.id)
    )
    return {row.lesson: int(row.words.get("seen", 1)) for row in session.execute(wanted)}


def _changes(newest: PathDocument, lesson: Lesson) -> bool:
    """Whether accepting it would change anything."""
    try:
        return corrected(newest, lesson) != newest
    except Refusal:
        return False


def fitness_of_client(session: Session, client_id: int) -> tuple[float | None, int]:
    """The mean fitness of all finished runs of a dossier, and how many there are."""
    wanted = select(func.avg(ApprovalRun.fitness), func.count(ApprovalRun.fitness)).where(
        ApprovalRun.client_id.in_(dossier_ids(client_id)),
        ApprovalRun.state.in_(FINISHED),
        ApprovalRun.taken_back_in.is_(None),
    )
    mean, count = session.execute(wanted).one()
    return (float(mean) if mean is not None else None), int(count)
