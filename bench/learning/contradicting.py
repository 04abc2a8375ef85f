"""How many planted contradictions are found, and how often pages are called wrong that are not."""

import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from bench.figures import Figure
from bench.stage import REAL_PAGES
from products.catalogue.contradictions.claim import FactText, Known, PageText
from products.catalogue.contradictions.finder import Found, claims_of, contradictions_in
from products.catalogue.contradictions.quantities import Lexicon
from products.catalogue.contradictions.subjects import Titles

LEAST_RECALL = 0.9
MOST_FALSE = 1
"""False alarms in a hundred pages."""
_ROW = "contradictions"
PLANTED = Path(__file__).parent / "contradictions.jsonl"
LABELS = {
    "price": ("Цена, ₽", "Price"),
    "warranty": ("Гарантия, месяцев", "Warranty, months"),
    "volume": ("Объём", "Volume"),
    "power": ("Мощность", "Power"),
    "shelf_life": ("Срок годности, суток", "Shelf life, days"),
    "lead_time": ("Срок поставки, дней", "Lead time, days"),
    "min_order": ("Минимальный заказ", "Minimum order"),
}


@dataclass(frozen=True)
class Planted:
    """Some pages, and whether two of them contradict each other; `kind` is how."""

    language: str
    half: str
    wrong: bool
    kind: str
    pages: Sequence[Mapping[str, Any]]


def contradiction_figures() -> list[Figure]:
    """Recall and false alarms in each half, then the real pages, when they are there."""
    figures = [figure for half in ("develop", "held out") for figure in _of_half(half)]
    texts = real_texts(REAL_PAGES) if REAL_PAGES.is_dir() else []
    if not texts:
        return [*figures, Figure(_ROW, "real pages", "they are not beside the clone", 0, "pages")]
    began = time.perf_counter()
    alarms = false_alarms(texts)
    seconds = time.perf_counter() - began
    return [
        *figures,
        Figure(_ROW, "real pages", "pages", len(texts), ""),
        Figure(_ROW, "real pages", "alarms in 100 pages", alarms, "", most=MOST_FALSE),
        Figure(_ROW, "real pages", "reading a page", 1000 * seconds / len(texts), "ms"),
    ]


def _of_half(half: str) -> list[Figure]:
    part = [one for one in read_planted() if one.half == half]
    wrong = [one for one in part if one.wrong]
    harmless = [one for one in part if not one.wrong]
    alarms = sum(bool(found_in(one)) for one in harmless)
    return [
        Figure(_ROW, half, "planted contradictions", len(wrong), ""),
        Figure(_ROW, half, "found", recall(part), "", least=LEAST_RECALL),
        Figure(_ROW, half, "pages that only seem to contradict", len(harmless), ""),
        Figure(_ROW, half, "of these called wrong", alarms, ""),
    ]


def recall(planted: Sequence[Planted]) -> float:
    """The share of the contradictions that is found."""
    wrong = [one for one in planted if one.wrong]
    return sum(bool(found_in(one)) for one in wrong) / len(wrong)


def real_texts(folder: Path) -> list[PageText]:
    """The real product pages; the same path in both languages is one product."""
    texts, products = [], dict[tuple[str, ...], int]()
    for number, path in enumerate(sorted(folder.glob("*/*/*.md")), start=1):
        product = products.setdefault(path.parts[-2:], number)
        written = path.read_text("utf-8")
        body = re.sub(r"\A---\n.*?\n---\n", "", written, flags=re.DOTALL)
        titled = re.search(r"^title: *(.+)$", written, re.MULTILINE) or re.search(
            r"^# (.+?)(?: *\{#.*)?$", written, re.MULTILINE
        )
        title = titled[1].strip(" \"'") if titled else path.stem
        texts.append(PageText(number, product, path.parts[-3], title, body))
    return texts


def false_alarms(texts: Sequence[PageText]) -> float:
    """Contradictions in a hundred pages in which nobody planted any."""
    return 100 * len(said_of(texts)) / len(texts)


def said_of(texts: Sequence[PageText]) -> list[Found]:
    """What the rule says of these pages together."""
    known = Known(Titles((text.title, text.product) for text in texts), Lexicon())
    return contradictions_in(claim for text in texts for claim in claims_of(text, known))


def read_planted(path: Path = PLANTED) -> list[Planted]:
    """All of them, in the order of the file."""
    return [Planted(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def found_in(planted: Planted) -> list[Found]:
    """What the rule says of these pages, when there are no others."""
    numbered = list(zip(count(1), planted.pages))
    twins = {page["twin"]: number for number, page in reversed(numbered) if "twin" in page}
    texts = [
        _text(number, twins.get(page.get("twin"), number), page, planted.language)
        for number, page in numbered
    ]
    return said_of(texts)


def _text(number: int, product: int, page: Mapping[str, Any], language: str) -> PageText:
    spoken = page.get("language", language)
    facts = [
        FactText(key, LABELS[key][spoken == "en"], _value(value))
        for key, value in page.get("facts", {}).items()
    ]
    return PageText(number, product, spoken, page["title"], page.get("body", ""), tuple(facts))


def _value(value: Mapping[str, str]) -> str:
    return " ".join(part for part in value.values() if part)
