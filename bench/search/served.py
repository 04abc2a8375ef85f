"""Search through the real server: the page, the API, the hints; from a save to found."""

import re
import time
from collections.abc import Sequence
from urllib.parse import quote

from bench.client import Wanted
from bench.figures import Figure, percentile
from bench.instance import Person
from bench.search.kinds import words_of_pages
from bench.stage import DIRECTOR, Stage, Visit
from products.demonstration.seed import PASSWORD

MOST_SERVED = 10_000
_SAVES, _PATIENCE = 20, 30.0
_ADDRESSES = {
    "/api/search": "/api/search?q={}",
    "/search": "/search?q={}",
    "/search/suggest": "/search/suggest?q={}",
}


def served_figures(stage: Stage, count: int) -> list[Figure]:
    """Each address with words and slips, one request after the other."""
    stage.built()
    asked = words_of_pages(count)
    figures: list[Figure] = []
    with stage.visiting() as visit:
        for name, address in _ADDRESSES.items():
            texts = (
                [text[: 3 + n % 9] for n, text in enumerate(asked)] if "suggest" in name else asked
            )
            figures += _asked(stage, visit, name, [Wanted(address.format(quote(t))) for t in texts])
        figures += _found_by_another(stage, visit)
    return figures


def _asked(stage: Stage, visit: Visit, what: str, wanted: Sequence[Wanted]) -> list[Figure]:
    visit.ask(list(wanted[:10]))
    answers, _cpu = visit.ask(list(wanted[10:]))
    return _figures(stage, what, [answer.seconds for answer in answers])


def _found_by_another(stage: Stage, visit: Visit) -> list[Figure]:
    """From sending the form to the hit on another person's page of results."""
    other = Person(visit.server.address)
    other.sign_in(DIRECTOR, PASSWORD)
    seconds = []
    for number in range(_SAVES):
        mark = f"saved{time.time_ns()}n{number}"
        began = time.perf_counter()
        assert visit.person.save_new_page(f"Page {mark}", f"What was {mark}."), "not saved"
        while mark not in _hits(other, mark):
            assert time.perf_counter() - began < _PATIENCE, f"{mark} was not found"
        seconds.append(time.perf_counter() - began)
    return _figures(stage, "from a save to found by another person, both over HTTP", seconds)


def _hits(person: Person, mark: str) -> str:
    """The addresses among the hits, which hold the title of the page."""
    return " ".join(re.findall(r'href="/pages/\d+-([^"?#]*)', person.read(f"/search?q={mark}")))


def _figures(stage: Stage, what: str, seconds: Sequence[float]) -> list[Figure]:
    return [
        Figure("served", stage.size, f"{what}: {label}", percentile(seconds, part) * 1000, "ms")
        for part, label in ((50, "median"), (95, "95 of 100 within"))
    ]
