"""The answer that carries a file: right type, safe disposition, a tag of its content."""

from pathlib import Path

from flask import Response, send_file

from wiki.errors import Missing
from wiki.files.images import draw_thumbnail, thumbnail_type
from wiki.files.queries import Content
from wiki.files.rules import DISPLAY_WIDTH, with_suffix
from wiki.files.store import FileStore

_POLICY = "sandbox; default-src 'none'"
#: Kinds that can hold programs: browsers are to keep them, not to show them.
_ONLY_KEPT = frozenset({"image/svg+xml", "text/html"})
_FOREVER = "private, max-age=31536000, immutable"


def answer_with(
    store: FileStore, content: Content, width: int | None, whole: bool, forever: bool
) -> Response:
    """The file; pictures in the asked width, else at most 1,600 pixels wide unless `whole`."""
    asked = None if whole else min(width or DISPLAY_WIDTH, DISPLAY_WIDTH)
    path, media_type, tag = _choose(store, content, asked)
    response = send_file(
        path,
        mimetype="application/octet-stream" if media_type in _ONLY_KEPT else media_type,
        as_attachment=not content.is_image,
        download_name=with_suffix(content.name, media_type),
        conditional=True,
        etag=tag,
        last_modified=None,
    )
    response.headers.pop("Last-Modified", None)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = _FOREVER if forever else "private, no-cache"
    return response


def _choose(store: FileStore, content: Content, width: int | None) -> tuple[Path, str, str]:
    """Path, type and tag of what is sent."""
    path = store.path(content.sha256)
    if not path.is_file():
        raise Missing("The file is not in the store. Ask the administrator to look at the backup.")
    if not content.is_image or width is None or (content.width or 0) <= width:
        return path, content.media_type, content.sha256
    media_type = thumbnail_type(content.media_type)
    return _thumbnail(store, content, width), media_type, f"{content.sha256}-{width}"


def _thumbnail(store: FileStore, content: Content, width: int) -> Path:
    suffix = "." + thumbnail_type(content.media_type).removeprefix("image/")
    kept = store.thumbnail_path(content.sha256, width, suffix)
    if not kept.is_file():
        with store.scratch() as new:
            draw_thumbnail(store.path(content.sha256), new, content.media_type, width)
            store.keep(new, kept)
    return kept
