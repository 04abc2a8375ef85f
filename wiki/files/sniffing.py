"""What a file is, told from its bytes; its name is not believed."""

import codecs
import re
import struct
from collections.abc import Iterator
from typing import IO

from wiki.errors import Refusal
from wiki.files.rules import DOCX, ODT, PPTX, XLSX

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_LARGEST_DIRECTORY = 1_000_000
# What may stand before the first tag; atomic, so that hostile text costs linear time.
_BEFORE = r"(?>\s+|<\?[^>]*>|<!--(?s:.*?)-->|<!doctype\s+svg[^>]*>)*+"
_HTML = re.compile(
    _BEFORE + r"<(!doctype\s+html|(html|head|body|script|iframe|object|embed|meta|link|style)\b)",
    re.I,
)
_SVG = re.compile(_BEFORE + r"<(\w+:)?svg\b", re.I)
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def sniff(file: IO[bytes]) -> str:
    """The media type of the file.

    Raises `Refusal` for programs and whatever the wiki does not know.
    """
    head = file.read(4096)
    if not head:
        raise Refusal("The file is empty. Nothing was stored. Choose another file.")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    return _zip_type(file) if head.startswith(_ZIP) else _text_type(file, head)


def _zip_type(file: IO[bytes]) -> str:
    names = list(_names_in_zip(file))
    if any(name.endswith(b"vbaProject.bin") for name in names):
        raise Refusal(
            "The document has macros, which are programs. Nothing was stored. Save it without "
            "macros (as DOCX, XLSX or PPTX) and upload it again."
        )
    if b"[Content_Types].xml" in names:
        for folder, media_type in ((b"word/", DOCX), (b"xl/", XLSX), (b"ppt/", PPTX)):
            if any(name.startswith(folder) for name in names):
                return media_type
    file.seek(30)
    return ODT if file.read(8 + len(ODT)) == b"mimetype" + ODT.encode() else "application/zip"


def _names_in_zip(file: IO[bytes]) -> Iterator[bytes]:
    """The names of the central directory; none for archives too large to be a document."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        raise Refusal("The ZIP archive is damaged. Nothing was stored. Pack it again.")
    length, start = struct.unpack("<II", tail[end + 12 : end + 20])
    if length > _LARGEST_DIRECTORY:
        return
    file.seek(start)
    directory, place = file.read(length), 0
    while directory[place : place + 4] == b"PK\x01\x02" and place + 46 <= len(directory):
        name, extra, comment = struct.unpack("<HHH", directory[place + 28 : place + 34])
        yield directory[place + 46 : place + 46 + name]
        place += 46 + name + extra + comment


def _text_type(file: IO[bytes], head: bytes) -> str:
    wide = head.startswith(_WIDE)
    _check_text(file, "utf-16" if wide else "latin-1")
    words = head.decode("utf-16" if wide else "utf-8-sig", "replace")
    if _SVG.match(words):
        return "image/svg+xml"
    return "text/html" if _HTML.match(words) else "text/plain"


def _check_text(file: IO[bytes], encoding: str) -> None:
    """Raise `Refusal` when there are signs in it that no text has."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(65536):
            if _NOT_IN_TEXT.search(decoder.decode(chunk)):
                raise _unknown()
    except UnicodeDecodeError as error:
        raise _unknown() from error


def _unknown() -> Refusal:
    return Refusal(
        "Files of this kind are not taken. Nothing was stored. Pictures (PNG, JPEG, GIF, WebP), "
        "PDF, DOCX, XLSX, PPTX, ODT, TXT, CSV, HTML and ZIP are; pack other files in a ZIP."
    )
