"""Anchors of headings: made from the text once, then kept however the text is reworded."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from urllib.parse import unquote

from slugify import slugify

from wiki.rendering.shapes import TocEntry
from wiki.rendering.titles import fold_title

#: Stands before every id in a page, so that none collides with an id of the interface.
PREFIX = "p-"
LONGEST_ANCHOR = 80
#: Alignment is quadratic; above this many headings they keep anchors by equal text alone.
MOST_ALIGNED = 400
LIKE_ENOUGH = 0.6

#: What this module itself has made stays as it is.
_READY = re.compile(r"p-[a-z0-9\-]{1,100}")


def anchor_for(text: str) -> str:
    """Return the prefixed anchor for a heading, an explicit id or the fragment of a link."""
    text = unquote(text)[:400]
    if _READY.fullmatch(text):
        return text
    slug = slugify(
        text, max_length=LONGEST_ANCHOR, entities=False, decimal=False, hexadecimal=False
    )
    return PREFIX + (slug or "section")


def first_free(anchor: str, taken: Iterable[str], counters: dict[str, int]) -> str:
    """Return the anchor, numbered -2, -3… when taken; `counters` makes many repeats cheap."""
    candidate, number = anchor, counters.get(anchor, 1)
    while candidate in taken:
        number += 1
        candidate = f"{anchor}-{number}"
    counters[anchor] = number
    return candidate


def lasting_anchors(old_toc: Sequence[TocEntry], new_headings: Sequence[str]) -> list[str | None]:
    """Return for each new heading the anchor it had in the former revision, or None.

    The two lists are aligned: an unchanged heading keeps its anchor, so does a moved one, and
    a reworded one at the same place.
    """
    old = [fold_title(entry.text) for entry in old_toc]
    new = [fold_title(text) for text in new_headings]
    kept: list[str | None] = [None] * len(new)
    gaps = _keep_equal(old, new, old_toc, kept)
    _keep_moved(old, new, old_toc, kept)
    for old_places, new_places in gaps:
        _keep_reworded(old, new, old_toc, kept, old_places, new_places)
    return kept


def _keep_equal(
    old: list[str], new: list[str], old_toc: Sequence[TocEntry], kept: list[str | None]
) -> list[tuple[range, range]]:
    if max(len(old), len(new)) > MOST_ALIGNED:
        return []
    gaps = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            kept[j1:j2] = [entry.anchor for entry in old_toc[i1:i2]]
        elif tag == "replace":
            gaps.append((range(i1, i2), range(j1, j2)))
    return gaps


def _keep_moved(
    old: list[str], new: list[str], old_toc: Sequence[TocEntry], kept: list[str | None]
) -> None:
    used = set(kept)
    free: dict[str, list[str]] = {}
    for text, entry in zip(reversed(old), reversed(old_toc), strict=True):
        if entry.anchor not in used:
            free.setdefault(text, []).append(entry.anchor)
    for place, text in enumerate(new):
        if kept[place] is None and free.get(text):
            kept[place] = free[text].pop()


def _keep_reworded(
    old: list[str],
    new: list[str],
    old_toc: Sequence[TocEntry],
    kept: list[str | None],
    old_places: range,
    new_places: range,
) -> None:
    used = set(kept)
    left = [i for i in old_places if old_toc[i].anchor not in used]
    open_ = [j for j in new_places if kept[j] is None]
    if len(left) == len(open_):
        for i, j in zip(left, open_, strict=True):
            kept[j] = old_toc[i].anchor
        return
    for j in open_:
        alike = next((i for i in left if _alike(old[i], new[j])), None)
        if alike is not None:
            kept[j] = old_toc[alike].anchor
            left = [i for i in left if i > alike]


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one[:200], other[:200], autojunk=False)
    return matcher.quick_ratio() >= LIKE_ENOUGH and matcher.ratio() >= LIKE_ENOUGH
