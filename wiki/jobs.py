"""Long work: jobs kept as rows, done by the worker one after another, with progress to look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from wiki import clock
from wiki.database import Base, Database
from wiki.errors import Refusal

_MOST_TRIES = 3


class Job(Base):
    """One piece of long work and how far it is."""

    __tablename__ = "jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    error: Mapped[str | None] = mapped_column(String(1000))
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Work:
    """What a job's function is given: the database, who asked, the arguments, and progress."""

    database: Database
    job_id: int
    created_by: int
    arguments: Mapping[str, Any]
    progress: Progress


Doer = Callable[[Work], Mapping[str, Any]]


class JobBoard:
    """Which function does which kind of job; filled when the application is put together."""

    def __init__(self) -> None:
        self._doers: dict[str, Doer] = {}

    def register(self, kind: str, doer: Doer) -> None:
        """Let `doer` do the jobs of this kind; what it returns becomes the job's result."""
        self._doers[kind] = doer

    def do_next(self, database: Database) -> bool:
        """Do the oldest waiting job; whether there was one. Its failure is kept in its row."""
        job = _take(database)
        if job is None:
            return False
        try:
            result = self._doers[job.kind](_work(database, job))
        except Refusal as refusal:
            _end(database, job.id, "failed", error=str(refusal))
        except Exception as error:
            _end(database, job.id, "failed", error=f"{type(error).__name__}: {error}"[:1000])
            raise
        else:
            _end(database, job.id, "done", result=dict(result))
        return True


def enqueue(session: Session, created_by: int, kind: str, arguments: Mapping[str, Any]) -> Job:
    """Add a job for the person with that id; the worker takes it up within a second."""
    job = Job(
        kind=kind,
        arguments=dict(arguments),
        state="waiting",
        created_by=created_by,
        created_at=clock.now(),
    )
    session.add(job)
    session.flush()
    return job


def give_up_interrupted(database: Database) -> None:
    """At the worker's start: jobs that a stopped worker had begun wait again.

    One that has ended its worker several times is given up, so that the others get their turn.
    """
    begun = update(Job).where(Job.state == "running")
    sentence = "The work broke off three times. Nothing more is done. Try a smaller part."
    with database.transaction() as session:
        ended = begun.where(Job.tries >= _MOST_TRIES)
        session.execute(ended.values(state="failed", error=sentence, ended_at=clock.now()))
        session.execute(begun.values(state="waiting"))


def _take(database: Database) -> Job | None:
    with database.transaction() as session:
        waiting = select(Job).where(Job.state == "waiting").order_by(Job.id).limit(1)
        job = session.scalar(waiting.with_for_update(skip_locked=True))
        if job is not None:
            job.state, job.started_at = "running", clock.now()
            job.tries += 1
        return job


def _work(database: Database, job: Job) -> Work:
    def progress(done: int, total: int) -> None:
        with database.transaction() as session:
            session.execute(update(Job).where(Job.id == job.id).values(done=done, total=total))

    return Work(database, job.id, job.created_by, job.arguments, progress)


def _end(database: Database, job_id: int, state: str, **values: object) -> None:
    with database.transaction() as session:
        row = update(Job).where(Job.id == job_id)
        session.execute(row.values(state=state, ended_at=clock.now(), **values))
