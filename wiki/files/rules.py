"""What a file may be called, how it is served, and what it looks like in Markdown."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from wiki.errors import Refusal

LONGEST_NAME = 150
IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
#: Widths, in pixels, in which pictures may be asked for.
WIDTHS = (160, 320, 480, 960, 1600)
DISPLAY_WIDTH = 1600

_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX, PPTX = (
    _OFFICE + part
    for part in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)
ODT = "application/vnd.oasis.opendocument.text"

_SUFFIXES: dict[str, tuple[str, ...]] = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/svg+xml": (".svg",),
    "application/pdf": (".pdf",),
    "application/zip": (".zip", ".ods", ".odp"),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    PPTX: (".pptx",),
    ODT: (".odt",),
    "text/html": (".html", ".htm", ".xhtml"),
    "text/plain": (".txt", ".csv", ".tsv", ".md", ".log", ".json", ".yaml", ".yml", ".ini"),
}
# Besides control characters: marks that turn the reading direction, and so the look, of a name.
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_IN_NAMES_OF_NO_SYSTEM = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]')


def clean_name(name: str, media_type: str) -> str:
    """A name that is safe on every system: no path, no control characters, the right suffix."""
    # Cut before: endless accents take time with the square of their number.
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name[-4 * LONGEST_NAME :]))[-1]
    shown = _IN_NAMES_OF_NO_SYSTEM.sub("", _HIDDEN.sub("", last))
    shown = " ".join(shown.split()).strip(". ") or "file"
    return with_suffix(shown, media_type)


def with_suffix(name: str, media_type: str) -> str:
    """The name, ending as files of that type do: what is in a file decides what it is called."""
    known = _SUFFIXES.get(media_type, (".bin",))
    suffix = PurePosixPath(name).suffix
    if suffix.lower() not in known:
        return name[: LONGEST_NAME - len(known[0])] + known[0]
    return name[: -len(suffix)][: LONGEST_NAME - len(suffix)] + suffix


def file_url(attachment_id: int, name: str) -> str:
    """The address of an attachment."""
    return f"/files/{attachment_id}/{quote(name, safe='')}"


def markdown_of(attachment_id: int, name: str, media_type: str) -> str:
    """How a page shows the attachment: a picture, or a link with the name."""
    words = re.sub(r"([\\\[\]*_`<&!])", r"\\\1", name)
    mark = "!" if media_type in IMAGES else ""
    return f"{mark}[{words}]({file_url(attachment_id, name)})"


def is_image(media_type: str) -> bool:
    """Whether browsers may show it inside a page."""
    return media_type in IMAGES


def check_same_family(before: str, after: str) -> None:
    """Raise `Refusal` when a new version would turn a picture into a document or back."""
    if is_image(before) != is_image(after):
        raise Refusal(
            "A picture can only be replaced by a picture, and a document by a document, because "
            "pages show them differently. Nothing was changed. Upload it as a new file."
        )


def check_width(text: str | None) -> int | None:
    """The width an address asks for; `None` when it asks for none or for one not offered."""
    return int(text) if text in {str(width) for width in WIDTHS} else None
