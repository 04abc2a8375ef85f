"""Reading opinions: three voices, kept apart. The caller has checked that the contract is seen."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from dossiers.deals.queries import seen_clients
from dossiers.renewals.kinds import OVER, Verdict, Voice
from dossiers.renewals.models import Contract, Opinion
from wiki.accounts.actor import Actor
from wiki.accounts.models import User

MOST_LISTED = 50


class Said(NamedTuple):
    """An opinion with the name of whose it is; the machine has none."""

    row: Opinion
    name: str


class Disagreement(NamedTuple):
    """A contract of which the voices see different ends; `spread` is 1 to 3 steps apart."""

    contract: Contract
    days_before: int
    spread: int


def newest_opinions(
    session: Session, contract_ids: Collection[int]
) -> dict[int, dict[Voice, Opinion]]:
    """By contract the newest opinion of each voice, of the nearest checkpoint; one statement."""
    wanted = select(Opinion).where(Opinion.contract_id.in_(contract_ids), Opinion.is_newest)
    found: dict[int, dict[Voice, Opinion]] = {}
    # The farthest checkpoint first: the nearest comes last and stays.
    for one in session.scalars(wanted.order_by(Opinion.days_before.desc(), Opinion.id)):
        found.setdefault(one.contract_id, {})[one.voice] = one
    return found


def opinions_of(session: Session, contract_id: int) -> Sequence[Said]:
    """All opinions of a contract, the nearest checkpoint and the newest first; one statement."""
    wanted = _named().where(Opinion.contract_id == contract_id)
    ordered = wanted.order_by(Opinion.days_before, Opinion.id.desc())
    return [Said(row, name or "") for row, name in session.execute(ordered)]


def said_of(
    session: Session, contract_ids: Collection[int]
) -> Mapping[tuple[int, int], Mapping[Voice, Said]]:
    """By contract and checkpoint the newest of each voice, with names; one statement."""
    wanted = _named().where(Opinion.contract_id.in_(contract_ids), Opinion.is_newest)
    found: dict[tuple[int, int], dict[Voice, Said]] = {}
    for row, name in session.execute(wanted.order_by(Opinion.id)):
        found.setdefault((row.contract_id, row.days_before), {})[row.voice] = Said(row, name or "")
    return found


def _named() -> Select[Opinion, str | None]:
    return select(Opinion, User.name).outerjoin(User, User.id == Opinion.by)


def disagreements_visible_to(session: Session, actor: Actor) -> Sequence[Disagreement]:
    """Where the voices differ at the nearest checkpoint, the most and the dearest first.

    Of money of different currencies the larger figure comes first. One statement.
    """
    place = case({one.value: number for number, one in enumerate(Verdict)}, value=Opinion.verdict)
    spread = func.max(place) - func.min(place)
    nearest = (
        select(Opinion.contract_id, func.min(Opinion.days_before).label("days"))
        .where(Opinion.is_newest)
        .group_by(Opinion.contract_id)
        .subquery()
    )
    apart = (
        select(Opinion.contract_id, nearest.c.days, spread.label("spread"))
        .join(nearest, nearest.c.contract_id == Opinion.contract_id)
        .where(Opinion.is_newest, Opinion.days_before == nearest.c.days)
        .group_by(Opinion.contract_id, nearest.c.days)
        .having(spread > 0)
        .subquery()
    )
    wanted = (
        select(Contract, apart.c.days, apart.c.spread)
        .join(apart, apart.c.contract_id == Contract.id)
        .where(Contract.archived.is_(False), Contract.state.not_in(OVER))
        .where(Contract.client_id.in_(seen_clients(actor)))
        .order_by(apart.c.spread.desc(), Contract.value.desc().nulls_last(), Contract.ends_on)
    )
    return [Disagreement(*row) for row in session.execute(wanted.limit(MOST_LISTED))]
