"""A run as its page shows it: its steps with who acts, and everything that was written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepKind, StepState
from dossiers.approvals.log import WHOLE_RUN, Progress
from dossiers.approvals.models import RunEvent
from dossiers.approvals.runs.rules import Walk, early_steps
from dossiers.approvals.runs.standing import Standing, Turn
from dossiers.approvals.shown import steps_shown
from dossiers.approvals.steps import Step
from dossiers.facts.asking import Moment
from dossiers.people.models import Person
from dossiers.people.reading.known import titles_at
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.files.models import Attachment
from wiki.files.rules import file_url
from wiki.pages.facts import is_web_address


@dataclass(frozen=True, slots=True)
class EventShown:
    """One event: what happened when, who acted, what shows it, who wrote it down and when."""

    id: int
    step: str
    title: str
    kind: StepKind | None
    state: StepState
    on: date
    person_id: int | None
    person: str | None
    position: str | None
    note: str
    mail: str
    file: str
    file_url: str
    recorded_at: datetime
    recorded_by: str | None
    change_id: int

    @property
    def is_whole(self) -> bool:
        """Whether it is about the whole run: given up, or taken up again."""
        return self.step == WHOLE_RUN

    @property
    def mail_is_address(self) -> bool:
        """Whether the mail can be opened by its address."""
        return is_web_address(self.mail)


def events_shown(session: Session, actor: Actor, run_id: int, moment: Moment) -> list[EventShown]:
    """What was written down and not taken back, as it happened; two statements.

    A file that the actor may not see is left out.
    """
    wanted = (
        select(RunEvent, Person.name, User.name, Attachment.name)
        .outerjoin(Person, Person.id == RunEvent.person_id)
        .outerjoin(User, User.id == RunEvent.recorded_by)
        .outerjoin(
            Attachment,
            (Attachment.id == RunEvent.attachment_id) & Attachment.audience.in_(actor.audiences),
        )
        .where(RunEvent.run_id == run_id, RunEvent.taken_back_in.is_(None))
        .order_by(RunEvent.happened_on, RunEvent.id)
    )
    rows = session.execute(wanted).all()
    acting = sorted({row[0].position_id for row in rows if row[0].position_id})
    titles = titles_at(session, acting, moment)
    return [_shown(*row, titles) for row in rows]


def _shown(
    event: RunEvent,
    person: str | None,
    author: str | None,
    file: str | None,
    titles: Mapping[int, str],
) -> EventShown:
    return EventShown(
        event.id,
        event.step,
        event.title,
        event.kind,
        event.state,
        event.happened_on,
        event.person_id,
        person,
        titles.get(event.position_id) if event.position_id else None,
        event.note,
        event.mail,
        file or "",
        file_url(event.attachment_id, file) if file and event.attachment_id else "",
        event.recorded_at,
        author,
        event.change_id,
    )


@dataclass(frozen=True, slots=True)
class StepOfRun:
    """A step of a run: its number and who acts, how far it is, and what is not as usual.

    `early` are the titles of steps that were not done when it began.
    """

    number: str
    title: str
    kind: StepKind | None
    progress: Progress
    seats: Sequence[ActorSeat] = ()
    deputy: ActorSeat | None = None
    step: Step | None = None
    turn: Turn | None = None
    early: Sequence[str] = ()

    @property
    def code(self) -> str:
        """The code of the step."""
        return self.progress.code


def run_steps(
    session: Session,
    client_id: int,
    walk: Walk,
    standing: Standing,
    moment: Moment,
    numbers: Mapping[str, str],
) -> list[StepOfRun]:
    """The steps of the path in their order, then those beside it, in two statements.

    `numbers` are those that the steps have in the whole path, so that a step is called alike there
    and here.
    """
    document = PathDocument(steps=tuple(walk.steps.values()))
    turns = {turn.code: turn for turn in standing.turns}
    early = {
        code: [walk.steps[one].title for one in missing]
        for code, missing in early_steps(walk).items()
    }
    found = [
        StepOfRun(
            numbers[one.step.code],
            one.title,
            one.step.kind,
            walk.progress[one.step.code],
            one.seats,
            one.deputy,
            one.step,
            turns.get(one.step.code),
            early.get(one.step.code, ()),
        )
        for one in steps_shown(session, client_id, document, moment)
    ]
    beside = [one for one in walk.progress.values() if one.is_extra]
    return found + [
        StepOfRun("+", one.title, one.kind, one, turn=turns.get(one.code)) for one in beside
    ]
