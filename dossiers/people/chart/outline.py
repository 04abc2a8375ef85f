"""Reading an outline: a text in which indent means "reports to" becomes a tree of positions.

    Генеральный директор — Иванов Иван
        Финансовый директор [Финансы] — Петрова Анна
            Бухгалтер — вакансия
        Директор по закупкам {зам} — Сидоров Пётр (и. о.) / Ким Олег
        Юрист — ?

`#12` at the end of a line is the number of a position that exists already.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dossiers.people.chart import outline_marks as marks
from dossiers.people.kinds import PositionKind
from dossiers.people.rules import LONGEST_NAME, LONGEST_TITLE
from wiki.errors import Refusal
from wiki.pages.content import clean_text, one_line

MOST_LINES = 5_000
MOST_CHARACTERS = 2_000_000
_TAB = 4
_MOST_PROBLEMS = 50
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who holds a position, by name."""

    name: str
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One position of an outline. `above` is the place in the outline of what it reports to."""

    title: str
    above: int | None = None
    unit: str = ""
    kind: PositionKind = PositionKind.MEMBER
    holders: tuple[Named, ...] = ()
    is_known: bool = True
    position_id: int | None = None
    line: int = field(default=0, compare=False)


class LineRefusal(Refusal):
    """What is wrong with one line; the sentence names it in its place `%(line)d`."""

    def __init__(self, line: int, refusal: Refusal) -> None:
        super().__init__(refusal.message, line=line, **refusal.values)
        self.line = line


_MEND = Refusal(
    "Some lines cannot be read. Nothing was changed and your text is still here. "
    "Mend these lines and try again."
)


class Unreadable(Refusal):
    """An outline that cannot be read; `problems` say what is wrong with which line."""

    def __init__(self, problems: Sequence[LineRefusal]) -> None:
        super().__init__(_MEND.message)
        self.problems = tuple(problems)


def parse_outline(text: str) -> tuple[Entry, ...]:
    """The positions of the outline, managers before reports. Raises `Unreadable`."""
    if len(text) > MOST_CHARACTERS:
        raise Refusal(
            "The text has %(length)d characters; %(limit)d is the limit. Nothing was changed. "
            "Type a part of it, or import a file.",
            length=len(text),
            limit=MOST_CHARACTERS,
        )
    entries: list[Entry] = []
    problems: list[LineRefusal] = []
    levels = _Levels()
    for number, line in _lines(text):
        try:
            above = levels.above(number, _indent_of(line), len(entries))
            entries.append(_Line(number, line).entry(above))
        except LineRefusal as problem:
            problems.append(problem)
            levels.skip(_indent_of(line))
    problems += _repeated(entries)
    if problems:
        raise Unreadable(sorted(problems, key=lambda one: one.line)[:_MOST_PROBLEMS])
    return tuple(entries)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Number and text of each line that says something. Raises `Refusal` for too many lines."""
    count = 0
    for number, line in enumerate(clean_text(text).split("\n"), 1):
        if line.strip():
            count += 1
            if count > MOST_LINES:
                raise Refusal(
                    "The text has more than %(limit)d positions. Nothing was changed. "
                    "Type it in parts, or import a file.",
                    limit=MOST_LINES,
                )
            yield number, line.rstrip()


def _indent_of(line: str) -> int:
    blank = line[: len(line) - len(line.lstrip())]
    return sum(_TAB if character == "\t" else 1 for character in blank)


_NO_LEVEL = Refusal(
    "Line %(line)d is indented less than the line above it, but as far as no other line. "
    "Begin it where the lines of its own level begin."
)


class _Levels:
    """The indents that are open, from the outside to the inside, each with its last position."""

    def __init__(self) -> None:
        self._open: list[tuple[int, int]] = []

    def above(self, number: int, indent: int, place: int) -> int | None:
        """What a line of that indent reports to. Raises `LineRefusal` when no level fits."""
        while self._open and self._open[-1][0] > indent:
            last = self._open.pop()
            if not self._open or self._open[-1][0] < indent:
                self._open.append(last)
                raise LineRefusal(number, _NO_LEVEL)
        if self._open and self._open[-1][0] == indent:
            self._open.pop()
        manager = self._open[-1][1] if self._open else None
        self._open.append((indent, place))
        return manager

    def skip(self, indent: int) -> None:
        """A line could not be read: those below it are judged as if it had been."""
        if not self._open or self._open[-1][0] < indent:
            self._open.append((indent, -1))


