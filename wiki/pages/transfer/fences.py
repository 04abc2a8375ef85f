"""Where code stands in Markdown: there nothing is ever converted."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

_PREFIX = r"(?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*"
_OPENING = re.compile(rf"^{_PREFIX}(`{{3,}}(?=[^`]*$)|~{{3,}})")
_HIDDEN = "\uf8f3"
_HIDDEN_SPAN = re.compile(f"{_HIDDEN}(\\d+){_HIDDEN}")
_TICKS = re.compile(r"(?<!\\)`+|(?<=\\)`(`+)")


class Fence:
    """Knows, line after line, whether the text is inside a fenced code block."""

    def __init__(self) -> None:
        self._fence = ""

    def takes(self, line: str) -> bool:
        """Whether this line belongs to a code block, as its content or as one of its fences."""
        if self._fence:
            self._fence = "" if _closes(line, self._fence) else self._fence
            return True
        opening = _OPENING.match(line)
        self._fence = opening[1] if opening else ""
        return bool(opening)


def mark_code(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each line with whether it belongs to a fenced code block, its fences included."""
    fence = Fence()
    for line in lines:
        yield line, fence.takes(line)


def outside_code(text: str, convert: Callable[[str], str]) -> str:
    """The text with `convert` applied to each stretch that is no code, block or span."""
    parts: list[str] = []
    for (is_code, _), lines in groupby(_numbered(text), key=lambda found: found[0]):
        stretch = "\n".join(line for _, line in lines)
        parts.append(stretch if is_code else _outside_spans(stretch, convert))
    return "\n".join(parts)


Reveal = Callable[[str], str]


def around_code(text: str, convert: Callable[[str, Reveal], str]) -> str:
    """The text with `convert` applied to each paragraph, in which code spans are hidden.

    Unlike with `outside_code`, a mark may enclose a code span: ``[`code`](page.md)``. The second
    argument of `convert` gives a piece of the paragraph with the code in it as plain words.
    """
    parts: list[str] = []
    for (is_code, _), lines in groupby(_numbered(text), key=lambda found: found[0]):
        stretch = "\n".join(line for _, line in lines)
        parts.append(stretch if is_code else _with_hidden_spans(stretch, convert))
    return "\n".join(parts)


def _with_hidden_spans(text: str, convert: Callable[[str, Reveal], str]) -> str:
    spans = code_spans(text) if _HIDDEN not in text else []
    hidden = [text[start:end] for start, end in spans]
    parts, done = [], 0
    for number, (start, end) in enumerate(spans):
        parts += [text[done:start], f"{_HIDDEN}{number}{_HIDDEN}"]
        done = end

    def reveal(piece: str) -> str:
        return _HIDDEN_SPAN.sub(lambda found: hidden[int(found[1])].strip("` "), piece)

    converted = convert("".join([*parts, text[done:]]), reveal)
    return _HIDDEN_SPAN.sub(lambda found: hidden[int(found[1])], converted)


def _numbered(text: str) -> Iterator[tuple[tuple[bool, bool], str]]:
    # A blank line ends a paragraph, and with it any code span left open.
    for line, is_code in mark_code(text.split("\n")):
        yield (is_code, not line.strip() and not is_code), line


def _closes(line: str, fence: str) -> bool:
    bare = line.strip().lstrip("> \t")
    return len(bare) >= len(fence) and bare == fence[0] * len(bare)


def _outside_spans(text: str, convert: Callable[[str], str]) -> str:
    parts, done = [], 0
    for start, end in code_spans(text):
        parts += [convert(text[done:start]), text[start:end]]
        done = end
    return "".join([*parts, convert(text[done:])])


def code_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each code span of a paragraph, in time linear in its length."""
    runs = [(run.start(run.lastindex or 0), run.end()) for run in _TICKS.finditer(text)]
    by_length: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(runs):
        by_length.setdefault(end - start, []).append(number)
    spans, at = [], 0
    while at < len(runs):
        start, end = runs[at]
        same = by_length[end - start]
        next_one = bisect_right(same, at)
        if next_one < len(same):
            at = same[next_one]
            spans.append((start, runs[at][1]))
        at += 1
    return spans
