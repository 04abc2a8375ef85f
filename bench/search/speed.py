"""How fast the whole chain answers in a process, next to FTS5 on the same documents and terms."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from bench.figures import Figure, percentile
from bench.generator import ROOT
from bench.search.built import Built, ask_fts
from bench.search.kinds import KINDS, questions
from bench.search.reading import HINTS, answerer
from bench.search.words import asked_terms
from search.analysis import terms
from search.whoosh_engine import WhooshEngine

AIMS = {
    "one word": 40.0,
    "two words": 40.0,
    "prefix": 40.0,
    "whole question": 120.0,
    "slip": 120.0,
    "hint": 25.0,
}
AIMED_AT = 10_000
_WARM, _REMEMBERED = 20, 500
_NOT_IN_FTS = "slip"


def index_figures(built: Built) -> list[Figure]:
    """What making the indexes costs, and how large they are."""
    return [
        figure
        for name, label in (("our", "ours"), ("fts", "FTS5"))
        for cost in [built.costs()[name]]
        for figure in (
            _figure("index", built, f"rebuild, {label}", cost.seconds, "s"),
            _figure("index", built, f"rebuild, {label}: peak memory", cost.peak_megabytes, "MB"),
            _figure("index", built, f"size, {label}", cost.index_megabytes, "MB"),
        )
    ]


def speed_figures(built: Built, count: int) -> list[Figure]:
    """Median and 95th percentile of each kind of question, ours and FTS5 in turn."""
    built.costs()
    engine = WhooshEngine(built.ours)
    database = sqlite3.connect(built.fts)
    figures: list[Figure] = []
    for kind in KINDS:
        asked = questions(built.corpus, kind, count + _WARM)
        figures += timed(built, kind, _seconds(asked, answerer(kind, engine)))
        if kind != _NOT_IN_FTS:
            theirs = _seconds(asked, _fts_for(kind, database))
            figures += timed(built, f"{kind}, FTS5", theirs)
    engine.close()
    database.close()
    return [*figures, _reader_memory(built)]


def timed(built: Built, what: str, seconds: Sequence[float], row: str = "speed") -> list[Figure]:
    """Median and 95th percentile; the latter with its aim where there is one."""
    aim = AIMS.get(what) if built.corpus.count == AIMED_AT and row == "speed" else None
    return [
        _figure(row, built, f"{what}: median", percentile(seconds, 50) * 1000, "ms"),
        _figure(row, built, f"{what}: 95 of 100 within", percentile(seconds, 95) * 1000, "ms", aim),
    ]


def _fts_for(kind: str, database: sqlite3.Connection) -> Callable[[str], object]:
    if kind == "prefix":
        return lambda text: ask_fts(database, f'"{text[:-1].lower()}"*')
    if kind == "hint":
        return lambda text: ask_fts(database, _title_prefix(text), HINTS)
    return lambda text: ask_fts(database, " OR ".join(f'"{term}"' for term in asked_terms(text)))


def _title_prefix(text: str) -> str:
    *whole, last = terms(text) or [""]
    return "title : " + " AND ".join([*(f'"{term}"' for term in whole), f'"{last}"*'])


def _seconds(asked: Sequence[str], answer: Callable[[str], object]) -> list[float]:
    """For each question the seconds it took; the first ones only warm up."""
    found = []
    for text in asked:
        began = time.perf_counter()
        answer(text)
        found.append(time.perf_counter() - began)
    return found[_WARM:]


def _reader_memory(built: Built) -> Figure:
    each = _REMEMBERED // len(KINDS)
    asked = [(kind, text) for kind in KINDS for text in questions(built.corpus, kind, each)]
    command = [sys.executable, "-m", "bench.search.reading", str(built.ours)]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(asked), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    what = f"memory of a reading process after {len(asked)} questions"
    return _figure("speed", built, what, json.loads(done.stdout), "MB")


def _figure(
    row: str, built: Built, what: str, value: float, unit: str, aim: float | None = None
) -> Figure:
    return Figure(row, str(built.corpus.count), what, value, unit, aim)
