"""Titles that can stand in one wiki: short enough, linkable, and each once in its language."""

import posixpath
from collections.abc import Container, Iterable
from itertools import count

from wiki.errors import Refusal
from wiki.pages.rules import LONGEST_TITLE
from wiki.pages.transfer.outlines import Outline, renamed
from wiki.pages.transfer.reading import Refused
from wiki.rendering import fold_title

_MARKS = {"[[": "[ [", "]]": "] ]", "|": "/", "#": "♯"}


def settle_titles(
    outlines: Iterable[Outline], taken: Container[tuple[str, str, str]]
) -> tuple[list[Outline], list[Refused]]:
    """The outlines with titles that can be used, and a remark for each that was changed.

    `taken` holds (audience, language, folded title) of living pages that are not in this import.
    """
    used: set[tuple[str, str, str]] = set()
    settled: list[Outline] = []
    remarks: list[Refused] = []
    for outline in outlines:
        title = _usable(outline.title)
        if not outline.head.archived:
            title = _free(outline, title, used, taken)
            used.add(_key(outline, title))
        if title != outline.title:
            remarks.append(Refused(outline.path, _remark(outline.title, title)))
        settled.append(renamed(outline, title))
    return settled, remarks


def _free(
    outline: Outline,
    title: str,
    used: Container[tuple[str, str, str]],
    taken: Container[tuple[str, str, str]],
) -> str:
    folder = posixpath.basename(posixpath.dirname(outline.path)).replace("#", "♯")[:60]
    for number in count():
        mark = " ".join(filter(None, (folder, str(number) if number > 1 else "")))
        candidate = title if number == 0 else _with_mark(title, mark or str(number + 1))
        key = _key(outline, candidate)
        if key not in used and key not in taken:
            return candidate
    raise AssertionError("counting never ends")


def _with_mark(title: str, mark: str) -> str:
    return f"{_cut(title, LONGEST_TITLE - len(mark) - 3)} ({mark})"


def _key(outline: Outline, title: str) -> tuple[str, str, str]:
    return outline.head.audience or "all", outline.language, fold_title(title)[:300]


def _usable(title: str) -> str:
    for mark, replacement in _MARKS.items():
        title = title.replace(mark, replacement)
    return _cut(title, LONGEST_TITLE)


def _cut(title: str, limit: int) -> str:
    if len(title) <= limit:
        return title
    whole_words = title[: limit - 1].rpartition(" ")[0]
    return (whole_words if len(whole_words) > limit // 2 else title[: limit - 1]).rstrip() + "…"


def _remark(old: str, new: str) -> Refusal:
    if len(old) > LONGEST_TITLE:
        return Refusal("Its title was too long; it is now «%(new)s».", new=new)
    return Refusal("Its title «%(old)s» could not be used; it is now «%(new)s».", old=old, new=new)
