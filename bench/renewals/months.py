"""The briefings of a month by the worker, and how quick pages are meanwhile."""

import re
import time

from bench.client import Line, Wanted
from bench.figures import Figure, percentile
from bench.instance import Person
from bench.renewals.dossiers import BRIEFED, month_of_briefings
from bench.renewals.stage import DIRECTOR, Stage

_PAGE = "/renewals/briefings"
_PAGES = ("/", "/renewals", "/clients/1", _PAGE)
_PATIENCE, _PAUSE = 180.0, 0.2
_SIZE = "5000"


def month_figures(stage: Stage) -> list[Figure]:
    """Seconds for the file of sixty briefings, and the pages that were asked for until then."""
    with stage.working(DIRECTOR) as (person, line):
        for address in _PAGES:
            line.ask(Wanted(address))
        began = time.monotonic()
        _begin(person)
        took = _asked_meanwhile(line)
        whole = time.monotonic() - began
    times = [one * 1000 for one in took]
    return [
        Figure("month", _SIZE, f"{BRIEFED} briefings in one PDF", whole, "s"),
        Figure("month", _SIZE, "pages asked for meanwhile", len(times), "pages"),
        Figure("month", _SIZE, "a page meanwhile: median", percentile(times, 50), "ms", 200.0),
        Figure("month", _SIZE, "a page meanwhile: 95 of 100", percentile(times, 95), "ms"),
    ]


def _begin(person: Person) -> None:
    person.open_form(_PAGE)
    answer = person.post(_PAGE, month=f"{month_of_briefings():%Y-%m}", language="ru")
    assert answer.status == 302, answer.text


def _asked_meanwhile(line: Line) -> list[float]:
    """The seconds that each page took, until the file is there."""
    took, end = [], time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        answers = [line.ask(Wanted(address)) for address in _PAGES]
        took += [one.seconds for one in answers]
        if re.search(rb"/renewals/briefings/\d+\.pdf", answers[-1].body):
            return took
        time.sleep(_PAUSE)
    raise AssertionError("the briefings were not made in time")
