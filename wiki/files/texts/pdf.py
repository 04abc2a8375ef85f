"""PDF: page by page; what a page cannot give is left out, the others are kept."""

import logging
import re
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from wiki.files.texts.collecting import Collector
from wiki.files.texts.outcome import Reason, Unreadable

logging.getLogger("pypdf").setLevel(logging.CRITICAL)

#: Hostile and broken files raise nearly anything.
_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_PARTED_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[a-zа-яё])")
_PARTED_SENTENCE = re.compile(r"(?<=[^.!?:;|\n])\n(?=[a-zа-яё])")


def read_pdf(path: Path, found: Collector) -> None:
    """The text of all pages. Raises `Unreadable` for locked, broken and merely drawn files."""
    try:
        reader = PdfReader(path, strict=False)
        _unlock(reader)
        number = len(reader.pages)
    except (FileNotDecryptedError, DependencyError) as error:
        raise Unreadable(Reason.PROTECTED) from error
    except _BROKEN as error:
        raise Unreadable(Reason.DAMAGED) from error
    failed = sum(not _read_page(reader, index, found) for index in range(number))
    if not found.has_words:
        raise Unreadable(Reason.DAMAGED if failed == number else Reason.PICTURES)


def whole_lines(text: str) -> str:
    """The text with words and sentences put together that the lines of a page had parted."""
    return _PARTED_SENTENCE.sub(" ", _PARTED_WORD.sub("", text))


def _unlock(reader: PdfReader) -> None:
    # Many are locked only against changes: they open with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(Reason.PROTECTED)


def _read_page(reader: Any, index: int, found: Collector) -> bool:
    found.check_time()
    try:
        text = reader.pages[index].extract_text()
    except _BROKEN:
        return False
    found.add(whole_lines(text) + "\n")
    return True
