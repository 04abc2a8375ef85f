"""The order of lines, before Markdown reads them.

Authors write lists, fences and alerts as on GitHub: two or three blanks of indent, no empty
line before a list, code fences inside items and quotes. Python-Markdown wants four blanks and
empty lines. One pass over the lines bridges the two and takes fenced code out, so that nothing
later mistakes code for markup. Linear in the text, but for quotes: one pass per level.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_FENCE = re.compile(r"(`{3,}|~{3,})([^`]*)$")
_MARKER = re.compile(r"([-*+]|\d{1,9}[.)])( +|$)(.*)")
_RULE = re.compile(r"([-*_])(?: *\1){2,} *$")
_CONTAINER = re.compile(r"(?:!!!|\?\?\?\+?)(?:[ \w\-\"]|$)|\[\^[^\]]*\]:")
_HEADING = re.compile(r"#{1,6}(?: |$)")
_ALERT = re.compile(r"(\[!\w+\])[ ]*(.*)$")

#: Takes the code and the word after the fence, gives the line that stands for them.
Stash = Callable[[str, str], str]


@dataclass(slots=True)
class Laid:
    """The lines as Markdown wants them, and which of them are indented code."""

    lines: list[str] = field(default_factory=list)
    code: set[int] = field(default_factory=set)


def lay_out(lines: list[str], stash: Stash) -> Laid:
    """Return the lines rearranged; each fenced block becomes the one line `stash` gives."""
    return _Layout(lines, stash).run()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


@dataclass(slots=True)
class _Container:
    """What we are in: where its content begins, "ul", "ol" or "box", and whether it has gaps."""

    column: int
    kind: str
    loose: bool = False


class _Layout:
    """One pass: `open` holds the containers we are in, outermost first."""

    def __init__(self, lines: list[str], stash: Stash) -> None:
        self.source = lines
        self.stash = stash
        self.at = 0
        self.open: list[_Container] = []
        self.left: _Container | None = None
        self.laid = Laid()
        self.previous = "blank"

    def run(self) -> Laid:
        while self.at < len(self.source):
            line = self.source[self.at]
            if line.strip():
                self._place(_indent(line), line.lstrip(" "))
            else:
                self._blank()
            self.at += 1
        return self.laid

    def _place(self, indent: int, text: str) -> None:
        marker = _MARKER.match(text) if not _RULE.match(text) else None
        fence = _FENCE.match(text)
        starts = marker or fence or text[0] in ">#"
        if not starts and self.previous == "text":
            return self._text(indent, text)
        self._leave(indent)
        extra = indent - self._column()
        listed = self._kind() in ("ul", "ol")
        if extra >= 4 and self.previous in ("blank", "code") and not (marker and listed):
            return self._indented_code(extra, text)
        if extra >= 4 and not self.open:
            return self._text(indent, text)
        return self._start(indent, text, marker, fence)

    def _start(
        self, indent: int, text: str, marker: re.Match[str] | None, fence: re.Match[str] | None
    ) -> None:
        if fence:
            self._fenced(fence)
        elif text[0] == ">":
            self._quote()
        elif marker:
            self._item(indent, marker)
        elif text[0] == "#":
            self._heading(indent, text)
        else:
            self._text(indent, text)
            if _CONTAINER.match(text):
                self.open.append(_Container(indent + 4, "box"))

    def _heading(self, indent: int, text: str) -> None:
        if _HEADING.match(text):
            self._emit(text, "heading")
        else:
            self._text(indent, "\\" + text)

    def _column(self) -> int:
        return self.open[-1].column if self.open else 0

    def _kind(self) -> str | None:
        return self.open[-1].kind if self.open else None

    def _leave(self, indent: int) -> None:
        self.left = None
        while self.open and indent < self.open[-1].column:
            self.left = self.open.pop()

    def _emit(self, text: str, kind: str) -> None:
        self.laid.lines.append("    " * len(self.open) + text)
        self.previous = kind

    def _blank(self) -> None:
        for container in self.open:
            container.loose = True
        self.laid.lines.append("")
        self.previous = "blank"

    def _part(self) -> None:
        if self.previous != "blank":
            self._blank()

    def _indented_code(self, extra: int, text: str) -> None:
        self.laid.code.add(len(self.laid.lines))
        self._emit(" " * extra + text, "code")

    def _text(self, indent: int, text: str) -> None:
        if self.previous == "text" and self._table_begins(text):
            self._part()
        if self.open and indent < self._column() and self.previous == "text":
            self.laid.lines.append(text)
        else:
            self._emit(text, "text")

    def _table_begins(self, text: str) -> bool:
        if "|" not in text or self.at + 1 >= len(self.source):
            return False
        below = self.source[self.at + 1]
        above = self.source[self.at - 1]
        return "|" not in above and "|" in below and "-" in below and set(below) <= set("|:- ")

    def _item(self, indent: int, marker: re.Match[str]) -> None:
        sign, gap, rest = marker.groups()
        kind = "ul" if sign in "-*+" else "ol"
        before = self.left or (self.open[-1] if self.open else None)
        other = self.left is not None and self.left.kind not in (kind, "box")
        if self.previous == "text" and before and (other or before.loose):
            self._part()
        in_list = self._kind() in ("ul", "ol")
        if self.previous == "text" and not in_list and not self._last_was_item():
            if sign[0].isdigit() and sign not in ("1.", "1)"):
                return self._text(indent, marker.group(0))
            self._part()
        if sign[-1] == ")":
            sign = sign[:-1] + "."
        self._emit(f"{sign} {rest}", "text")
        width = len(gap) if 1 <= len(gap) <= 4 else 1
        self.open.append(_Container(indent + len(marker.group(1)) + width, kind))
        return None

    def _last_was_item(self) -> bool:
        above = self.laid.lines[-1][4 * len(self.open) :]
        return bool(_MARKER.match(above)) or above.startswith("    ")

    def _fenced(self, fence: re.Match[str]) -> None:
        mark, word = fence.group(1), fence.group(2).strip()
        cut = _indent(self.source[self.at])
        body: list[str] = []
        while self.at + 1 < len(self.source):
            self.at += 1
            line = self.source[self.at]
            if _closes(line.strip(), mark):
                break
            body.append(line[min(cut, _indent(line)) :])
        self._part()
        self._emit(self.stash("\n".join(body).rstrip("\n"), word), "fence")
        self._part()

    def _quote(self) -> None:
        inner = []
        while self.at < len(self.source) and self.source[self.at].lstrip(" ")[:1] == ">":
            line = self.source[self.at].lstrip(" ")[1:]
            inner.append(line[1:] if line[:1] == " " else line)
            self.at += 1
        self.at -= 1
        if self.open:
            self._part()
        for line in self._inside(_alerts_apart(inner)):
            self._emit(f"> {line}" if line else ">", "quote")
        self.previous = "text"

    def _inside(self, inner: list[str]) -> list[str]:
        laid = lay_out(inner, self.stash)
        start = len(self.laid.lines)
        self.laid.code.update(start + place for place in laid.code)
        return laid.lines


def _closes(line: str, mark: str) -> bool:
    return len(line) >= len(mark) and set(line) == {mark[0]}


def _alerts_apart(lines: list[str]) -> list[str]:
    apart: list[str] = []
    for line in lines:
        alert = _ALERT.match(line)
        apart += [alert.group(1), "", alert.group(2)] if alert else [line]
    return apart
