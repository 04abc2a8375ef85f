"""The texts that questions and documents are made of: Markdown pages taken apart.

The shared product pages are read where they are at hand, else the project's own demonstration.
Nothing of them is kept: every set is made anew from the texts and a seed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.generator import FOLDER
from bench.stage import REAL_PAGES
from wiki.pages.transfer.front_matter import split

SHORTEST_PARAGRAPH, LONGEST_PARAGRAPH = 120, 1_500
_NOISE = re.compile(
    r"```.*?```|:::.*?:::|<!--.*?-->|\{%.*?%\}|\{#[^}]*\}|<[^>]{1,200}>|!\[[^\]]*\]\([^)]*\)",
    re.DOTALL,
)
_WIKI_LINK = re.compile(r"\[\[([^\]|#]+)[^\]]*\]\]")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BEGIN = re.compile(r"^\s*(?:>\s*(?:\[!\w+\])?|[-*+]\s|\d+\.\s)\s*", re.MULTILINE)
_HEADING = re.compile(r"^#{1,4}\s+(.+?)\s*#*$")
_LETTERS = {"ru": re.compile("[а-яё]", re.IGNORECASE), "en": re.compile("[a-z]", re.IGNORECASE)}
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZА-ЯЁ«\"])")
_WORD = re.compile(r"[a-zа-яё]+(?:-[a-zа-яё]+)*", re.IGNORECASE)


@dataclass(frozen=True)
class Section:
    """A heading and the paragraphs below it, as plain text."""

    heading: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """All paragraphs."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class TextPage:
    """A page as plain text; the first section may have no heading of its own."""

    language: str
    name: str
    title: str
    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        """Everything but the title, headings included."""
        return "\n".join(f"{section.heading}\n{section.text}" for section in self.sections)


def read_pages(language: str) -> list[TextPage]:
    """The pages of that language ("ru" or "en"), in the order of their names."""
    folder = source() / language
    paths = sorted(folder.rglob("*.md"))
    return [_page(language, path, path.relative_to(folder).as_posix()) for path in paths]


def source() -> Path:
    """Where the texts come from."""
    return REAL_PAGES if REAL_PAGES.exists() else FOLDER


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return [part.strip() for part in _END.split(text) if part.strip()]


def words(text: str) -> list[str]:
    """The words of letters, as they are written."""
    return _WORD.findall(text)


def _page(language: str, path: Path, name: str) -> TextPage:
    parted = split(path.read_text("utf-8"))
    lines = _NOISE.sub(" ", parted.body).replace("\u00a0", " ").splitlines()
    sections = [section for section in _sections(lines, language) if section.paragraphs]
    first = next((found[1] for line in lines if (found := _HEADING.match(line))), path.stem)
    title = _plain(str(parted.fields.get("title") or first))
    return TextPage(language, name, title, tuple(s for s in sections))


def _sections(lines: Sequence[str], language: str) -> list[Section]:
    found: list[Section] = []
    heading, block = "", list[str]()
    for line in [*lines, "# "]:
        started = _HEADING.match(line) or line == "# "
        if started:
            found.append(Section(_plain(heading), _paragraphs("\n".join(block), language)))
            heading, block = line.lstrip("# "), []
        else:
            block.append(line)
    return found


def _paragraphs(text: str, language: str) -> tuple[str, ...]:
    blocks = (_plain(_BEGIN.sub("", block)) for block in re.split(r"\n\s*\n", text))
    return tuple(block for block in blocks if _is_prose(block, language))


def _is_prose(block: str, language: str) -> bool:
    """Neither a table nor a list of names, and in that language."""
    letters = len(_LETTERS[language].findall(block))
    return "|" not in block and len(block) >= 40 and letters > len(block) * 0.6


def _plain(text: str) -> str:
    text = _LINK.sub(r"\1", _WIKI_LINK.sub(r"\1", text))
    return " ".join(re.sub(r"[*_`]{1,3}", "", text).split())
