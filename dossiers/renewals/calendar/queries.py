"""Renewals that a person may see: listed by the day by which one must begin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Assignment, Client
from dossiers.clients.queries import dossier_ids
from dossiers.deals.homes import Home, homes_of
from dossiers.deals.queries import seen_clients
from dossiers.facts.asking import Moment, at
from dossiers.facts.present import present_day
from dossiers.renewals.calendar.colours import Colour, colour_column
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from wiki.accounts.actor import Actor
from wiki.accounts.models import Team, User
from wiki.money import sum_parts, whole_sum

PAGE = 50
MOST_CHOICES = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which renewals to list; the period is that of the day that counts.

    Without a colour it is all but what is done. `least` is the smallest value, in `currency`.
    """

    colour: Colour | None = None
    manager: int | None = None
    team: int | None = None
    client: int | None = None
    currency: str = ""
    least: Decimal | None = None
    since: date | None = None
    until: date | None = None
    mine: bool = False


class Renewal(NamedTuple):
    """One contract in the calendar; `home` is the client in whose dossier it is shown."""

    id: int
    client_id: int
    number: str
    subject: str
    value: Decimal | None
    currency: str
    ends_on: date | None
    notice_by: date | None
    start_by: date | None
    why: Mapping[str, Any]
    state: RenewalState
    manager: str | None
    colour: Colour
    home: Home | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"/contracts/{self.id}"

    @property
    def day(self) -> date | None:
        """The day by which it stands in the list."""
        return self.start_by or self.notice_by or self.ends_on


class Sum(NamedTuple):
    """How many renewals of a colour there are in a currency, and what they are worth.

    `value` is `None` when none says its value; `unsaid` are those that do not.
    """

    colour: Colour
    currency: str
    contracts: int
    value: Decimal | None
    unsaid: int


#: The day that counts: without a path it is the last day for notice, else the end.
day_column = func.coalesce(Contract.start_by, Contract.notice_by, Contract.ends_on)


def visible_contracts(actor: Actor) -> ColumnElement[bool]:
    """The condition for a statement that reads contracts on behalf of the actor."""
    return Contract.client_id.in_(seen_clients(actor))


def renewals_visible_to(
    session: Session, actor: Actor, wanted: Wanted, today: date, limit: int, offset: int = 0
) -> list[Renewal]:
    """What is too late, then the rest by the day that counts; two statements."""
    colour = colour_column(today)
    late_first = case((colour == Colour.LATE.value, 0), else_=1)
    statement = _rows(today).where(*conditions(actor, wanted, today))
    ordered = statement.order_by(late_first, day_column.asc().nulls_last(), Contract.id)
    return _listed(session, session.execute(ordered.limit(limit).offset(offset)).all())


def renewals_between(
    session: Session, actor: Actor, wanted: Wanted, today: date, first: date, last: date
) -> list[Renewal]:
    """Those that have any of their days in this period, both ends included."""
    days = (Contract.start_by, Contract.notice_by, Contract.ends_on)
    falls = or_(*(day.between(first, last) for day in days))
    statement = _rows(today).where(*conditions(actor, wanted, today), falls)
    return _listed(session, session.execute(statement.order_by(day_column, Contract.id)).all())


def sums_visible_to(session: Session, actor: Actor, wanted: Wanted, today: date) -> list[Sum]:
    """How many there are and their worth by colour and currency; one statement."""
    colour = colour_column(today).label("colour")
    inner = (
        select(colour, Contract.currency, Contract.value)
        .where(*conditions(actor, wanted, today))
        .subquery()
    )
    high, low = sum_parts(inner.c.value)
    unsaid = func.count() - func.count(inner.c.value)
    statement = select(inner.c.colour, inner.c.currency, func.count(), high, low, unsaid)
    rows = session.execute(statement.group_by(inner.c.colour, inner.c.currency))
    found = [Sum(Colour(c), cur, n, whole_sum(h, w), none) for c, cur, n, h, w, none in rows]
    return sorted(found, key=lambda one: (list(Colour).index(one.colour), one.currency))


def conditions(actor: Actor, wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """The conditions of the filters, sight first."""
    found = [visible_contracts(actor), Contract.archived.is_(False), _of_colour(wanted, today)]
    if wanted.manager is not None:
        found.append(Contract.owner_id == wanted.manager)
    if wanted.team is not None:
        found.append(Contract.client_id.in_(_of_team(wanted.team)))
    if wanted.client is not None:
        found.append(Contract.client_id.in_(dossier_ids(wanted.client)))
    if wanted.currency:
        found.append(Contract.currency == wanted.currency)
    if wanted.least is not None:
        found.append(Contract.value >= wanted.least)
    if wanted.mine:
        found.append(_mine(actor))
    return [*found, *_period(wanted)]


def _period(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(day_column >= wanted.since)
    if wanted.until is not None:
        found.append(day_column <= wanted.until)
    return found


def _of_colour(wanted: Wanted, today: date) -> ColumnElement[bool]:
    colour = colour_column(today)
    return colour == wanted.colour.value if wanted.colour else colour != Colour.DONE.value


def _mine(actor: Actor) -> ColumnElement[bool]:
    """The contracts of the person, and those of clients that the person looks after."""
    present = at(Assignment, Moment(present_day()))
    after = select(Assignment.client_id).where(Assignment.user_id == actor.id, present)
    return or_(Contract.owner_id == actor.id, Contract.client_id.in_(after))


def _of_team(team_id: int) -> Select[int]:
    """The clients of a team, with all that were merged into them."""
    alive = Client.team_id == team_id, Client.merged_into_id.is_(None)
    own = select(Client.id).where(*alive).cte("of_team", recursive=True)
    merged = select(Client.id).join(own, Client.merged_into_id == own.c.id)
    return select(own.union(merged).c.id)


def _rows(today: date) -> Select[*tuple[Any, ...]]:
    return select(
        Contract.id, Contract.client_id, Contract.number, Contract.subject, Contract.value,
        Contract.currency, Contract.ends_on, Contract.notice_by, Contract.start_by,
        Contract.start_by_why, Contract.state, User.name, colour_column(today),
    ).outerjoin(User, User.id == Contract.owner_id)  # fmt: skip


def _listed(session: Session, rows: Sequence[Any]) -> list[Renewal]:
    found = [Renewal(*row)._replace(colour=Colour(row[-1])) for row in rows]
    homes = homes_of(session, (one.client_id for one in found))
    return [one._replace(home=homes.get(one.client_id)) for one in found]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: only what stands in contracts that one may see."""

    managers: Sequence[tuple[int, str]]
    teams: Sequence[tuple[int, str]]
    currencies: Sequence[str]


def choices_visible_to(session: Session, actor: Actor) -> Choices:
    """The choices, at most `MOST_CHOICES` of each, in three statements."""
    seen = visible_contracts(actor), Contract.archived.is_(False)
    owners = select(Contract.owner_id).where(*seen)
    managers = select(User.id, User.name).where(User.id.in_(owners)).order_by(User.name)
    of_clients = select(Client.team_id).where(
        Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None)
    )
    teams = select(Team.id, Team.name).where(Team.id.in_(of_clients)).order_by(Team.name)
    currencies = select(Contract.currency).where(*seen, Contract.currency != "").distinct()
    return Choices(
        [(ident, name) for ident, name in session.execute(managers.limit(MOST_CHOICES))],
        [(ident, name) for ident, name in session.execute(teams.limit(MOST_CHOICES))],
        sorted(session.scalars(currencies.limit(MOST_CHOICES))),
    )
