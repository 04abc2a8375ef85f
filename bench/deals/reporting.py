"""Reports and forecasts over 100,000 deals, and the dossier of a client with 1,000 of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from bench.client import Line, Wanted
from bench.deals.stage import DIRECTOR, Stage
from bench.figures import Figure, percentile
from bench.instance import Instance, Person
from dossiers.clients.models import Client
from dossiers.deals.closing.models import CloseReason, DealClosing
from dossiers.deals.kinds import DealKind, SourceKind
from dossiers.deals.models import Deal, DealLine, DealOwner, DealSource, ProductName
from wiki import clock
from wiki.config import load_settings
from wiki.database import Base, Database
from wiki.pages.transfer.workshop import acting_person

DEALS, OF_ONE = 100_000, 1_000
_CLIENTS, _SELLERS, _PRODUCTS = 500, 60, 40
_DAYS = 730
_TIMES = 7
_REPORT_AIM, _DOSSIER_AIM = 300.0, 150.0
_SIZE = f"{DEALS:,} deals"
_made: dict[Path, Instance] = {}


def report_figures(stage: Stage) -> list[Figure]:
    """Each report through the server after a deal has changed, and asked for once more."""
    year, found = clock.today().year - 1, []
    with _visiting(stage) as line:
        for by in ("reason", "seller", "segment", "product"):
            for what, asked in (("quarter", ""), ("year", f"&unit=year&period={year}")):
                address = f"/api/deals/reports?by={by}{asked}"
                found += _report(stage, line, f"a {what} by {by}, as JSON", address)
        page = "/deals/reports?by=reason"
        found += _report(stage, line, "a quarter by reason, the page", page)
        found += _report(stage, line, "the forecast, the page", "/deals/forecast", None)
    return found


def _report(
    stage: Stage, line: Line, what: str, address: str, aim: float | None = _REPORT_AIM
) -> list[Figure]:
    changed, again = [], []
    for _time in range(_TIMES):
        _change_one(stage)
        changed.append(line.ask(Wanted(address)).seconds)
        again.append(line.ask(Wanted(address)).seconds)
    return [
        _median("report", _SIZE, f"{what}: median after a change", changed, aim),
        _median("report", _SIZE, f"{what}: median, asked again", again, aim),
    ]


def dossier_figures(stage: Stage) -> list[Figure]:
    """The pages of the client who has a thousand deals."""
    found, size = [], f"{OF_ONE:,} deals of one client"
    with _visiting(stage) as line:
        for what, address in (("first page", "/clients/1"), ("its deals", "/clients/1/deals")):
            line.ask(Wanted(address))
            seconds = [line.ask(Wanted(address)).seconds for _time in range(_TIMES)]
            found.append(_median("dossier", size, f"{what}: median", seconds, _DOSSIER_AIM))
    return found


def _median(row: str, size: str, what: str, seconds: Sequence[float], aim: float | None) -> Figure:
    return Figure(row, size, what, percentile(seconds, 50) * 1000, "ms", aim)


def _change_one(stage: Stage) -> None:
    """Let what is kept of reports be out of date."""
    with _writing(_instance(stage)) as session:
        session.execute(update(Deal).where(Deal.id == 1).values(changed_at=clock.now()))


@contextmanager
def _writing(instance: Instance) -> Iterator[Session]:
    """A transaction beside the server."""
    settings = load_settings(instance.home, instance.environment)
    database = Database(settings.database_address)
    with database.transaction() as session:
        yield session
    database.dispose()


@contextmanager
def _visiting(stage: Stage) -> Iterator[Line]:
    """The server alone, without its worker, and the director signed in."""
    with _instance(stage).serving("--host", "127.0.0.1") as server:
        person = Person(server.address)
        person.sign_in(DIRECTOR)
        line = Line(server.address, person.cookie)
        yield line
        line.close()


def _instance(stage: Stage) -> Instance:
    """An instance of its own with all these deals, made for the first of the rows."""
    if stage.folder not in _made:
        instance = Instance(stage.folder / "reports")
        with instance.serving("--host", "127.0.0.1"):
            instance.add_person(DIRECTOR, "director")
        with _writing(instance) as session:
            _fill(session)
        _made[stage.folder] = instance
        stage.tell(f"{_SIZE} are made")
    return _made[stage.folder]


def _fill(session: Session) -> None:
    director = acting_person(session, DIRECTOR)
    now, chance = clock.now(), Random(11)
    session.add(DealSource(name="Made", kind=SourceKind.API, created_at=now))
    for number in range(_CLIENTS):
        name = f"client {number}"
        session.add(
            Client(name=name, name_folded=name, slug=f"client-{number}", segment=f"s{number % 12}",
                   region=f"r{number % 20}", audience="all", created_at=now, changed_at=now)
        )  # fmt: skip
    session.flush()
    for number in range(_SELLERS):
        head = f"Head {number % 7}"
        session.add(DealOwner(source_id=1, key=f"s{number}", name=f"S {number}", manager=head))
    for number in range(_PRODUCTS):
        session.add(ProductName(source_id=1, key=f"p{number}", name=f"Product {number}"))
    session.flush()
    _write(session, Deal, [_deal(chance, number) for number in range(DEALS)])
    _write(session, DealLine, [line for number in range(DEALS) for line in _lines(chance, number)])
    reasons = session.scalars(select(CloseReason.id)).all()
    _write(
        session,
        DealClosing,
        [
            {"deal_id": number + 1, "reason_id": chance.choice(reasons), "words": "",
             "competitor": "", "at": now, "by": director.id, "is_newest": True}
            for number in range(0, DEALS, 2)
        ],
    )  # fmt: skip


def _write(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    assert isinstance(table.__table__, Table)
    session.execute(insert(table.__table__), rows)


def _deal(chance: Random, number: int) -> dict[str, Any]:
    kind = chance.choices((DealKind.WON, DealKind.LOST, DealKind.OPEN), (55, 40, 5))[0]
    closed = clock.today() - timedelta(days=chance.randrange(_DAYS))
    listed = Decimal(chance.randrange(1_000, 900_000)) / 100
    amount = listed * chance.randrange(70, 105) / 100 if kind is DealKind.WON else Decimal(0)
    now = clock.now()
    return {
        "source_id": 1, "external_id": f"D{number:07d}", "title": f"Deal number {number}",
        "amount": None if kind is DealKind.OPEN else amount, "currency": "RUB", "pipeline": "",
        "stage": kind.value, "kind": kind, "probability_scale": "",
        "began_on": _began(chance, closed), "closed_on": None if kind is DealKind.OPEN else closed,
        "owner_id": number % _SELLERS + 1,
        "client_id": 1 if number < OF_ONE else number % _CLIENTS + 1,
        "pinned": True, "loss_reason": "", "raw": {"stage": kind.value, "more": "x" * 300},
        "clocks": {}, "list_total": listed, "is_outside_policy": False, "first_seen_at": now,
        "changed_at": now,
    }  # fmt: skip


def _began(chance: Random, closed: date) -> date:
    return closed - timedelta(days=chance.randrange(5, 120))


def _lines(chance: Random, number: int) -> Iterator[dict[str, Any]]:
    """A product; in one deal of ten two of them."""
    for place in range(1 if number % 10 else 2):
        price, product = Decimal(chance.randrange(1, 900)), chance.randrange(1, _PRODUCTS + 1)
        yield {"deal_id": number + 1, "number": place + 1, "product_id": product,
               "list_price": price, "quantity": Decimal(1)}  # fmt: skip
