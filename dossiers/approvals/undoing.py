"""Taking deeds with paths and runs back, and doing them again, as any other deed of a dossier."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dossiers.approvals.document import kept_document
from dossiers.approvals.lessons import services as lessons
from dossiers.approvals.lessons.learning import learn_path
from dossiers.approvals.models import (
    ApprovalPath,
    ApprovalRun,
    LessonDecision,
    PathConfirmation,
    PathVersion,
    RunEvent,
)
from dossiers.approvals.paths import services as paths
from dossiers.approvals.paths.belonging import check_belongs
from dossiers.approvals.paths.followers import tell_path
from dossiers.approvals.runs import services as runs
from dossiers.facts.models import Change
from dossiers.people.editing.aftermath import Aftermath, follow, is_in_force
from wiki.accounts.actor import Actor
from wiki.errors import Clash
from wiki.outbox import changed
from wiki.rendering.titles import fold_title


def init() -> None:
    """Let every deed of this package be taken back."""
    for action, aftermath in _AFTERMATHS.items():
        follow(action, _in_its_dossier(aftermath))


def _in_its_dossier(aftermath: Aftermath) -> Aftermath:
    """The same, unless what the deed was about has gone to the dossier of another client."""

    def checked(session: Session, actor: Actor, first: Change, undo: Change) -> None:
        for owner in _owners(session, first):
            check_belongs(session, undo.client_id, owner)
        aftermath(session, actor, first, undo)

    return checked


def _owners(session: Session, first: Change) -> Iterator[int]:
    """The clients of the path and the run that the deed was about."""
    path = first.words.get("ident")
    run = first.words.get("run")
    if path is not None:
        yield session.get_one(ApprovalPath, path).client_id
    if run is not None:
        yield session.get_one(ApprovalRun, run).client_id
    begun = select(ApprovalRun.client_id).where(ApprovalRun.change_id == first.id)
    yield from session.scalars(begun).all()


def _version(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """The document before the version that the deed saved, or that of the deed again."""
    made = session.scalars(select(PathVersion).where(PathVersion.change_id == first.id)).one()
    path = session.get_one(ApprovalPath, made.path_id)
    number = made.number if is_in_force(session, undo) else made.number - 1
    last = session.scalars(
        select(PathVersion).where(PathVersion.path_id == path.id, PathVersion.number == path.newest)
    ).one()
    if last.id != made.id and last.change_id != undo.undoes_id:
        raise Clash(
            "The path has newer versions, so this cannot be taken back by itself. Nothing was "
            "changed. Restore the version that you want from the list of versions."
        )
    wanted = select(PathVersion).where(PathVersion.path_id == path.id, PathVersion.number == number)
    old = session.scalars(wanted).one()
    draft = paths.Draft(kept_document(old.document), path.newest, old.valid_from)
    paths.add_version(session, actor, undo, path, draft, number)
    _marked(LessonDecision)(session, actor, first, undo)
    learn_path(session, path)


def _created(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    path = session.get_one(ApprovalPath, first.words["ident"])
    path.archived = not is_in_force(session, undo)
    changed(session, "path", path.id)
    tell_path(session, path.id)


def _archived(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    path = session.get_one(ApprovalPath, first.words["ident"])
    path.archived = (first.action == paths.ARCHIVED) is is_in_force(session, undo)
    changed(session, "path", path.id)
    tell_path(session, path.id)


def _named(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    path = session.get_one(ApprovalPath, first.words["ident"])
    was, now = _turned(session, undo, first.words["path"], first.words["to"])
    if path.subject != was:
        raise Clash(
            "The path got another subject since. Nothing was changed. Write down what it is for."
        )
    path.subject = now
    path.subject_folded = fold_title(path.subject)
    changed(session, "path", path.id)


def _marked(table: Any) -> Aftermath:
    """Rows of the table that the deed made are taken back, or hold again."""

    def mark(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
        taken = None if is_in_force(session, undo) else undo.id
        session.execute(
            update(table).where(table.change_id == first.id).values(taken_back_in=taken)
        )

    return mark


def _confirmed(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    _marked(PathConfirmation)(session, actor, first, undo)
    tell_path(session, first.words["ident"])


def _moved(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    _marked(RunEvent)(session, actor, first, undo)
    runs.settle_run(session, actor, session.get_one(ApprovalRun, first.words["run"]))


def _begun(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    run = runs.run_begun_in(session, first.id)
    if not is_in_force(session, undo):
        runs.check_can_be_taken_back(session, run)
    _marked(ApprovalRun)(session, actor, first, undo)
    runs.settle_run(session, actor, run)


def _corrected(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    run = session.get_one(ApprovalRun, first.words["run"])
    before, after = (runs.columns(first.words[name]) for name in ("was", "now"))
    was, now = _turned(session, undo, before, after)
    wanted = {name: value for name, value in now.items() if value != was[name]}
    first_event = runs.first_day_of_events(session, run)
    too_late = first_event is not None and first_event < wanted.get("began_on", run.began_on)
    if too_late or any(getattr(run, name) != was[name] for name in wanted):
        raise Clash(
            "What was corrected of this run was changed once more since, or something happened "
            "before the day on which it would begin. Nothing was changed. Correct the run as it "
            "should be."
        )
    runs.put(run, wanted)
    runs.settle_run(session, actor, run)


def _turned(session: Session, undo: Change, before: Any, after: Any) -> tuple[Any, Any]:
    """What a change that undoes finds and what it leaves; done again, it is the other way round."""
    return (before, after) if is_in_force(session, undo) else (after, before)


_AFTERMATHS: Mapping[str, Aftermath] = {
    paths.CREATED: _created,
    paths.SAVED: _version,
    paths.RESTORED: _version,
    paths.CONFIRMED: _confirmed,
    paths.NAMED: _named,
    paths.ARCHIVED: _archived,
    paths.BROUGHT_BACK: _archived,
    runs.BEGUN: _begun,
    runs.CORRECTED: _corrected,
    runs.MOVED: _moved,
    runs.GIVEN_UP: _moved,
    runs.TAKEN_UP: _moved,
    lessons.LEFT: _marked(LessonDecision),
}
