"""What renewals brought: growth and shrinkage over the contracts before, and what was lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Select, and_, case, select, type_coerce
from sqlalchemy.orm import Session, aliased

from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.renewals.contracts.queries import Wanted, narrowed
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.money import sum_parts, whole_sum

MOST_SUMS = 200


class By(StrEnum):
    """Whose growth is added up."""

    MANAGER = "manager"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Growth:
    """What the contracts of one manager or client gained and lost, in one currency.

    All figures are above zero; a contract without a value or in another currency than the one
    before counts for nothing.
    """

    ident: int | None
    name: str
    currency: str
    grown: Decimal
    shrunk: Decimal
    lost: Decimal

    @property
    def net(self) -> Decimal:
        """What is left of the growth."""
        return self.grown - self.shrunk - self.lost


_before = aliased(Contract)


def growth_visible_to(session: Session, actor: Actor, wanted: Wanted, by: By) -> Sequence[Growth]:
    """By manager or client over the contracts that one may see, at most `MOST_SUMS`.

    Of what is wanted the state does not narrow it: growth belongs to what followed.
    """
    ident, name = (User.id, User.name) if by is By.MANAGER else (Client.id, Client.name)
    rows = _sums(ident, name).join(Client, Client.id == Contract.client_id)
    rows = rows.outerjoin(User, User.id == Contract.owner_id)
    rows = narrowed(rows, actor, Wanted(wanted.text, owner=wanted.owner))
    return _read(session, rows.group_by(ident, name).order_by(name).limit(MOST_SUMS))


def growth_of(session: Session, client_id: int) -> Sequence[Growth]:
    """Of one dossier, by manager; the caller has checked sight."""
    rows = _sums(User.id, User.name).outerjoin(User, User.id == Contract.owner_id)
    here = Contract.client_id.in_(dossier_ids(client_id)), Contract.archived.is_(False)
    return _read(session, rows.where(*here).group_by(User.id, User.name).order_by(User.name))


def _sums(ident: Any, name: Any) -> Select[*tuple[Any, ...]]:
    own, other = (type_coerce(one.value, BigInteger) for one in (Contract, _before))
    is_known = and_(_before.archived.is_(False), _before.currency == Contract.currency)
    grown = case((and_(is_known, own > other), own - other))
    shrunk = case((and_(is_known, own < other), other - own))
    lost = case((Contract.state == RenewalState.LOST, own))
    parts = [part for amount in (grown, shrunk, lost) for part in sum_parts(amount)]
    return (
        select(ident, name, Contract.currency, *parts)
        .select_from(Contract)
        .outerjoin(_before, _before.id == Contract.predecessor_id)
        .group_by(Contract.currency)
    )


def _read(session: Session, rows: Select[*tuple[Any, ...]]) -> list[Growth]:
    found = []
    for ident, name, currency, *parts in session.execute(rows):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        grown, shrunk, lost = (whole_sum(high, low) or Decimal(0) for high, low in pairs)
        if currency and (grown or shrunk or lost):
            found.append(Growth(ident, name or "", currency, grown, shrunk, lost))
    return found


def totals_of(rows: Sequence[Growth]) -> Sequence[Growth]:
    """All of them together, one for each currency."""
    found: dict[str, Growth] = {}
    for row in rows:
        sofar = found.get(row.currency) or Growth(None, "", row.currency, *[Decimal(0)] * 3)
        found[row.currency] = Growth(
            None,
            "",
            row.currency,
            sofar.grown + row.grown,
            sofar.shrunk + row.shrunk,
            sofar.lost + row.lost,
        )
    return list(found.values())
