"""How well marks of unclear sentences stay where they belong when a page is edited."""

import time
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from random import Random

from bench.figures import Figure, percentile
from bench.learning.edits import KEEPING, REMOVING, Edit
from bench.learning.written import Article, Written, article, markdown
from products.onboarding.unclear.anchoring import follow
from products.onboarding.unclear.sentences import sentences_in
from wiki.rendering.compose import render
from wiki.rendering.shapes import RenderContext

LEAST_STAYS = 0.95
EDITS = 500
REMOVALS = 200
SEED = 8
_SIGN = "ꙮ"
_ROW = "marks"
_ROUNDS = 50


@dataclass(frozen=True)
class Trial:
    """An edit of a page, where the marked sentence ought to be after it, and where it was found."""

    kinds: tuple[str, ...]
    language: str
    old: str
    wanted: tuple[str, ...]
    found: str | None
    right: bool


def mark_figures() -> list[Figure]:
    """The share of marks that stay, of those said to be gone when they are, and the time."""
    kept, gone = kept_trials(EDITS, SEED), gone_trials(REMOVALS, SEED)
    return [
        Figure(_ROW, "edits", "edits of pages", len(kept), ""),
        Figure(_ROW, "edits", "mark stays on its sentence", share(kept), "", least=LEAST_STAYS),
        *(
            Figure(_ROW, "edits", f"{name}: mark stays", share(some), "", least=LEAST_STAYS)
            for name, code in (("Russian", "ru"), ("English", "en"))
            if (some := [one for one in kept if one.language == code])
        ),
        Figure(_ROW, "removals", "sentences taken out", len(gone), ""),
        Figure(_ROW, "removals", "mark says so", share(gone), "", least=LEAST_STAYS),
        _time_of(250),
        _time_of(2_500),
    ]


def share(trials: list[Trial]) -> float:
    """The share of trials that went as they ought to."""
    return sum(one.right for one in trials) / len(trials)


def kept_trials(count: int, seed: int) -> list[Trial]:
    """Pages edited in one to three ways after which the sentence is still there."""
    return _trials(count, Random(seed), KEEPING, (1, 1, 2, 3))


def gone_trials(count: int, seed: int) -> list[Trial]:
    """Pages from which the sentence was taken out, mostly together with another edit."""
    return _trials(count, Random(seed), REMOVING, (1,), also=KEEPING)


def _trials(
    count: int,
    random: Random,
    edits: Mapping[str, Edit],
    lengths: tuple[int, ...],
    also: Mapping[str, Edit] | None = None,
) -> list[Trial]:
    found = []
    for number in range(count):
        kinds = random.sample(sorted(edits), random.choice(lengths))
        if also and random.random() < 0.6:
            kinds.insert(0, random.choice([n for n in also if n not in ("copied", "sister_added")]))
        page = article(random, ("ru", "en")[number % 2])
        found.append(_trial(random, page, kinds, {**edits, **(also or {})}))
    return found


def _trial(random: Random, before: Article, kinds: list[str], edits: Mapping[str, Edit]) -> Trial:
    after = deepcopy(before)
    one = random.choice(after.sentences())
    for kind in kinds:
        edits[kind](random, after, one)
    old, new = _texts(before), _texts(after)
    marked = _traced(before, one)[0]
    wanted = _traced(after, one) if one in after.sentences() else ()
    found = follow(old, [marked], new)[marked]
    right = found in wanted if wanted else found is None
    said = new[found] if found is not None else None
    told = tuple(new[n] for n in wanted)
    return Trial(tuple(kinds), before.language, old[marked], told, said, right)


def _texts(page: Article, traced: int | None = None) -> list[str]:
    html = render(markdown(page, traced, _SIGN), RenderContext()).html
    return [one.text for one in sentences_in(html)]


def _traced(page: Article, one: Written) -> tuple[int, ...]:
    """The places of a sentence, known from signs in its words that nobody else sees."""
    return tuple(n for n, text in enumerate(_texts(page, one.ident)) if _SIGN in text)


def _time_of(sentences: int) -> Figure:
    """Following five marks through an edit of a page of so many sentences."""
    random, times = Random(SEED), []
    for _round in range(_ROUNDS if sentences < 1_000 else 5):
        page = article(random, "ru")
        while len(page.sentences()) < sentences:
            page.sections += article(random, "ru").sections
        after, marked = deepcopy(page), random.sample(range(sentences // 2), 5)
        for kind in ("typos", "added_around", "paragraphs_moved"):
            KEEPING[kind](random, after, after.sentences()[marked[0]])
        old, new = (render(markdown(one), RenderContext()).html for one in (page, after))
        began = time.perf_counter()
        follow(*_asked(old, marked), [one.text for one in sentences_in(new)])
        times.append(1000 * (time.perf_counter() - began))
    return Figure(
        "marks",
        f"{sentences:,} sentences",
        "following a save: 95 of 100 below",
        percentile(times, 95),
        "ms",
    )


def _asked(html: str, marked: list[int]) -> tuple[list[str], list[int]]:
    return [one.text for one in sentences_in(html)], marked
