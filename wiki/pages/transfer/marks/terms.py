"""Terms that open their definition become footnotes; lists of definitions become lists."""

import re
from collections import Counter

from wiki.pages.transfer.fences import mark_code, outside_code

_USE = re.compile(r"\[([^\[\]\n]+)\]\(\*([\w.-]{1,60})\)")
_LISTED = re.compile(r"([ \t]*):[ \t]{1,7}(\S.*)")
_PLAIN_LINE = re.compile(r"[ \t]*[^\s#>|!*+\-:{\[`\d].*")
_DEFINITION = re.compile(r"\[\*([\w.-]{1,60})\]:\s*(.*)")


def convert_terms(text: str, _language: str, counts: Counter[str]) -> str:
    """`[word](*key)` and `[*key]: definition` become `word[^key]` and `[^key]: definition`."""
    if "*" not in text:
        return text
    defined = _with_definitions(text, counts)

    def use(found: re.Match[str]) -> str:
        counts["term"] += 1
        return f"{found[1]}[^{found[2]}]"

    return outside_code(defined, lambda stretch: _USE.sub(use, stretch))


def convert_definition_lists(text: str, _language: str, counts: Counter[str]) -> str:
    """A term and, under it, `:   definition` become an item with a bold term."""
    lines: list[str] = []
    for line, is_code in mark_code(text.split("\n")):
        found = None if is_code else _LISTED.fullmatch(line)
        term = _last_full(lines) if found else None
        if found is None or term is None or not _may_be_term(lines, term, found[1]):
            lines.append(line)
            continue
        counts["definition in a list"] += 1
        lines[term:] = [f"{found[1]}- **{lines[term].strip()}**", "", f"{found[1]}    {found[2]}"]
    return "\n".join(lines)


def _last_full(lines: list[str]) -> int | None:
    """The last line with something in it; at most one blank line may follow it."""
    near = range(len(lines) - 1, max(-1, len(lines) - 3), -1)
    return next((number for number in near if lines[number].strip()), None)


def _may_be_term(lines: list[str], place: int, indent: str) -> bool:
    """Whether the line is a paragraph of one line, as deep as its definition."""
    line = lines[place]
    alone = place == 0 or not lines[place - 1].strip()
    as_deep = line.startswith(indent) and not line.removeprefix(indent)[:1].isspace()
    return alone and as_deep and bool(_PLAIN_LINE.fullmatch(line))


def _with_definitions(text: str, counts: Counter[str]) -> str:
    lines: list[str] = []
    inside = False
    for line, is_code in mark_code(text.split("\n")):
        found = None if is_code else _DEFINITION.fullmatch(line)
        if found:
            counts["definition of a term"] += 1
            lines.append(f"[^{found[1]}]: {found[2]}")
        else:
            lines.append(f"    {line}" if inside and line.strip() else line)
        inside = bool(found) or (inside and bool(line.strip()))
    return "\n".join(lines)