def _repeated(entries: Sequence[Entry]) -> Iterator[LineRefusal]:
    first: dict[int, int] = {}
    for entry in entries:
        if entry.position_id is None:
            continue
        if entry.position_id in first:
            refusal = Refusal(
                "Line %(line)d bears the number #%(number)d, and so does line %(first)d. "
                "Take the number away from the one that is new.",
                number=entry.position_id,
                first=first[entry.position_id],
            )
            yield LineRefusal(entry.line, refusal)
        first.setdefault(entry.position_id, entry.line)


class _Line:
    """One line being read: each step takes its marks out of what is left."""

    def __init__(self, number: int, line: str) -> None:
        self._number = number
        self._rest = marks.BULLET.sub("", marks.hide(line.strip()), count=1)

    def entry(self, above: int | None) -> Entry:
        """The position that the line says."""
        position_id = self._take_number()
        unit, kind = self._take_unit(), self._take_kind()
        title, names = self._divided()
        is_nameless = title.casefold() in marks.UNKNOWN
        holders, is_known = self._holders(names)
        return Entry(
            title="?" if is_nameless else self._title(title),
            above=above,
            unit=unit,
            kind=kind,
            holders=holders,
            is_known=is_known and not is_nameless,
            position_id=position_id,
            line=self._number,
        )

    def _wrong(self, refusal: Refusal) -> LineRefusal:
        return LineRefusal(self._number, refusal)

    def _take_number(self) -> int | None:
        found = marks.NUMBER.search(self._rest)
        if found is None:
            return None
        self._rest = self._rest[: found.start()]
        return int(found[1])

    def _take_unit(self) -> str:
        found = marks.UNIT.findall(self._rest)
        self._rest = marks.UNIT.sub(" ", self._rest)
        if len(found) > 1:
            raise self._wrong(Refusal("Line %(line)d names more than one unit in square brackets."))
        if "[" in self._rest or "]" in self._rest:
            raise self._wrong(
                Refusal("In line %(line)d a square bracket is missing around the unit.")
            )
        return self._short(found[0], LONGEST_TITLE) if found else ""

    def _take_kind(self) -> PositionKind:
        found = marks.KIND.findall(self._rest)
        self._rest = marks.KIND.sub(" ", self._rest)
        if "{" in self._rest or "}" in self._rest or len(found) > 1:
            raise self._wrong(
                Refusal(
                    "Line %(line)d must have one word in curly brackets, or none, such as {deputy}."
                )
            )
        word = found[0].strip().rstrip(".").casefold() if found else "member"
        if word not in marks.KIND_WORDS:
            raise self._wrong(
                Refusal(
                    "Line %(line)d: “%(word)s” is no kind of position. There are {head}, {deputy}, "
                    "{assistant}, {member} and {committee}.",
                    word=one_line(marks.show(word))[:60],
                )
            )
        return marks.KIND_WORDS[word]

    def _divided(self) -> tuple[str, str]:
        """Title and names."""
        for divider in marks.DIVIDERS:
            places = list(divider.finditer(self._rest))
            if places:
                last = places[-1]
                return self._rest[: last.start()].strip(), self._rest[last.end() :].strip()
        return self._rest.strip(), ""

    def _title(self, text: str) -> str:
        title = self._short(text, LONGEST_TITLE)
        if not title:
            raise self._wrong(
                Refusal("Line %(line)d has no title. Write one, or ? when it is not known.")
            )
        return title

    def _holders(self, names: str) -> tuple[tuple[Named, ...], bool]:
        """Who holds it, and whether that is all we know there is."""
        parts = [part.strip() for part in marks.BETWEEN_NAMES.split(names)]
        said = [part for part in parts if part]
        unknown = [part for part in said if part.casefold() in marks.UNKNOWN]
        vacant = [part for part in said if part.casefold() in marks.VACANT]
        if vacant and len(said) > len(vacant):
            raise self._wrong(
                Refusal("Line %(line)d says vacant and a name as well. Leave one of them.")
            )
        rest = [part for part in said if part not in unknown and part not in vacant]
        return tuple(self._named(part) for part in rest), not unknown

    def _named(self, text: str) -> Named:
        # Single blanks: looking for the mark takes the square of the blanks in a row.
        text = " ".join(text.split())
        bare = marks.ACTING_BEFORE.sub("", marks.ACTING_AFTER.sub("", text))
        name = self._short(bare, LONGEST_NAME)
        if not _LETTER.search(name):
            raise self._wrong(
                Refusal(
                    "Line %(line)d: “%(name)s” is no name.", name=one_line(marks.show(text))[:60]
                )
            )
        return Named(name, acting=bare != text)

    def _short(self, text: str, longest: int) -> str:
        shown = one_line(marks.show(text))
        if len(shown) > longest:
            raise self._wrong(
                Refusal(
                    "Line %(line)d has a text of %(length)d characters; %(limit)d is the limit.",
                    length=len(shown),
                    limit=longest,
                )
            )
        return shown
