"""Marks of other Markdown dialects, turned into ours or kept where a reader can see them."""

from collections import Counter
from dataclasses import dataclass

from wiki.pages.transfer.marks.blocks import convert_blocks
from wiki.pages.transfer.marks.comments import drop_comments
from wiki.pages.transfer.marks.inline import convert_inline
from wiki.pages.transfer.marks.lines import convert_lines
from wiki.pages.transfer.marks.terms import convert_definition_lists, convert_terms


@dataclass(frozen=True)
class Converted:
    """A text without foreign marks, and how many of each kind it had."""

    text: str
    counts: Counter[str]


_STEPS = (
    drop_comments,
    convert_terms,
    convert_definition_lists,
    convert_blocks,
    convert_lines,
    convert_inline,
)


def convert(text: str, language: str) -> Converted:
    """Turn the marks of Diplodoc and Microsoft Learn into ours; code is never touched.

    `language` ('ru' or 'en') is that of the page: a few marks become a word in it.
    """
    counts: Counter[str] = Counter()
    for step in _STEPS:
        text = step(text, language, counts)
    return Converted(text, counts)
