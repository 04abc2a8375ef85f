"""Keeping the day by which a renewal must be started in step with contract and path."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.forecast.durations import learned_from
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.queries import Version, version_in_force
from dossiers.approvals.purchases import Purchase
from dossiers.clients.models import Client
from dossiers.renewals.contracts.bought import purchases_of
from dossiers.renewals.contracts.counting import Counted, Way, counted, notice_by
from dossiers.renewals.kinds import OVER
from dossiers.renewals.models import Contract
from wiki import clock
from wiki.database import Database
from wiki.errors import Missing, Refusal

_FIRST_ZONE = "Etc/GMT-14"
"""Where a day begins first: what somebody saved for their own today holds at once."""


class _Known(NamedTuple):
    version: Version
    way: Way


class _Bought(NamedTuple):
    purchase: Purchase
    because: str


def work_out(session: Session, contract: Contract, because: str = "terms") -> None:
    """Fill `notice_by`, `start_by` and `start_by_why` from the terms and the path in force.

    Nothing is known of the start without an end, without a path, or by an archived path.
    """
    country = session.get_one(Client, contract.client_id).country
    known = _known(session, contract.path_id, country)
    bought = purchases_of(session, [contract])
    _put(contract, country, known, _Bought(bought[contract.id], because))


def follow_path(session: Session, path_id: int) -> None:
    """Work out all contracts anew that are renewed by this path, in few statements."""
    wanted = (
        select(Contract, Client.country)
        .join(Client, Client.id == Contract.client_id)
        .where(Contract.path_id == path_id, Contract.state.not_in(OVER))
        .order_by(Contract.id)
    )
    rows = [(contract, country) for contract, country in session.execute(wanted)]
    bought = purchases_of(session, [contract for contract, _country in rows])
    countries = {country for _contract, country in rows}
    known = {country: _known(session, path_id, country) for country in countries}
    for contract, country in rows:
        _put(contract, country, known[country], _Bought(bought[contract.id], "path"))
    session.flush()


def keep_starts(database: Database) -> int:
    """The worker's daily task: versions come into force by their date, countries change.

    One transaction for each path. Always 0, so that it rests until the next day.
    """
    with database.reading() as session:
        used = select(Contract.path_id).where(Contract.path_id.is_not(None)).distinct()
        paths = list(session.scalars(used))
    for path_id in paths:
        with database.transaction() as session:
            if path_id is not None:
                follow_path(session, path_id)
    return 0


def _known(session: Session, path_id: int | None, country: str) -> _Known | None:
    path = session.get(ApprovalPath, path_id) if path_id else None
    if path is None or path.archived:
        return None
    today = clock.today(_FIRST_ZONE)
    try:
        version = version_in_force(session, path.id, today)
    except Missing:
        return None
    habits = learned_from(session, path.id, country, today).habits
    return _Known(version, Way(version.document, habits, country))


def _put(contract: Contract, country: str, known: _Known | None, bought: _Bought) -> None:
    try:
        contract.notice_by = notice_by(contract.ends_on, contract.notice_days, country)
        found = _counted(contract, known, bought.purchase)
    except Refusal:
        # A calendar without any working day: there is no day to name.
        found = None
    before, contract.start_by = contract.start_by, found.start_by if found else None
    why = _why(contract.path_id, known, found, country)
    if why is not None:
        why |= _reason(contract, before, bought.because)
    if why != contract.start_by_why:
        contract.start_by_why = why or {}


def _counted(contract: Contract, known: _Known | None, purchase: Purchase) -> Counted | None:
    wanted = contract.ends_on
    if contract.renews_months and contract.notice_by:
        # It would go on as it is: other terms must be agreed before nobody can leave any more.
        wanted = contract.notice_by
    if known is None or wanted is None:
        return None
    return counted(known.way, purchase, wanted)


def _why(
    path_id: int | None, known: _Known | None, found: Counted | None, country: str
) -> dict[str, Any] | None:
    if known is None or found is None:
        return None
    return {
        "path": path_id,
        "version": known.version.row.number,
        "days": dict(found.days),
        "working_days": found.working_days,
        "signed_by": found.signed_by.isoformat(),
        "country": country,
    }


def _reason(contract: Contract, before: date | None, because: str) -> dict[str, Any]:
    """What moved the day last: kept until it moves again."""
    kept = contract.start_by_why or {}
    if before == contract.start_by and "because" in kept:
        return {name: kept[name] for name in ("was", "because", "at") if name in kept}
    at = clock.now().isoformat(timespec="seconds")
    if before is None:
        return {"because": "first", "at": at}
    return {"was": before.isoformat(), "because": because, "at": at}
