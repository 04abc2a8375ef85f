"""Writing what was decided about lessons: taken into a new version, or left as it is."""

from sqlalchemy.orm import Session

from dossiers.approvals.lessons.corrections import corrected
from dossiers.approvals.lessons.discover import discover
from dossiers.approvals.lessons.learning import experience_of, learn_path, taught_by
from dossiers.approvals.lessons.lesson import Lesson
from dossiers.approvals.lessons.names import names_for
from dossiers.approvals.lessons.queries import open_lessons
from dossiers.approvals.lessons.wording import lesson_words
from dossiers.approvals.models import ApprovalPath, LessonDecision
from dossiers.approvals.paths.queries import newest_version, path_in, version_numbered
from dossiers.approvals.paths.rules import LONGEST_REASON
from dossiers.approvals.paths.services import Draft, Saved, save_version
from dossiers.clients.deeds import begin_deed
from dossiers.clients.queries import locked_client
from dossiers.facts.asking import Moment
from dossiers.facts.models import Change
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash
from wiki.locale import ngettext

LEFT = "leave lesson"


def accept_lesson(
    session: Session, actor: Actor, client_id: int, path_id: int, key: str, base: int
) -> Saved:
    """A new version of the path as the lesson would have it; a draft, as any other.

    `base` is the number of the version that the person had before them. Raises `Clash` when the
    lesson is not there any more, and what `save_version` raises.
    """
    client = locked_client(session, actor, client_id)
    path = path_in(session, client.id, path_id)
    lesson = _lesson(session, path, key)
    document = version_numbered(session, path.id, base).document
    draft = Draft(corrected(document, lesson), base, why=_said(session, actor, path, lesson))
    saved = save_version(session, actor, client_id, path_id, draft)
    saved.change.words = {**saved.change.words, "lesson": key, "seen": lesson.seen}
    _decide(session, path, lesson, saved.change, saved.version.id)
    learn_path(session, path)
    return saved


def dismiss_lesson(
    session: Session, actor: Actor, client_id: int, path_id: int, key: str
) -> Change:
    """Leave the path as it is; the lesson comes again when it was seen twice as often.

    Raises `Clash` when the lesson is not there any more, `Missing` and `Forbidden`.
    """
    client = locked_client(session, actor, client_id)
    path = path_in(session, client.id, path_id)
    lesson = _lesson(session, path, key)
    words = {"path": path.subject, "ident": path.id, "lesson": key, "seen": lesson.seen}
    said = _said(session, actor, path, lesson)
    change = begin_deed(session, actor, client, LEFT, **words, said=said)
    _decide(session, path, lesson, change, None)
    return change


def save_proposal(session: Session, actor: Actor, client_id: int, path_id: int, base: int) -> Saved:
    """The path that the finished runs show, as a new version; a draft, as any other.

    Raises `Refusal` for fewer than three finished runs, and what `save_version` raises.
    """
    client = locked_client(session, actor, client_id)
    path = path_in(session, client.id, path_id)
    known = experience_of(session, path)
    document = version_numbered(session, path.id, base).document
    proposal = discover(known.runs, document, known.seats)
    why = ngettext(
        "Proposed from %(num)d finished run",
        "Proposed from %(num)d finished runs",
        proposal.runs,
    )
    saved = save_version(
        session, actor, client_id, path_id, Draft(proposal.document, base, why=why)
    )
    learn_path(session, path)
    return saved


def _lesson(session: Session, path: ApprovalPath, key: str) -> Lesson:
    taught, newest = taught_by(session, path), newest_version(session, path).document
    found = open_lessons(session, path.id, taught, newest) if taught else []
    for lesson in found:
        if lesson.key == key:
            return lesson
    raise Clash(
        "This is not to be corrected any more: somebody has done it, or newer runs say otherwise. "
        "Nothing was changed. Look at the list again."
    )


def _said(session: Session, actor: Actor, path: ApprovalPath, lesson: Lesson) -> str:
    moment = Moment(clock.today(actor.time_zone))
    newest = newest_version(session, path).document
    names = names_for(session, path.client_id, moment, [lesson], documents=[newest])
    said = lesson_words(lesson, names)
    return said if len(said) <= LONGEST_REASON else said[: LONGEST_REASON - 1] + "…"


def _decide(
    session: Session, path: ApprovalPath, lesson: Lesson, change: Change, version_id: int | None
) -> None:
    session.add(
        LessonDecision(
            path_id=path.id,
            lesson=lesson.key,
            accepted=version_id is not None,
            version_id=version_id,
            decided_at=change.at,
            decided_by=change.actor_id,
            change_id=change.id,
        )
    )
    session.flush()
