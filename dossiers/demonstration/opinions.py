"""Opinions of the demonstration on its next renewals: manager and director see them differently."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.renewals.checks.giving import View, give_opinion
from dossiers.renewals.checks.machine import ask_machine
from dossiers.renewals.kinds import OVER, Verdict
from dossiers.renewals.models import Contract
from wiki import clock
from wiki.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class _Pair:
    """What the manager and the director say of one renewal."""

    managers: View
    directors: View


_PAIRS = (
    _Pair(
        View(Verdict.SAFE, "Закупки довольны, замечаний по поставкам за год не было."),
        View(Verdict.LOST, "Финансовый директор ни разу с нами не говорил, а цену просит снизить."),
    ),
    _Pair(
        View(Verdict.SAFE, "Договорились на словах, ждём только бумаги."),
        View(Verdict.AT_RISK, "Путь согласования давно не подтверждали; слова ещё не подпись."),
    ),
    _Pair(
        View(Verdict.AT_RISK, "Пришёл конкурент с отсрочкой 60 дней."),
        View(Verdict.SAFE, "Директор клиента сам звонил и просил продлить на прежних условиях."),
    ),
)


def add_opinions(session: Session, people: Mapping[str, Actor]) -> None:
    """Let the machine, the managers and the director speak of the contracts that end next."""
    by_id = {one.id: one for one in people.values()}
    wanted = select(Contract).where(
        Contract.archived.is_(False),
        Contract.state.not_in(OVER),
        Contract.ends_on >= clock.today(),
        Contract.owner_id.in_(by_id),
    )
    rows = session.scalars(wanted.order_by(Contract.ends_on, Contract.id).limit(len(_PAIRS)))
    for contract, pair in zip(rows.all(), _PAIRS, strict=False):
        lead, director = by_id[contract.owner_id or 0], people["vera"]
        ask_machine(session, director, contract)
        give_opinion(session, lead, contract.id, pair.managers)
        give_opinion(session, director, contract.id, pair.directors)
