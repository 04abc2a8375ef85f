"""The machine's opinion: written by the worker when a checkpoint comes, and when somebody asks."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from dossiers.clients.queries import locked_client
from dossiers.deals.homes import homes_of
from dossiers.renewals.checks.checkpoints import checkpoint_on
from dossiers.renewals.checks.giving import newest_of, put_in_place
from dossiers.renewals.checks.rules_now import Rules, rules_in_force
from dossiers.renewals.checks.running import checks_of, checks_of_many
from dossiers.renewals.checks.seen import Seen, machines_verdict, plain_seen
from dossiers.renewals.contracts.queries import home_id_of
from dossiers.renewals.kinds import OVER, Voice
from dossiers.renewals.models import Contract, Opinion
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.services import record

_AT_ONCE = 25


def ask_machine(session: Session, actor: Actor, contract: Contract) -> Opinion:
    """Make the checks now and keep what the machine thinks; the opinion before stays to be read.

    Raises `Forbidden` for who may only read the dossier.
    """
    client = locked_client(session, actor, home_id_of(session, contract))
    rules, day = rules_in_force(session), clock.today(actor.time_zone)
    seen = checks_of(session, client.id, rules, day, contract)
    return _keep(session, actor, contract, seen, rules, day)


def keep_machine_opinions(database: Database) -> int:
    """The worker's task: an opinion for each contract whose checkpoint has come and that lacks one.

    How many were written, at most 25; none when nothing is due.
    """
    rules, day = _rules_and_day(database)
    # What is looked at is not looked at while others wait to write.
    with database.reading() as session:
        seen = _look(session, _due(session, rules, day), rules, day)
    if seen:
        with database.transaction() as session:
            for contract_id, of_contract in seen.items():
                contract = session.get_one(Contract, contract_id)
                _keep(session, None, contract, of_contract, rules, day)
    return len(seen)


def _rules_and_day(database: Database) -> tuple[Rules, date]:
    with database.reading() as session:
        return rules_in_force(session), clock.today()


def _due(session: Session, rules: Rules, day: date) -> Sequence[Contract]:
    found: list[Contract] = []
    nearer = 0
    for days in sorted(rules.checkpoints):
        spoken = exists().where(
            Opinion.contract_id == Contract.id,
            Opinion.days_before == days,
            Opinion.voice == Voice.MACHINE,
        )
        first, last = date.fromordinal(day.toordinal() + nearer), day.toordinal() + days
        wanted = select(Contract).where(
            Contract.archived.is_(False),
            Contract.state.not_in(OVER),
            Contract.ends_on >= first,
            Contract.ends_on <= date.fromordinal(last),
            ~spoken,
        )
        found += session.scalars(wanted.order_by(Contract.ends_on, Contract.id).limit(_AT_ONCE))
        nearer = days + 1
    return found[:_AT_ONCE]


def _look(
    session: Session, contracts: Sequence[Contract], rules: Rules, day: date
) -> Mapping[int, Sequence[Seen]]:
    """What the checks see of each contract whose client is still there."""
    homes = homes_of(session, [one.client_id for one in contracts])
    waiting = [(homes[one.client_id].id, one) for one in contracts if one.client_id in homes]
    found: dict[int, Sequence[Seen]] = {}
    while waiting:
        # One contract of each client at a time: the checks look at one path and value of each.
        now: Mapping[int, Contract] = dict(reversed(waiting))
        seen = checks_of_many(session, list(now), rules, day, now)
        found |= {contract.id: seen[client_id] for client_id, contract in now.items()}
        waiting = [(home, one) for home, one in waiting if one.id not in found]
    return found


def _keep(
    session: Session,
    actor: Actor | None,
    contract: Contract,
    seen: Sequence[Seen],
    rules: Rules,
    day: date,
) -> Opinion:
    days = checkpoint_on(day, contract.ends_on, rules)
    row = Opinion(
        contract_id=contract.id, days_before=days, voice=Voice.MACHINE,
        verdict=machines_verdict(seen, rules, days), checks=plain_seen(seen), rules=rules.number,
        at=clock.now(),
    )  # fmt: skip
    put_in_place(session, newest_of(session, contract.id, days, Voice.MACHINE), row)
    told = {"verdict": row.verdict.value, "rules": rules.number}
    record(session, actor, "make checks", "contract", contract.id, None, told)
    return row
