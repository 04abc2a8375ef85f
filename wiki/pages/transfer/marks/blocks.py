"""Marks that stand on lines of their own and enclose others: notes, cuts, tabs, tables."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from wiki.pages.transfer.fences import mark_code
from wiki.pages.transfer.marks.tables import HIDDEN_PIPE, as_table, as_text, cells_of

#: Stands for the blank line around what a mark became, so that several make one.
GAP = "\uf8f4"
#: Marks inside marks; deeper ones are text.
DEEPEST = 20
_MARK = re.compile(
    r"(?P<indent>[ \t]*)\{%-?\s*(?P<end>end)?(?P<kind>note|cut|list)\b\s*(?P<rest>[^%]*?)\s*-?%\}"
    r"\s*(?:\{[^{}]*\})?\s*"
)
_TABLE_START = re.compile(r"(?P<indent>[ \t]*)#\|(?P<rest>.*)")
_TABLE_END = re.compile(r"(?P<rest>.*?)\|#\s*(?:\{[^{}]*\})?\s*")
_DIRECTIVE = re.compile(r"(?P<indent>[ \t]*):::\s*(?P<rest>[a-z][\w-]*(?:\s[^:]*)?)\s*")
_QUOTED = re.compile(r"[\"'«](.*)[\"'»]")
_TAB = re.compile(r"(?P<mark>[-*+]|\d+[.)])(?P<blank>[ \t]+)(?P<name>.*)")
_ALERTS = {"info": "note", "tip": "tip", "warning": "important", "alert": "warning"}


@dataclass
class _Frame:
    """A mark that has been opened, and what stood in it so far."""

    kind: str
    indent: str
    rest: str
    opening: str
    #: Each with whether it is special: code, or made from a mark, and not to be looked into.
    lines: list[tuple[str, bool]] = field(default_factory=list)


def convert_blocks(text: str, _language: str, counts: Counter[str]) -> str:
    """Convert from the inside out; a mark without its end stays where a reader can see it."""
    stack = [_Frame("page", "", "", "")]
    for line, is_code in mark_code(text.split("\n")):
        if is_code or not _take_mark(stack, line, counts):
            stack[-1].lines.append((line, is_code))
    while len(stack) > 1:
        left_open = stack.pop()
        counts["mark without its end, kept"] += 1
        stack[-1].lines += [(left_open.opening, False), *left_open.lines]
    return "\n".join(_without_gaps(stack[0].lines))


def _without_gaps(lines: list[tuple[str, bool]]) -> Iterator[str]:
    """The lines with one blank line where converted marks left several."""
    gap, made = True, False
    for line, special in lines:
        blank = line in ("", GAP)
        if not blank or (line == "" and (special or not made)) or not gap:
            yield "" if blank else line
        gap, made = blank, line == GAP or (made and blank)


def _take_mark(stack: list[_Frame], line: str, counts: Counter[str]) -> bool:
    """Open or close a frame when the line is a mark; whether it was one."""
    if len(stack) < DEEPEST and _opens(stack, line, counts):
        return True
    if _take_table_end(stack, line, counts):
        return True
    if stack[-1].kind == "directive":
        return line.strip() == ":::" and _close(stack, "directive", counts)
    found = _MARK.fullmatch(line)
    return bool(found and found["end"]) and _close(stack, found["kind"] if found else "", counts)


def _opens(stack: list[_Frame], line: str, counts: Counter[str]) -> bool:
    if stack[-1].kind == "directive":
        return False
    if found := _TABLE_START.fullmatch(line):
        stack.append(_Frame("table", found["indent"], "", line))
        rest = found["rest"]
        return not rest.strip() or _take_table_end(stack, rest, counts) or _append(stack, rest)
    found = _DIRECTIVE.fullmatch(line)
    if found:
        stack.append(_Frame("directive", found["indent"], found["rest"], line))
        return True
    found = _MARK.fullmatch(line)
    if found is None or found["end"]:
        return False
    stack.append(_Frame(found["kind"], found["indent"], found["rest"], line))
    return True


def _append(stack: list[_Frame], line: str) -> bool:
    stack[-1].lines.append((line, False))
    return True


def _take_table_end(stack: list[_Frame], line: str, counts: Counter[str]) -> bool:
    found = _TABLE_END.fullmatch(line)
    if found is None or stack[-1].kind != "table":
        return False
    if found["rest"].strip():
        _append(stack, found["rest"])
    return _close(stack, "table", counts)


def _close(stack: list[_Frame], kind: str, counts: Counter[str]) -> bool:
    if stack[-1].kind != kind:
        return False
    frame = stack.pop()
    name, lines = _CONVERTERS[kind](frame)
    counts[name] += 1
    stack[-1].lines += lines
    return True


def _note(frame: _Frame) -> tuple[str, list[tuple[str, bool]]]:
    kind, _, rest = frame.rest.partition(" ")
    quoted = _QUOTED.search(rest)
    title = f' "{_no_quotes(quoted[1])}"' if quoted else ""
    opening = f"{frame.indent}!!! {_ALERTS.get(kind.casefold(), 'note')}{title}"
    return "note", _enclosed(frame, opening)


def _cut(frame: _Frame) -> tuple[str, list[tuple[str, bool]]]:
    quoted = _QUOTED.search(frame.rest)
    title = _no_quotes(quoted[1]) if quoted else ""
    return "cut", _enclosed(frame, f'{frame.indent}??? note "{title or "…"}"')


def _enclosed(frame: _Frame, opening: str) -> list[tuple[str, bool]]:
    inner = [
        (_indented(_without(line, frame.indent), f"{frame.indent}    "), True)
        for line, _ in _trimmed(frame.lines)
    ]
    return [(GAP, True), (opening, True), *inner, (GAP, True)]


def _tabs(frame: _Frame) -> tuple[str, list[tuple[str, bool]]]:
    lines: list[tuple[str, bool]] = [(GAP, True)]
    width = 0
    for line, is_code in frame.lines:
        bare = _without(line, frame.indent)
        tab = None if is_code or bare != bare.lstrip() else _TAB.fullmatch(bare)
        if tab:
            name = tab["name"].replace("{selected}", "").strip()
            lines += [(GAP, True), (f"{frame.indent}**{name}**", True), (GAP, True)]
            width = 0
        elif _is_blank(line):
            lines.append((line.strip(), is_code))
        else:
            width = width or min(len(bare) - len(bare.lstrip()), 4)
            lines.append((frame.indent + _without(bare, " " * width), is_code))
    return "tabs", [*lines, (GAP, True)]


def _table(frame: _Frame) -> tuple[str, list[tuple[str, bool]]]:
    bare = [(_without(line, frame.indent), special) for line, special in frame.lines]
    hidden = [line.replace("|", HIDDEN_PIPE) if special else line for line, special in bare]
    rows = cells_of("\n".join(hidden))
    if rows is None:
        source = ["#|", *(line for line, _ in bare), "|#"]
        return "table kept as code", _as_code(frame.indent, "", source)
    if not any(special for _, special in frame.lines):
        return "table", _apart(frame.indent, as_table(rows))
    made = [line.replace(HIDDEN_PIPE, "|") for line in as_text(rows, headings=not frame.indent)]
    return "table turned into text", _apart(frame.indent, made)


def _apart(indent: str, lines: list[str]) -> list[tuple[str, bool]]:
    """The lines between blank ones; marked as special: a table around them must not cut them."""
    return [(GAP, True), *((_indented(line, indent), True) for line in lines), (GAP, True)]


def _directive(frame: _Frame) -> tuple[str, list[tuple[str, bool]]]:
    inner = [_without(line, frame.indent) for line, _ in frame.lines]
    return "block kept as code", _as_code(frame.indent, "", [f"::: {frame.rest}", *inner, ":::"])


def _as_code(indent: str, language: str, lines: list[str]) -> list[tuple[str, bool]]:
    fence = "```"
    while any(fence in line for line in lines):
        fence += "`"
    plain = ["" if line == GAP else line for line in lines]
    return _apart(indent, [f"{fence}{language}", *plain, fence])


def _is_blank(line: str) -> bool:
    return not line.strip() or line == GAP


def _indented(line: str, indent: str) -> str:
    return line.strip() if _is_blank(line) else indent + line


def _without(line: str, indent: str) -> str:
    return line.removeprefix(indent) if line.startswith(indent) else line.lstrip()


def _trimmed(lines: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    full = [number for number, (line, _) in enumerate(lines) if not _is_blank(line)]
    return lines[full[0] : full[-1] + 1] if full else []


def _no_quotes(title: str) -> str:
    return title.replace('"', "'").strip()


_CONVERTERS: dict[str, Callable[[_Frame], tuple[str, list[tuple[str, bool]]]]] = {
    "note": _note,
    "cut": _cut,
    "list": _tabs,
    "table": _table,
    "directive": _directive,
}
