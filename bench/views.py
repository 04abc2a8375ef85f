"""Views of pages next to a bare Flask view that returns the same bytes, in alternating rounds."""

import pickle
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from urllib.request import urlopen

from bench.bare import LOAD, Recorded
from bench.client import Answer, Wanted, ask_at_once, ask_in_turn
from bench.figures import Figure, percentile
from bench.generator import ROOT
from bench.processes import cpu_seconds
from bench.stage import SEED, Stage, Visit

ROUNDS, LINES, FEW = 4, 4, 10
_MOST_TIMES_BARE = 4.0
_Requests = Iterator[Wanted]


@dataclass(frozen=True)
class Round:
    """One pair of measurements: the wiki and the bare view, CPU in seconds for one request."""

    seconds: list[float]
    bare_seconds: list[float]
    cpu: float
    bare_cpu: float
    rate: float
    bare_rate: float


def view_figures(stage: Stage, requests: int) -> list[Figure]:
    """All kinds of view, each in `ROUNDS` rounds of `requests` requests, half of them at once."""
    found: list[Figure] = []
    with stage.visiting() as visit, _bare_server() as bare:
        for what, kind in _kinds(stage, visit).items():
            # What is asked for the first time must not run out: so many pages there are.
            each = min(requests, len(stage.page_paths()) // ROUNDS) // 2
            rounds = [_round(visit, bare, kind, each) for _ in range(ROUNDS)]
            found += _figures(stage.size, what, rounds)
    return found


def _kinds(stage: Stage, visit: Visit) -> dict[str, _Requests]:
    """For each kind of view the endless row of its requests."""
    paths = stage.page_paths()
    random.Random(SEED).shuffle(paths)
    few = [Wanted(path) for path in paths[:FEW]]
    return {
        "page, the first time": _around([Wanted(path) for path in paths]),
        "page, again": _around(few),
        "page, unchanged (304)": _around(_conditional(visit, few)),
        "history": _around([Wanted(_under(path, "history")) for path in paths]),
        "edit form": _around([Wanted(_under(path, "edit")) for path in paths]),
        "start page": _around([Wanted("/")]),
    }


def _around(wanted: Sequence[Wanted]) -> _Requests:
    while True:
        yield from wanted


def _conditional(visit: Visit, wanted: list[Wanted]) -> list[Wanted]:
    answers, _cpu = visit.ask(wanted)
    return [Wanted(answer.path, 304, answer.headers["etag"]) for answer in answers]


def _under(path: str, name: str) -> str:
    return re.sub(r"(/pages/\d+)-.*", rf"\1/{name}", path)


def _round(visit: Visit, bare: "Bare", kind: _Requests, each: int) -> Round:
    first = [next(kind) for _ in range(each)]
    answers, cpu = visit.ask(first)
    bare_answers, bare_cpu = bare.ask(first, answers, visit.person.cookie)
    second = [next(kind) for _ in range(each)]
    crowd, seconds = visit.ask_at_once(second, LINES)
    bare_seconds = bare.ask_at_once(second, crowd, visit.person.cookie)
    return Round(
        [answer.seconds for answer in answers],
        [answer.seconds for answer in bare_answers],
        cpu / each,
        bare_cpu / each,
        each / seconds,
        each / bare_seconds,
    )


def _figures(size: str, what: str, rounds: Sequence[Round]) -> list[Figure]:
    seconds = [second for one in rounds for second in one.seconds]
    bare = [second for one in rounds for second in one.bare_seconds]
    times = median(one.cpu / one.bare_cpu for one in rounds)
    aim = _MOST_TIMES_BARE if what.startswith("page") else None

    def figure(name: str, value: float, unit: str, most: float | None = None) -> Figure:
        return Figure("view", size, f"{what}: {name}", value, unit, most)

    return [
        figure("CPU next to the bare view", times, "×", aim),
        figure("CPU", median(one.cpu for one in rounds) * 1000, "ms"),
        figure("CPU of the bare view", median(one.bare_cpu for one in rounds) * 1000, "ms"),
        figure("median", percentile(seconds, 50) * 1000, "ms"),
        figure("95 of 100 within", percentile(seconds, 95) * 1000, "ms"),
        figure("bare view, median", percentile(bare, 50) * 1000, "ms"),
        figure("requests per second", median(one.rate for one in rounds), "1/s"),
        figure("bare view, requests per second", median(one.bare_rate for one in rounds), "1/s"),
    ]


class Bare:
    """The running yardstick."""

    def __init__(self, process: "subprocess.Popen[str]", address: str) -> None:
        self._pid, self._address = process.pid, address

    def ask(
        self, wanted: list[Wanted], answers: list[Answer], cookie: str
    ) -> tuple[list[Answer], float]:
        """The same requests in turn, answered with the same bytes; its CPU seconds for all."""
        self._load(answers)
        before = cpu_seconds(self._pid)
        given = ask_in_turn(self._address, cookie, wanted)
        return given, cpu_seconds(self._pid) - before

    def ask_at_once(self, wanted: list[Wanted], answers: list[Answer], cookie: str) -> float:
        """The same over several connections; the seconds for all."""
        self._load(answers)
        return ask_at_once(self._address, cookie, wanted, LINES)[1]

    def _load(self, answers: list[Answer]) -> None:
        recorded: Recorded = {
            one.path: (one.status, one.headers.get("content-type", ""), one.body) for one in answers
        }
        with urlopen(self._address + LOAD, pickle.dumps(recorded)):
            pass


@contextmanager
def _bare_server() -> Iterator[Bare]:
    command = [sys.executable, "-m", "bench.bare"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield Bare(process, process.stdout.readline().rpartition(" ")[2].strip())
    finally:
        process.kill()
        process.wait()
