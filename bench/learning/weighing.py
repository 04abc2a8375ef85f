"""How well and how fast changes of pages are weighed."""

import re
import time
from collections.abc import Iterable, Sequence

from bench.figures import Figure, percentile
from bench.learning.differences import HALVES, Difference, read_differences
from products.onboarding.weight.rule import weigh
from wiki.pages.content import Content

LEAST_RECALL = 0.98
LEAST_QUIET = 0.70
_ROUNDS = 100
_ROW = "weight"


def weight_figures() -> list[Figure]:
    """Recall and quiet in each half and each language, then the time of long pages."""
    everything = read_differences()
    figures = [f for half in HALVES for f in _of_half(half, everything)]
    return figures + [_time_of(words) for words in (500, 5_000)]


def missed(differences: Iterable[Difference]) -> list[Difference]:
    """Those that ought to be read again and are not."""
    return [one for one in differences if one.material and not _asks(one)]


def recall(differences: Iterable[Difference]) -> float:
    """The share of what says something else that is read again."""
    wanted = [one for one in differences if one.material]
    return 1 - len(missed(wanted)) / len(wanted)


def quiet(differences: Iterable[Difference]) -> float:
    """The share of what says nothing else that is not asked about."""
    harmless = [one for one in differences if not one.material]
    return sum(not _asks(one) for one in harmless) / len(harmless)


def _asks(one: Difference) -> bool:
    return weigh(one.before, one.after, one.language).material


def _of_half(half: str, everything: Sequence[Difference]) -> list[Figure]:
    figures = []
    for name, language in (("both languages", ""), ("Russian", "ru"), ("English", "en")):
        part = [d for d in everything if d.half == half and d.language in (language or d.language)]
        material = sum(one.material for one in part)
        figures += [
            Figure(_ROW, half, f"{name}: material differences", material, ""),
            Figure(_ROW, half, f"{name}: asked again", recall(part), "", least=LEAST_RECALL),
            Figure(_ROW, half, f"{name}: immaterial differences", len(part) - material, ""),
            Figure(_ROW, half, f"{name}: not asked", quiet(part), "", least=LEAST_QUIET),
        ]
    return figures


def _time_of(words: int) -> Figure:
    """A page of so many words in which one number and one comma changed."""
    texts = [d.before.body for d in read_differences() if d.language == "ru" and d.before.body]
    body = "\n\n".join(texts)
    while len(re.findall(r"\w+", body)) < words:
        body += "\n\n" + body
    body = " ".join(re.findall(r"\S+\s*", body)[:words])
    before, after = (_page(text) for text in (body + " 5 кг.", body.replace(",", "", 1) + " 6 кг."))
    times = []
    for _round in range(_ROUNDS):
        began = time.perf_counter()
        weigh(before, after, "ru")
        times.append(1000 * (time.perf_counter() - began))
    return Figure("time", f"{words:,} words", "95 of 100 below", percentile(times, 95), "ms")


def _page(body: str) -> Content:
    return Content("Page", body, {}, (), None)
