"""Comments for authors: they are not shown anywhere, so they are left out."""

import re
from collections import Counter

from wiki.pages.transfer.fences import Fence, code_spans

_LINK_COMMENT = re.compile(r"\s*\[//\]:\s*#\s*[(\"'].*[)\"']\s*")
_KIND = "comment left out"


def drop_comments(text: str, _language: str, counts: Counter[str]) -> str:
    """Remove `<!-- … -->`, over any number of lines, and `[//]: # (…)`, outside code.

    A comment that is never closed is kept: it may be meant as text.
    """
    remover = _Remover(counts)
    for line in text.split("\n"):
        remover.take(line)
    return "\n".join(remover.kept + remover.pending)


class _Remover:
    """Goes through the lines once; `pending` are those since a comment was opened."""

    def __init__(self, counts: Counter[str]) -> None:
        self.kept: list[str] = []
        self.pending: list[str] = []
        self._before = ""
        self._fence = Fence()
        self._counts = counts

    def take(self, line: str) -> None:
        if self.pending:
            self._continue(line)
        elif self._fence.takes(line):
            self.kept.append(line)
        elif "<!--" not in line:
            self._keep(line)
        else:
            self._search(line)

    def _continue(self, line: str) -> None:
        if "-->" not in line:
            self.pending.append(line)
            return
        self._counts[_KIND] += 1
        self.pending = []
        self._search(self._before + line.partition("-->")[2])

    def _search(self, line: str) -> None:
        shown, rest = "", line
        while (start := _opening(rest)) >= 0:
            end = rest.find("-->", start + 4)
            if end < 0:
                self._before, self.pending = shown + rest[:start], [line]
                return
            self._counts[_KIND] += 1
            shown, rest = shown + rest[:start], rest[end + 3 :]
        self.kept.append(shown + rest)

    def _keep(self, line: str) -> None:
        if _LINK_COMMENT.fullmatch(line):
            self._counts[_KIND] += 1
        else:
            self.kept.append(line)


def _opening(line: str) -> int:
    place = line.find("<!--")
    if place >= 0 and "`" in line:
        spans = code_spans(line)
        while place >= 0 and any(start < place < end for start, end in spans):
            place = line.find("<!--", place + 1)
    return place
