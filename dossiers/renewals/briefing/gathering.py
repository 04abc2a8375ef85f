"""All that a briefing tells of a client, read once as plain values in a constant count of reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.runs.queries import standing_of_open_runs
from dossiers.approvals.runs.standing import Standing
from dossiers.clients.kinds import Duty
from dossiers.clients.models import Assignment, Client
from dossiers.clients.queries import dossier_ids
from dossiers.deals.kinds import DealKind
from dossiers.deals.listing import ListedDeal, Sum, Wanted, page_visible_to, sums_visible_to
from dossiers.facts.asking import Moment, at
from dossiers.interactions.contacts.queries import interactions_between, met_since
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Interaction, Promise
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.insight.light import Light
from dossiers.people.insight.queries import lights_of
from dossiers.people.insight.questions import Question, questions_of
from dossiers.renewals.briefing.changed import Changed, changed_since
from dossiers.renewals.briefing.way import Way, way_of
from dossiers.renewals.checks.rules_now import rules_in_force
from dossiers.renewals.checks.running import checks_of
from dossiers.renewals.checks.seen import Seen
from dossiers.renewals.kinds import OVER, FollowUpState, ReviewState
from dossiers.renewals.models import Contract, FollowUp, Opinion, Review
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User

#: Contacts are told of as far back as this.
_CONTACTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a client on a day, for one reader who may see it."""

    client: Client
    reader: Actor
    at: datetime
    day: date
    managers: Sequence[tuple[str, Duty]]
    contract: Contract | None
    contracts: Sequence[Contract]
    opinions: Sequence[Opinion]
    light: Light
    seen: Sequence[Seen]
    chart: Chart
    met: Mapping[int, date]
    way: Way | None
    runs: Sequence[Standing]
    sums: Sequence[Sum]
    deals: Sequence[ListedDeal]
    changed: Changed
    promises: Sequence[Promise]
    follow_ups: Sequence[FollowUp]
    colleagues: Mapping[int, str]
    contacts: Sequence[Interaction]
    questions: Sequence[Question]


def gather(
    session: Session, reader: Actor, client: Client, contract_id: int | None = None
) -> Known:
    """What a briefing tells. The reader may see the client; the contract is one of its dossier."""
    day, now = clock.today(reader.time_zone), clock.now()
    contracts = contracts_of(session, client.id)
    contract = _chosen(contracts, contract_id, day)
    chart = chart_of(session, client.id, Moment(day))
    promises, follow_ups = _promises(session, client.id), _follow_ups(session, client.id)
    ours = {one.user_id for one in promises} | {one.user_id for one in follow_ups}
    sums, deals = _deals(session, reader, client.id)
    return Known(
        client, reader, now, day,
        managers=_managers(session, client.id, day),
        contract=contract,
        contracts=contracts,
        opinions=_opinions(session, contract),
        light=lights_of(session, [client.id], day)[client.id],
        seen=checks_of(session, client.id, rules_in_force(session), day, contract),
        chart=chart,
        met=met_since(session, client.id, day - _CONTACTS, reader.time_zone),
        way=way_of(session, client, contract, day),
        runs=[standing for _run, standing in standing_of_open_runs(session, client.id, day)],
        sums=sums,
        deals=deals,
        changed=changed_since(session, client, day, reader.time_zone),
        promises=promises,
        follow_ups=follow_ups,
        colleagues=_names(session, ours),
        contacts=interactions_between(session, client.id, now - _CONTACTS, now),
        questions=questions_of(chart),
    )  # fmt: skip


def contracts_of(session: Session, client_id: int) -> Sequence[Contract]:
    """The contracts of a dossier that are in use, the first to end first, open-ended ones last."""
    mine = Contract.client_id.in_(dossier_ids(client_id)), Contract.archived.is_(False)
    order = Contract.ends_on.asc().nulls_last(), Contract.id
    return session.scalars(select(Contract).where(*mine).order_by(*order)).all()


def _chosen(contracts: Sequence[Contract], wanted: int | None, day: date) -> Contract | None:
    """The contract that is asked for, else the one to be renewed next."""
    asked = [one for one in contracts if one.id == wanted]
    open_ones = [one for one in contracts if one.state not in OVER]
    ahead = [one for one in open_ones if one.ends_on is None or one.ends_on >= day]
    return next(iter([*asked, *ahead, *open_ones]), None)


def _managers(session: Session, client_id: int, day: date) -> list[tuple[str, Duty]]:
    wanted = (
        select(User.name, Assignment.duty)
        .join(Assignment, Assignment.user_id == User.id)
        .where(Assignment.client_id == client_id, at(Assignment, Moment(day)))
        .order_by(Assignment.duty, User.name)
    )
    return [(name, Duty(duty)) for name, duty in session.execute(wanted)]


def _opinions(session: Session, contract: Contract | None) -> Sequence[Opinion]:
    """The newest opinion of each voice at the last checkpoint that has one."""
    if contract is None:
        return ()
    wanted = select(Opinion).where(Opinion.contract_id == contract.id, Opinion.is_newest.is_(True))
    rows = session.scalars(wanted.order_by(Opinion.days_before, Opinion.id)).all()
    return list({one.voice: one for one in reversed(rows)}.values())[::-1]


def _deals(
    session: Session, reader: Actor, client_id: int
) -> tuple[Sequence[Sum], Sequence[ListedDeal]]:
    """The sums, and a page of the deals under way before a page of all others."""
    wanted = Wanted(client=client_id)
    sums = sums_visible_to(session, reader, wanted)
    open_ones = replace(wanted, kind=DealKind.OPEN)
    first = page_visible_to(session, reader, open_ones, sums, 1).rows
    rest = page_visible_to(session, reader, wanted, sums, 1).rows
    return sums, [*first, *(one for one in rest if one.kind is not DealKind.OPEN)]


def _promises(session: Session, client_id: int) -> Sequence[Promise]:
    mine = Promise.client_id.in_(dossier_ids(client_id)), Promise.state == PromiseState.OPEN
    return session.scalars(select(Promise).where(*mine).order_by(Promise.due_on, Promise.id)).all()


def _follow_ups(session: Session, client_id: int) -> Sequence[FollowUp]:
    """Of signed reviews only: what is not signed is for directors, who may still change it."""
    mine = FollowUp.client_id.in_(dossier_ids(client_id)), FollowUp.state == FollowUpState.OPEN
    signed = select(FollowUp).join(Review, Review.id == FollowUp.review_id)
    signed = signed.where(*mine, Review.state == ReviewState.SIGNED)
    return session.scalars(signed.order_by(FollowUp.due_on, FollowUp.id)).all()


def _names(session: Session, user_ids: set[int]) -> Mapping[int, str]:
    found = session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return dict(found.all())
