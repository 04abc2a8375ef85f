"""Makes as many believable pages as wanted out of the project's own texts; same seed, same pages.

Half of them are Russian and half English, paired as translations, with the categories, facts, tags
and owners of the demonstration, and with links to each other. Lengths spread like those of real
documentation: most around 4 kB, a few up to 30 kB.
"""

import math
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from wiki.pages.transfer.front_matter import split

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "products" / "demonstration" / "pages"
LANGUAGES = ("ru", "en")
_USUAL_BYTES, _SPREAD, _SHORTEST, _LONGEST = 4_000, 0.6, 800, 30_000
_FOOTNOTE = re.compile(r"^\[\^\w+\]:.*$|\[\^\w+\]", re.MULTILINE)
_LINK = re.compile(r"\[\[([^\]|#]+)[^\]]*\]\]")
_PLACES = {
    "ru": ("Самара", "Пермь", "Казань", "Тула", "Омск", "Псков", "Уфа", "Сочи", "Тверь"),
    "en": ("Samara", "Perm", "Kazan", "Tula", "Omsk", "Pskov", "Ufa", "Sochi", "Tver"),
}


@dataclass(frozen=True)
class Sample:
    """A page of the demonstration, taken apart: `head` is its front matter without the title."""

    name: str
    title: str
    head: str
    sections: Sequence[str]


@dataclass(frozen=True)
class Stock:
    """All there is to make pages from; sections by language."""

    samples: Mapping[str, Sequence[Sample]]
    sections: Mapping[str, Sequence[str]]


def read_stock() -> Stock:
    """The demonstration's pages, and for English the texts about the project beside them."""
    paths = _category_paths()
    samples = {name: [_sample(path, paths) for path in _files(name)] for name in LANGUAGES}
    sections = {name: [s for one in samples[name] for s in one.sections] for name in LANGUAGES}
    readme = ROOT / "README.md"
    if readme.exists():
        sections["en"] += _sections(readme.read_text("utf-8"))
    return Stock(samples, sections)


def write_pages(folder: Path, count: int, seed: int = 1) -> None:
    """Write `count` pages as a tree of Markdown files with front matter, ready to be imported."""
    stock, dice = read_stock(), random.Random(seed)
    titles = {name: [_title(stock, name, n) for n in range(count // 2)] for name in LANGUAGES}
    for number in range(count // 2):
        for name in LANGUAGES:
            sample = _sample_for(stock, name, number)
            path = folder / name / sample.name / f"{sample.name}-{number:05}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            size = min(
                _LONGEST, max(_SHORTEST, dice.lognormvariate(math.log(_USUAL_BYTES), _SPREAD))
            )
            body = text_of_size(stock, name, int(size), dice, titles[name])
            title = _yaml({"title": titles[name][number]})
            path.write_text(f"---\n{title}{sample.head}---\n{body}", "utf-8")


def text_of_size(
    stock: Stock, language: str, size: int, dice: random.Random, titles: Sequence[str] = ()
) -> str:
    """Markdown of `size` bytes, less at most a word: whole sections, the last one cut off.

    Links lead to a random one of `titles`; without titles they become plain words.
    """
    parts: list[str] = []
    left = size
    for paragraph in _paragraphs(stock.sections[language], dice, titles):
        left -= len(paragraph.encode()) + 2
        if left < 0:
            whole = paragraph.encode()[: left - 1]
            return "\n\n".join([*parts, whole.decode("utf-8", "ignore").rpartition(" ")[0]])
        parts.append(paragraph)
    return ""


def _paragraphs(
    sections: Sequence[str], dice: random.Random, titles: Sequence[str]
) -> Iterator[str]:
    """Without end: random sections, paragraph by paragraph."""
    while True:
        for paragraph in dice.choice(sections).split("\n\n"):
            yield _LINK.sub(
                lambda found: f"[[{dice.choice(titles)}]]" if titles else found[1], paragraph
            )


def _sample_for(stock: Stock, language: str, number: int) -> Sample:
    samples = stock.samples[language]
    return samples[number % len(samples)]


def _title(stock: Stock, language: str, number: int) -> str:
    place = _PLACES[language][number % len(_PLACES[language])]
    return f"{_sample_for(stock, language, number).title}: {place}, {2020 + number % 7} ({number})"


def _files(language: str) -> list[Path]:
    return sorted(FOLDER.glob(f"{language}/*/*.md"))


def _sample(path: Path, categories: Mapping[str, str]) -> Sample:
    parted = split(path.read_text("utf-8"))
    fields = {**parted.fields, "category": categories[path.parent.name]}
    title = str(fields.pop("title"))
    return Sample(path.stem, title, _yaml(fields), _sections(parted.body))


def _sections(text: str) -> list[str]:
    """Parts that begin with a heading of the second level; the first begins with the text."""
    plain = _FOOTNOTE.sub("", text)
    return [
        part.strip() for part in re.split(r"^(?=## )", plain, flags=re.MULTILINE) if part.strip()
    ]


def _category_paths() -> dict[str, str]:
    """Slug → the slugs from the top, divided by slashes."""
    planned = yaml.safe_load((FOLDER / "categories.yaml").read_text("utf-8"))["categories"]
    return dict(_walk(planned, ""))


def _walk(entries: Sequence[Mapping[str, Any]], above: str) -> Iterator[tuple[str, str]]:
    for entry in entries:
        yield entry["slug"], f"{above}{entry['slug']}"
        yield from _walk(entry.get("children", []), f"{above}{entry['slug']}/")


def _yaml(fields: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(fields), allow_unicode=True, sort_keys=False)
