"""Reading one file: which kinds can be read, and what comes of it. Runs in the reading process."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from wiki.files.rules import DOCX, ODT, PPTX, XLSX
from wiki.files.texts.collecting import Collector, Enough
from wiki.files.texts.outcome import Limits, Outcome, Reason, Unreadable

Read = Callable[[Path, Collector], None]

#: Media type → module and function; loaded only when such a file comes, for that takes time.
_READERS = {
    "application/pdf": ("pdf", "read_pdf"),
    DOCX: ("office", "read_word"),
    PPTX: ("office", "read_slides"),
    ODT: ("office", "read_open_document"),
    XLSX: ("sheets", "read_sheets"),
    "text/plain": ("plain", "read_plain"),
    "text/html": ("plain", "read_web"),
    "image/svg+xml": ("plain", "read_web"),
}
READABLE = frozenset(_READERS)
"""The media types whose text is read; in others nobody expects any."""


def reader_of(media_type: str) -> Read:
    """The function that reads files of that type. Raises `Unreadable`."""
    if media_type not in _READERS:
        raise Unreadable(Reason.OTHER_KIND)
    module, name = _READERS[media_type]
    found: Read = getattr(import_module(f"wiki.files.texts.{module}"), name)
    return found


def read_text(path: Path, read: Read, limits: Limits) -> Outcome:
    """The text of the file, or why there is none; what the reader does not foresee is damage."""
    found = Collector(limits.characters, limits.seconds)
    reason = _reason(path, read, found)
    try:
        text = found.text
    except MemoryError:
        return Outcome("", Reason.TOO_LARGE)
    if text:
        return Outcome(text, Reason.PARTLY if reason else None)
    return Outcome("", reason or Reason.EMPTY)


def _reason(path: Path, read: Read, found: Collector) -> Reason | None:
    try:
        read(path, found)
    except Enough:
        # Without a word it was the time that ran out.
        return Reason.TOO_SLOW
    except Unreadable as error:
        return error.reason
    except FileNotFoundError:
        return Reason.MISSING
    except MemoryError:
        return Reason.TOO_LARGE
    except Exception:
        return Reason.DAMAGED
    return None
