"""Marks that take a whole line, or the end of one: alerts, videos, frames, anchors."""

import re
from collections import Counter

from wiki.pages.transfer.fences import mark_code

_ALERTS = "note|tip|important|warning|caution"
_ALERT = re.compile(rf"(?i)([ \t]*(?:>[ \t]*)+)\[!({_ALERTS})\][ \t]*")
_VIDEO = re.compile(r"(?i)([ \t]*)>[ \t]*\[!video[ \t]+(https?://[^\s\]]+)[ \t]*\][ \t]*")
_FRAME = re.compile(r"(?i)[ \t]*>[ \t]*\[!div\b[^\]]*\][ \t]*")
_TABLE_LOOK = re.compile(r"[ \t]*\{[ \t]*(?:wide-content|sticky-header)\b[^{}]*\}[ \t]*")
_ANCHOR = re.compile(
    r"(.*?)[ \t]*\{[ \t]*#([\w.-]{1,100})(?:[ \t][^{}]*)?\}(?:[ \t]*\{[^{}]*\})*[ \t]*"
)
_VIDEO_WORDS = {"ru": "Видео", "en": "Video"}


def convert_lines(text: str, language: str, counts: Counter[str]) -> str:
    """Convert the marks that make up a line or end it; code stays as it is."""
    lines: list[str] = []
    for line, is_code in mark_code(text.split("\n")):
        kind, made = ("", line) if is_code else _convert(line, language)
        if kind:
            counts[kind] += 1
        if made is not None:
            lines.append(made)
    return "\n".join(lines)


def _convert(line: str, language: str) -> tuple[str, str | None]:
    """The kind of mark found and the line in its place; `None` for no line at all."""
    if "[!" in line:
        return _quoted(line, language)
    if "{" not in line:
        return "", line
    if _TABLE_LOOK.fullmatch(line):
        return "attributes left out", None
    found = _ANCHOR.fullmatch(line)
    if found is None or found[1].count("`") % 2:
        return "", line
    return _anchored(line, found[1], found[2])


def _quoted(line: str, language: str) -> tuple[str, str | None]:
    if found := _ALERT.fullmatch(line):
        return "alert", f"{found[1]}[!{found[2].upper()}]"
    if found := _VIDEO.fullmatch(line):
        return "video", f"{found[1]}[{_VIDEO_WORDS.get(language, 'Video')}]({found[2]})"
    if _FRAME.fullmatch(line):
        return "frame left out", None
    return "", line


def _anchored(line: str, text: str, anchor: str) -> tuple[str, str]:
    """A heading keeps its first anchor; anywhere else there is no counterpart."""
    if not text.lstrip(" \t>").startswith("#"):
        return "anchor left out", text
    return "anchor of a heading", f"{text} {{#{anchor}}}"
