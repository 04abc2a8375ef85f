"""Fills the demonstration company with dossiers: cards, charts, and a year of changes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from dossiers.clients.card import Card
from dossiers.clients.kinds import Duty
from dossiers.clients.models import Assignment, CardFact, Client
from dossiers.clients.services.cards import Said, create_client
from dossiers.clients.services.managers import assign
from dossiers.clients.services.notes import take_as_notes
from dossiers.demonstration.contacts import add_contacts
from dossiers.demonstration.contracts import add_contracts
from dossiers.demonstration.deals import add_deals
from dossiers.demonstration.deeds import do
from dossiers.demonstration.opinions import add_opinions
from dossiers.demonstration.paths import Deed, deeds_with_paths
from dossiers.demonstration.plan import Planned, Step, planned
from dossiers.demonstration.promises import deeds_with_promises
from dossiers.demonstration.reviews import add_review
from dossiers.facts.models import Change, Confidence, Dated, Source
from dossiers.facts.writing import Evidence
from dossiers.people.editing.employments import Appointment, appoint_named
from dossiers.people.editing.pen import Pen, open_dossier
from dossiers.people.editing.positions import Wanted, add_position
from dossiers.people.models import FACT_TABLES
from products.demonstration.seed import PEOPLE
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import Team, User
from wiki.accounts.queries import actor_of
from wiki.database import Database, database
from wiki.pages.audiences import change_audience
from wiki.pages.models import Page

_FOUNDED = 600
"""Days since which the cards are true."""
_TABLES: tuple[type[Dated], ...] = (*FACT_TABLES, CardFact, Assignment)


def seed_dossiers(app: Flask) -> None:
    """Fill the demonstration's dossiers, unless there are clients or this is no demonstration."""
    with app.app_context():
        people = _people(database())
        if people and not _has_clients(database()):
            _fill(database(), people)


def _people(db: Database) -> dict[str, Actor]:
    """The demonstration's people by their short names; empty in an instance of somebody else."""
    with db.reading() as session:
        found = {}
        for name, *_rest in PEOPLE:
            known = select(User.id).where(User.email_folded == f"{name}@pelmen.example")
            ident = session.scalar(known)
            person = actor_of(session, ident) if ident else None
            if person is None:
                return {}
            found[name] = person
    return found


def _has_clients(db: Database) -> bool:
    with db.reading() as session:
        return bool(session.scalar(select(func.count()).select_from(Client)))


def _fill(db: Database, people: Mapping[str, Actor]) -> None:
    plans = planned()
    with db.transaction() as session:
        clients = {plan.card["name"]: _client(session, plan, people) for plan in plans}
        for plan, step in _in_time(plans):
            client_id = clients[plan.card["name"]]
            if isinstance(step, Step):
                _live(session, people, client_id, plan, step)
            else:
                _decide(session, people[plan.lead], client_id, step)
        add_deals(session, people)
        add_contracts(session, people, plans, clients)
        add_contacts(session, people, {clients[p.card["name"]]: p.lead for p in plans})
        add_opinions(session, people)
        add_review(session, people)


def _in_time(plans: Sequence[Planned]) -> Iterator[tuple[Planned, Step | Deed]]:
    """All steps of all clients and all deeds with their paths, the oldest first.

    Of one day the steps come first; the order of a file stays.
    """
    steps: list[tuple[Planned, Step | Deed]] = [(plan, one) for plan in plans for one in plan.steps]
    deeds = [(plan, one) for plan in plans for one in deeds_with_paths(plan)]
    promised = [(plan, one) for n, plan in enumerate(plans) for one in deeds_with_promises(n)]
    yield from sorted([*steps, *deeds, *promised], key=lambda one: -one[1].ago)


def _decide(session: Session, lead: Actor, client_id: int, deed: Deed) -> None:
    """What the manager did with a path or a run.

    The clock stands at that day meanwhile: what was expected of a run is kept as it was then.
    """
    moment = clock.now() - timedelta(days=deed.ago)
    with clock.at(moment):
        deed.do(open_dossier(session, lead, client_id, moment.date()))
        session.flush()


def _client(session: Session, plan: Planned, people: Mapping[str, Actor]) -> int:
    before = _newest_change(session)
    lead = people[plan.lead]
    said = Said(Evidence(Source.REGISTER), clock.today() - timedelta(days=_FOUNDED))
    client = create_client(session, lead, _card(session, plan), said)
    assign(session, lead, client.id, lead.id, Duty.LEAD, said)
    if plan.page:
        page = _page(session, plan.page)
        take_as_notes(session, lead, client, page)
    if plan.restricted:
        change_audience(session, None, _page(session, plan.english), client.audience)
    _backdate(session, before, _FOUNDED)
    return client.id


def _card(session: Session, plan: Planned) -> Card:
    team = session.scalars(select(Team.id).where(Team.name == plan.team)).one()
    parent = session.scalar(select(Client.id).where(Client.name == plan.parent))
    listed = {name: tuple(plan.card.get(name, ())) for name in ("domains", "tags")}
    return Card(
        **{**plan.card, **listed},
        country="RU",
        team=team,
        parent=parent,
        restricted=plan.restricted,
    )


def _page(session: Session, title: str) -> int:
    return session.scalars(select(Page.id).where(Page.title == title)).one()


def _live(
    session: Session, people: Mapping[str, Actor], client_id: int, plan: Planned, step: Step
) -> None:
    """What became known on one day; the rows are as old as that day."""
    before = _newest_change(session)
    day = clock.today() - timedelta(days=step.ago)
    said = Evidence(Source(step.source), Confidence(step.confidence), day)
    goes = any(deed["do"] == "go" for deed in step.deeds)
    by = people["vera" if goes else step.by or plan.lead]
    pen = open_dossier(session, by, client_id, day, said)
    _draw(pen, step)
    for deed in step.deeds:
        do(pen, deed, people)
    _backdate(session, before, step.ago)


def _draw(pen: Pen, step: Step) -> None:
    above: dict[int, int] = {}
    for rank, seat in enumerate(step.seats()):
        wanted = Wanted(seat.title, seat.unit, seat.kind, rank=rank)
        ident = add_position(pen, wanted, above.get(seat.depth - 1))[1]
        above[seat.depth] = ident
        if seat.holder:
            main = seat.kind.value != "committee"
            appoint_named(pen, ident, seat.holder, Appointment(main=main))


def _newest_change(session: Session) -> int:
    return session.scalar(select(func.max(Change.id))) or 0


def _backdate(session: Session, after: int, ago: int) -> None:
    """Let all changes since `after` have been made that many days ago."""
    session.flush()
    moment = clock.now() - timedelta(days=ago)
    session.execute(update(Change).where(Change.id > after).values(at=moment))
    for table in _TABLES:
        opened, closed = table.change_id > after, table.superseded_in > after
        session.execute(update(table).where(opened).values(recorded_at=moment))
        session.execute(update(table).where(closed).values(superseded_at=moment))
    session.expire_all()
