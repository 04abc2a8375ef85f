"""Diplodoc's terms (a word that opens its definition) become footnotes."""

import re
from collections import Counter

from wiki.pages.transfer.fences import mark_code, outside_code

_USE = re.compile(r"\[([^\[\]\n]+)\]\(\*([\w.-]{1,60})\)")
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
