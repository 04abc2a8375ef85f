"""Imports and exports asked for in the browser, done by the worker."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.config import Settings
from wiki.errors import Missing, Refusal
from wiki.jobs import Job, JobBoard, Work
from wiki.pages.transfer.exporting import export_tree
from wiki.pages.transfer.importing import Progress, Workshop, import_tree
from wiki.pages.transfer.outlines import Wishes
from wiki.pages.transfer.workshop import workshop_of

IMPORT, EXPORT = "import pages", "export pages"
_KEPT_SECONDS = 24 * 3600
_STEPS = 100


def init_app(app: Flask, board: JobBoard) -> None:
    """Let the worker do imports and exports."""
    settings: Settings = app.config["SETTINGS"]
    board.register(IMPORT, lambda work: _import(workshop_of(app), work))
    board.register(EXPORT, lambda work: _export(workshop_of(app), settings.home, work))


def waiting_room(home: Path) -> Path:
    """A new place for a ZIP that waits for the worker, or for its reader."""
    folder = home / "transfer"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{uuid4().hex}.zip"


def job_of(session: Session, actor: Actor, job_id: int) -> Job:
    """An import or export of this person's own. Raises `Missing` for any other."""
    mine = select(Job).where(
        Job.id == job_id, Job.created_by == actor.id, Job.kind.in_((IMPORT, EXPORT))
    )
    job = session.scalar(mine)
    if job is None:
        raise Missing()
    return job


def jobs_of(session: Session, actor: Actor) -> list[Job]:
    """The latest imports and exports of this person."""
    mine = select(Job).where(Job.created_by == actor.id, Job.kind.in_((IMPORT, EXPORT)))
    return list(session.scalars(mine.order_by(Job.id.desc()).limit(20)))


def _import(workshop: Workshop, work: Work) -> Mapping[str, Any]:
    path = Path(work.arguments["path"])
    wishes = Wishes(
        work.arguments.get("language"),
        tuple(work.arguments.get("category", ())),
        bool(work.arguments.get("dry_run")),
    )
    report = import_tree(workshop, _person(work), path, wishes, _seldom(work.progress))
    path.unlink(missing_ok=True)
    return report.as_json()


def _export(workshop: Workshop, home: Path, work: Work) -> Mapping[str, Any]:
    target = waiting_room(home)
    _tidy(target.parent)
    done = export_tree(workshop, _person(work), target, _seldom(work.progress))
    return {
        "file": target.name,
        "size": target.stat().st_size,
        "pages": done.pages,
        "files": done.files,
    }


def _person(work: Work) -> Actor:
    with work.database.reading() as session:
        actor = actor_of(session, work.created_by)
    if actor is None:
        raise Refusal("Your account is no longer active. Nothing was changed.")
    return actor


def _seldom(progress: Progress) -> Progress:
    """At most a hundred times in all: each time is a transaction."""
    told = -1

    def tell(done: int, total: int) -> None:
        nonlocal told
        step = done * _STEPS // max(total, 1)
        if step != told:
            told = step
            progress(done, total)

    return tell


def _tidy(folder: Path) -> None:
    """Remove exports, and uploads that were never done, after a day."""
    long_ago = clock.now().timestamp() - _KEPT_SECONDS
    for path in folder.glob("*.zip"):
        if path.stat().st_mtime < long_ago:
            path.unlink(missing_ok=True)
