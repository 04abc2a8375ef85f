"""Contracts of the demonstration: some late, some soon, some calm; one that grew, one that shrank.

All days are counted from today. A contract names the contract before it by its place in the row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from dossiers.approvals.paths.queries import paths_of
from dossiers.demonstration.plan import Planned
from dossiers.renewals.contracts.services import succeed, write_contract
from dossiers.renewals.contracts.terms import Terms
from wiki import clock
from wiki.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class _Told:
    """One contract: how many days ago it began, and in how many it ends."""

    number: str
    subject: str
    ago: int
    left: int | None
    value: int
    notice: int = 0
    months: int | None = None


_ROWS: Mapping[str, Sequence[_Told]] = {
    "Сытый Лось": (
        _Told("СЛ-14", "Полуфабрикаты для ресторанов", 1080, -716, 9_400_000),
        _Told("СЛ-22", "Полуфабрикаты для ресторанов", 715, -351, 11_200_000),
        _Told("СЛ-31", "Полуфабрикаты для ресторанов", 350, 15, 14_800_000, 10),
    ),
    "Большая Сумка": (
        _Told("БС-7", "Заморозка под маркой сети", 700, -336, 38_000_000),
        _Told("БС-9", "Заморозка под маркой сети", 335, 40, 31_500_000, 30, 12),
    ),
    "Красный Редуктор": (_Told("КР-3", "Питание столовых завода", 200, 165, 22_000_000, 60),),
    "Тихий Причал": (_Told("ТП-5", "Завтраки и банкеты", 90, None, 2_600_000),),
    "Школьное питание, Заречинск": (_Told("ШП-2", "Школьные обеды", 100, 330, 6_900_000, 30),),
}


def add_contracts(
    session: Session,
    people: Mapping[str, Actor],
    plans: Sequence[Planned],
    clients: Mapping[str, int],
) -> None:
    """Write the contracts down, each client's by who looks after it."""
    for plan in plans:
        name = str(plan.card["name"])
        _row(session, people[plan.lead], clients[name], _ROWS.get(name, ()))


def _row(session: Session, lead: Actor, client_id: int, row: Sequence[_Told]) -> None:
    paths = paths_of(session, client_id)
    path_id = paths[0].id if paths else None
    before = None
    for told in row:
        terms = _terms(told, lead.id, path_id)
        if before is None:
            before = write_contract(session, lead, client_id, terms).id
        else:
            before = succeed(session, lead, before, terms).id


def _terms(told: _Told, owner_id: int, path_id: int | None) -> Terms:
    today = clock.today()
    return Terms(
        number=told.number,
        subject=told.subject,
        starts_on=today - timedelta(days=told.ago),
        ends_on=None if told.left is None else today + timedelta(days=told.left),
        value=Decimal(told.value),
        currency="RUB",
        notice_days=told.notice,
        renews_months=told.months,
        owner_id=owner_id,
        path_id=path_id,
    )
