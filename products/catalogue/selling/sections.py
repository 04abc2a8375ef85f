"""The parts of a page for a sales talk: read out of its text, and written back into it.

Pure: text in, values out, and back. What stands outside the rows of a part is never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from products.catalogue.selling.blocks import Block
from products.catalogue.selling.outline import Heading, headings, outside_code
from products.catalogue.selling.parts import Part, PartKind, Parts, heading_of, kind_of_heading
from products.catalogue.selling.reading import find_block
from products.catalogue.selling.words import paragraphs
from products.catalogue.selling.writing import block_lines, settled, skeleton_lines

_USUAL_LEVEL = 2


@dataclass(frozen=True, slots=True)
class _Section:
    """A part in lines [heading.at, end), and where its rows stand."""

    kind: PartKind
    heading: Heading
    end: int
    block: Block | None


def read_parts(body: str) -> Parts:
    """All parts that a Markdown text has; of two with the same meaning the first one counts."""
    lines = body.split("\n")
    found = _sections(lines)
    return Parts({section.kind: _part(lines, section) for section in found})


def write_part(body: str, part: Part, language: str) -> str:
    """The text with the rows of one part in place of those it had; all else stays as it is."""
    lines, part = body.split("\n"), settled(part)
    section = _section(lines, part.kind)
    if section is None:
        if not part.rows:
            return body
        return _inserted(lines, part.kind, block_lines(part, None, language), language)
    part = replace(part, corner=part.corner or (section.block.corner if section.block else ""))
    if _says(section.block) == (part.rows, part.names, part.corner):
        return body
    return "\n".join(_replaced(lines, section, part, language))


def with_parts(body: str, parts: Parts, language: str) -> str:
    """The text with the rows of all these parts."""
    for part in parts.by_kind.values():
        body = write_part(body, part, language)
    return body


def with_missing_parts(body: str, language: str) -> str:
    """The text with a heading for each part that it does not have yet."""
    for kind in PartKind:
        lines = body.split("\n")
        if _section(lines, kind) is None:
            body = _inserted(lines, kind, skeleton_lines(kind, language), language)
    return body


def _says(block: Block | None) -> tuple[object, ...]:
    return (block.rows, block.names, block.corner) if block else ((), (), "")


def _sections(lines: Sequence[str]) -> list[_Section]:
    heads = headings(lines)
    places = [at for at, _line in outside_code(lines)]
    found: dict[PartKind, _Section] = {}
    for number, head in enumerate(heads):
        kind = kind_of_heading(head.text)
        if kind is None or kind in found:
            continue
        below = heads[number + 1 :]
        end = next((other.at for other in below if other.level <= head.level), len(lines))
        rows_end = below[0].at if below else len(lines)
        block = find_block(kind, lines, places, head.at + 1, min(rows_end, end))
        found[kind] = _Section(kind, head, end, block)
    return list(found.values())


def _section(lines: Sequence[str], kind: PartKind) -> _Section | None:
    return next((section for section in _sections(lines) if section.kind is kind), None)


def _part(lines: Sequence[str], section: _Section) -> Part:
    block = section.block
    around = [*lines[section.heading.at + 1 : section.end]]
    if block is None:
        return Part(section.kind, words=paragraphs(around))
    before = lines[section.heading.at + 1 : block.start]
    words = paragraphs([*before, "", *lines[block.end : section.end]])
    return Part(section.kind, block.rows, block.names, block.corner, words)


def _replaced(lines: Sequence[str], section: _Section, part: Part, language: str) -> Sequence[str]:
    block = section.block
    new = block_lines(part, block, language) if part.rows else []
    if block is None:
        at = section.heading.at + 1
        return _with_gaps(lines[:at], new, lines[at:])
    if new:
        return [*lines[: block.start], *new, *lines[block.end :]]
    return _with_gaps(lines[: block.start], [], lines[block.end :])


def _inserted(lines: Sequence[str], kind: PartKind, new: Sequence[str], language: str) -> str:
    """After the parts that come before it, else before those that come after it, else at the end.

    What stands at the top of a page stays at its top.
    """
    there, order = _sections(lines), list(PartKind).index
    level = there[0].heading.level if there else _USUAL_LEVEL
    head = "#" * level + " " + heading_of(kind, language)
    ends = [s.end for s in there if order(s.kind) < order(kind)]
    starts = [s.heading.at for s in there if order(s.kind) > order(kind)]
    at = max(ends) if ends else min(starts) if starts else len(lines)
    section = [head, "", *new] if new else [head]
    return "\n".join(_with_gaps(lines[:at], section, lines[at:])).strip("\n") + "\n"


def _with_gaps(above: Sequence[str], new: Sequence[str], below: Sequence[str]) -> list[str]:
    """The lines put together with one empty line at each seam."""
    parts = [_trimmed_end(above), list(new), _trimmed_start(below)]
    joined: list[str] = []
    for part in parts:
        joined += ["", *part] if joined and part else part
    return joined


def _trimmed_end(lines: Sequence[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return list(lines[:end])


def _trimmed_start(lines: Sequence[str]) -> list[str]:
    start = 0
    while start < len(lines) and not lines[start].strip():
        start += 1
    return list(lines[start:])
