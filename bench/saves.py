"""Saving through HTTP: the form with its token, rendering, storing, the redirect."""

import random
import re

from bench.client import Line, Wanted
from bench.figures import Figure, percentile
from bench.generator import LANGUAGES, Stock, read_stock, text_of_size
from bench.stage import SEED, Stage, Visit

SIZES = {"4 kB": (4_000, 50, 40.0), "20 kB": (20_000, 95, 150.0)}
_SAVES_OF_EACH = 5


def save_figures(stage: Stage, requests: int) -> list[Figure]:
    """New versions of pages of each size, about `requests` / 4 of them."""
    stock, dice = read_stock(), random.Random(SEED)
    found: list[Figure] = []
    with stage.visiting() as visit:
        _warm(visit)
        for name, (size, percent, aim) in SIZES.items():
            seconds: list[float] = []
            for number in range(max(2, requests // 4 // _SAVES_OF_EACH)):
                seconds += _saved(visit, stock, dice, size, LANGUAGES[number % 2])
            found += _figures(stage.size, name, seconds, percent, aim)
    return found


def _figures(size: str, name: str, seconds: list[float], percent: int, aim: float) -> list[Figure]:
    return [
        Figure(
            "save",
            size,
            f"page of {name}: {label}",
            percentile(seconds, part) * 1000,
            "ms",
            aim if part == percent else None,
        )
        for part, label in ((50, "median"), (95, "95 of 100 within"))
    ]


def _warm(visit: Visit) -> None:
    """The first save also starts the render process."""
    visit.person.save_new_page(f"Warm {visit.person.csrf[-12:]}", "Warm.")


def _saved(
    visit: Visit, stock: Stock, dice: random.Random, size: int, language: str
) -> list[float]:
    """The seconds of some saves, each of a text with one paragraph that is new."""
    line = Line(visit.server.address, visit.person.cookie)
    paragraphs = text_of_size(stock, language, size, dice).split("\n\n")
    title = f"Bench {visit.person.csrf[-12:]} {dice.getrandbits(64)}"
    fields = {"title": title, "language": language, "category": ""}
    fields["csrf_token"] = visit.person.csrf
    first = line.ask(Wanted("/pages/new", 302, fields={**fields, "body": "\n\n".join(paragraphs)}))
    path = re.sub(r".*(/pages/\d+).*", r"\1", first.headers["location"])
    seconds = []
    for number in range(1, _SAVES_OF_EACH + 1):
        paragraphs[dice.randrange(len(paragraphs))] += f"\n\n{title}, {number}."
        changed = {**fields, "body": "\n\n".join(paragraphs), "base_number": str(number)}
        seconds.append(line.ask(Wanted(f"{path}/edit", 302, fields=changed)).seconds)
    line.close()
    return seconds
