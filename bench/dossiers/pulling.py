"""Opportunities pulled from a real Tryton server on the same machine."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.dossiers.stage import Stage
from bench.figures import Figure
from dossiers.deals.connectors.interface import connector_kinds
from dossiers.deals.connectors.pulling import Puller
from dossiers.deals.connectors.services import Typed, add_source
from dossiers.deals.connectors.start import init
from dossiers.deals.kinds import SourceKind
from dossiers.deals.models import PullState
from tests.dossiers.deals.connectors.tryton_server import NAME, Office, running
from wiki.config import load_settings
from wiki.database import Database

SIZE, CHANGED, _AT_ONCE = 2_000, 100, 200
_KEY = "only for the benchmark"


def pulling_figures(stage: Stage) -> list[Figure]:
    """A first visit, one that finds nothing new, and one that finds some changes."""
    folder = stage.folder / "tryton"
    folder.mkdir(exist_ok=True)
    with running(folder) as address, _puller(stage) as puller:
        office = Office(address)
        office.sign_in()
        office.furnish()
        numbers = _made(office)
        with stage.writing() as (session, director):
            typed = Typed("Tryton", {"address": address, "database": NAME}, office.key)
            source = add_source(session, director, _KEY, SourceKind.TRYTON, typed).id
        figures = [_timed(puller, source, "first visit")]
        figures.append(_timed(puller, source, "nothing new"))
        for number in numbers[:CHANGED]:
            office.write(number, description="changed")
        figures.append(_timed(puller, source, f"{CHANGED} changed"))
        with puller.database.reading() as session:
            assert session.get_one(PullState, source).behind == 0
    return figures


def _made(office: Office) -> list[int]:
    """Opportunities of two lines each, a part of which came on to another stage."""
    lines = [["create", [office.line("Press", 2), office.line("Saw", 1)]]]
    numbers: list[int] = []
    for start in range(0, SIZE, _AT_ONCE):
        wanted = ({"description": f"Deal {start + n}", "lines": lines} for n in range(_AT_ONCE))
        numbers += office.deals(*wanted)
    office.press("opportunity", *numbers[: SIZE // 2])
    return numbers


def _timed(puller: Puller, source: int, what: str) -> Figure:
    began = time.perf_counter()
    puller.pull(source)
    return Figure("pulling", str(SIZE), what, time.perf_counter() - began, "s")


@contextmanager
def _puller(stage: Stage) -> Iterator[Puller]:
    if not connector_kinds():
        init()
    settings = load_settings(stage.instance.home, stage.instance.environment)
    database = Database(settings.database_address)
    try:
        yield Puller(database, _KEY)
    finally:
        database.dispose()
