"""DOCX, PPTX and ODT: archives of XML in which a few elements hold all that people read.

Read as a stream of XML events, so that memory stays flat however large a part is, and in the
order of the text: tables, text boxes, headers, footnotes and notes included.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.parsers import expat
from zipfile import ZipFile

from wiki.files.texts import packed
from wiki.files.texts.collecting import Collector
from wiki.files.texts.outcome import Reason, Unreadable

_WORD_PARTS = ("document", "header", "footer", "footnotes", "endnotes", "comments")
_WORD = re.compile(rf"word/(?:{'|'.join(_WORD_PARTS)})\d*\.xml")
_SLIDES = re.compile(r"ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml")
_NUMBER = re.compile(r"\d+")

#: Local names: the namespaces of strict and of transitional documents differ.
_LINES = frozenset({"p", "h", "tr", "br", "cr", "line-break", "table-row"})
_GAPS = frozenset({"tab", "tc", "s", "table-cell", "noBreakHyphen"})
#: A second copy of what stands beside it, for older programs; what was struck out.
_LEFT_OUT = frozenset({"Fallback", "tracked-changes", "instrText", "delText", "del"})


def read_word(path: Path, found: Collector) -> None:
    """The text of a DOCX, its body first."""
    _read(path, found, lambda names: sorted(filter(_WORD.fullmatch, names), key=_word_order))


def read_slides(path: Path, found: Collector) -> None:
    """The text of a PPTX, slide by slide, each with its notes."""
    _read(path, found, lambda names: sorted(filter(_SLIDES.fullmatch, names), key=_slide_order))


def read_open_document(path: Path, found: Collector) -> None:
    """The text of an ODT."""
    _read(path, found, lambda names: [name for name in names if name == "content.xml"])


def _word_order(name: str) -> tuple[int, str]:
    kind = re.sub(r"\d", "", name.removeprefix("word/").removesuffix(".xml"))
    return _WORD_PARTS.index(kind), name


def _slide_order(name: str) -> tuple[int, str]:
    numbers = _NUMBER.findall(name)
    return int(numbers[-1]), "z" if "notes" in name else ""


def _read(path: Path, found: Collector, choose: Callable[[Sequence[str]], Sequence[str]]) -> None:
    with packed.opened(path) as archive:
        names = choose(archive.namelist())
        if not names:
            raise Unreadable(Reason.DAMAGED)
        for name in names:
            _read_part(archive, name, found)
            found.add("\n")


def _read_part(archive: ZipFile, name: str, found: Collector) -> None:
    words = _Words(found, is_open="content.xml" in name)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = words.begin
    parser.EndElementHandler = words.end
    parser.CharacterDataHandler = words.text
    packed.parsed(archive, name, parser)


class _Words:
    """Passes on the text of paragraphs. In ODT all text is of the document, else only `t`."""

    def __init__(self, found: Collector, *, is_open: bool) -> None:
        self._found = found
        self._inside = 1 if is_open else 0
        self._is_open = is_open
        self._left_out = 0

    def begin(self, name: str, _attributes: Mapping[str, str]) -> None:
        """An element begins."""
        local = name.rpartition(":")[2]
        if local in _LEFT_OUT:
            self._left_out += 1
        elif local == "t" and not self._is_open:
            self._inside += 1
        elif local in _LINES:
            self._found.check_time()
            self._found.add("\n")
        elif local in _GAPS:
            self._found.add(" ")

    def end(self, name: str) -> None:
        """An element ends."""
        local = name.rpartition(":")[2]
        if local in _LEFT_OUT:
            self._left_out -= 1
        elif local == "t" and not self._is_open:
            self._inside -= 1

    def text(self, data: str) -> None:
        """Characters between elements."""
        if self._inside and not self._left_out:
            self._found.add(data)
