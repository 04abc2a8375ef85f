"""Documents that are ZIP archives of XML: checked before anything in them is unpacked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from wiki.files.texts.outcome import Reason, Unreadable

_MOST_ENTRIES = 10_000
_LARGEST_UNPACKED = 300_000_000
#: A document this much larger unpacked than packed is a bomb; below 20 MB that does no harm.
_MOST_TIMES = 200
_HARMLESS = 20_000_000
_CHUNK = 65_536


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """The archive, if it is whole and no bomb. Raises `Unreadable`."""
    try:
        with ZipFile(path) as archive:
            check_sizes(archive)
            yield archive
    except (BadZipFile, EOFError, NotImplementedError, expat.ExpatError) as error:
        raise Unreadable(Reason.DAMAGED) from error


def check_sizes(archive: ZipFile) -> None:
    """Raise `Unreadable` for archives that would fill the memory or are locked.

    The sizes that an archive tells of itself can be believed: no more than them is unpacked.
    """
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > _LARGEST_UNPACKED:
        raise Unreadable(Reason.TOO_LARGE)
    if unpacked > _HARMLESS and unpacked > _MOST_TIMES * packed:
        raise Unreadable(Reason.TOO_LARGE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(Reason.PROTECTED)


def check_xml(archive: ZipFile) -> None:
    """Raise `Unreadable` when a part declares entities: office programs never write any.

    Declarations stand before the first element, so only the beginning of each part is read.
    """
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels")):
            _check_beginning(archive, name)


def parsed(archive: ZipFile, name: str, parser: expat.XMLParserType) -> None:
    """Feed a part to the parser, a little at a time."""
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


class _Begun(Exception):
    """The first element is reached."""


def _check_beginning(archive: ZipFile, name: str) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = _stop
    try:
        parsed(archive, name, parser)
    except _Begun:
        return


def _stop(_name: str, _attributes: object) -> None:
    raise _Begun


def _refuse(*_declaration: object) -> None:
    raise Unreadable(Reason.DAMAGED)
