"""Runs as lists show them: open ones of all clients that somebody may see, and of one client."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CTE, ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.kinds import RunState
from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.runs.queries import standings_of, subjects_of
from dossiers.approvals.runs.rules import Walk
from dossiers.approvals.runs.standing import Standing
from dossiers.clients.kinds import State
from dossiers.clients.models import Assignment, Client
from dossiers.facts.asking import Moment, at
from dossiers.facts.present import present_day
from dossiers.people.reading.known import holders_at, titles_at
from wiki.accounts.actor import Actor

MOST = 500
"""Runs that are looked at for the list of all; those that began last are left out beyond it."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in a list: of which client and path, and where it stands.

    `seats` are the positions whose turn it is, by the code of the step.
    """

    run: ApprovalRun
    client_id: int
    client: str
    subject: str
    standing: Standing
    seats: Mapping[str, Sequence[ActorSeat]]

    @property
    def url(self) -> str:
        """The address of the run."""
        return f"/clients/{self.client_id}/runs/{self.run.id}"


@dataclass(frozen=True, slots=True)
class Home:
    """The client in whose dossier a run is shown."""

    id: int
    name: str
    country: str


def open_runs_visible_to(
    session: Session, actor: Actor, today: date, mine: bool = False
) -> list[RunLine]:
    """Open runs of clients in use that the actor may see, the latest first; six statements.

    With `mine`, those of clients that they look after, and those that they began. A run of a
    client that was merged into another is the other's.
    """
    is_open = ApprovalRun.state == RunState.RUNNING, ApprovalRun.taken_back_in.is_(None)
    chain, home = _homes(select(ApprovalRun.client_id).where(*is_open)), aliased(Client)
    wanted = (
        select(ApprovalRun, home.id, home.name, home.country)
        .join(chain, chain.c.own == ApprovalRun.client_id)
        .join(home, (home.id == chain.c.here) & home.merged_into_id.is_(None))
        .where(*is_open, home.audience.in_(actor.audiences), home.state != State.ARCHIVED)
        .order_by(ApprovalRun.began_on, ApprovalRun.id)
        .limit(MOST)
    )
    if mine:
        own = ApprovalRun.created_by == actor.id
        wanted = wanted.where(or_(own, _looked_after(home.id, actor)))
    rows = session.execute(wanted).all()
    homes = {run.id: Home(ident, name, country) for run, ident, name, country in rows}
    return lines_of(session, [row[0] for row in rows], homes, today)


def _homes(clients: Select[int]) -> CTE:
    """Client id (`own`) → itself and all into which it was merged (`here`)."""
    own = Client.id.in_(clients)
    start = select(Client.id.label("own"), Client.id.label("here")).where(own)
    chain = start.cte("homes", recursive=True)
    further = select(chain.c.own, Client.merged_into_id).join(chain, Client.id == chain.c.here)
    return chain.union(further.where(Client.merged_into_id.is_not(None)))


def _looked_after(client_id: InstrumentedAttribute[int], actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        Assignment.client_id == client_id,
        Assignment.user_id == actor.id,
        at(Assignment, Moment(present_day())),
    )


def lines_of(
    session: Session, runs: Sequence[ApprovalRun], homes: Mapping[int, Home], today: date
) -> list[RunLine]:
    """The runs as lines, the latest first, in five statements; `homes` are by run."""
    countries = {run.client_id: homes[run.id].country for run in runs}
    found = standings_of(session, runs, countries, today)
    subjects = subjects_of(session, runs)
    seats = _seats(session, found, today)
    lines = [
        RunLine(
            run,
            homes[run.id].id,
            homes[run.id].name,
            subjects[run.path_id],
            found[run.id][1],
            _seats_of(*found[run.id], seats),
        )
        for run in runs
    ]
    return sorted(lines, key=lambda line: line.standing.lateness, reverse=True)


_Found = Mapping[int, tuple[Walk, Standing]]


def _seats(session: Session, found: _Found, today: date) -> Mapping[int, ActorSeat]:
    """The positions whose turn it is in any of the runs."""
    wanted = {
        ident
        for walk, standing in found.values()
        for turn in standing.turns
        for ident in (walk.steps[turn.code].positions if turn.code in walk.steps else ())
    }
    moment, idents = Moment(today), sorted(wanted)
    titles = titles_at(session, idents, moment)
    holders = holders_at(session, idents, moment)
    return {
        ident: ActorSeat(ident, title, holders=tuple(holders.get(ident, ())))
        for ident, title in titles.items()
    }


def _seats_of(
    walk: Walk, standing: Standing, seats: Mapping[int, ActorSeat]
) -> dict[str, list[ActorSeat]]:
    acting = {
        turn.code: walk.steps[turn.code].positions
        for turn in standing.turns
        if turn.code in walk.steps
    }
    return {
        code: [seats[ident] for ident in idents if ident in seats]
        for code, idents in acting.items()
    }
