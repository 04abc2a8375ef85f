"""What a review shows of a dossier in the reader's words: differences, and whole snapshots."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from dossiers.approvals.compare_words import FIELDS as STEP_FIELDS
from dossiers.clients.kinds import CardField
from dossiers.clients.wording import FIELD_NAMES as CARD_FIELDS
from dossiers.renewals.reviews.looking import Look
from dossiers.renewals.reviews.path_values import PathTold, paths_told
from dossiers.renewals.reviews.values import value_words
from dossiers.renewals.reviews.wording import FIELD_NAMES
from dossiers.renewals.snapshot.comparing import Difference, What
from dossiers.renewals.snapshot.shape import LABEL, Fields, Snapshot
from wiki.pages.compare import BlockChange, compare
from wiki.pages.content import Content

#: What is said at once of a line that is new or gone; the rest stands in the dossier.
_SAID_AT_ONCE = {
    "positions": ("manager", "holders", "line", "to"),
    "people": ("roles", "attitude", "tie", "to", "coverage", "level"),
    "paths": ("kind", "after"),
    "deals": ("amount", "currency", "state", "planned_on"),
    "discounts": ("discount", "allowed", "outside"),
    "contracts": ("value", "currency", "ends_on", "state"),
    "promises": ("by_us", "user", "person", "due_on", "state"),
    "contacts": ("kind", "happened_at"),
    "card": ("value", "duty"),
}
_TEXTS = ("text",)


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A field in words: before and after, or, for a longer text, the blocks that differ."""

    name: str
    before: str = ""
    after: str = ""
    blocks: tuple[BlockChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line of a dossier with all that differs in it; `what` is what became of it."""

    line: str
    label: str
    what: What
    facts: tuple[ToldFact, ...]


@dataclass(frozen=True, slots=True)
class ToldSection:
    """A section of a dossier with the lines of it that are shown."""

    code: str
    lines: tuple[ToldLine, ...]


def told_changes(look: Look) -> list[ToldSection]:
    """All that is other than at the last signed review, section by section."""
    paths = paths_told(look.before, look.after)
    return [
        ToldSection(section, tuple(_lines(list(own), look, paths)))
        for section, own in groupby(look.differences, key=lambda one: one.section)
    ]


def _lines(own: Sequence[Difference], look: Look, paths: PathTold) -> Iterator[ToldLine]:
    for line, some in groupby(own, key=lambda one: one.line):
        differences = list(some)
        first = differences[0]
        facts = tuple(fact for one in differences for fact in _facts(one, look, paths))
        yield ToldLine(line, _label(first.section, line, first.label), _what(differences), facts)


def _what(differences: Sequence[Difference]) -> What:
    """What became of a line as a whole: the rarest of what is said of it."""
    found = {one.what for one in differences}
    return next(what for what in What if what in found)


def _label(section: str, line: str, label: str) -> str:
    kind, _colon, name = line.partition(":")
    if section == "card" and kind == "card":
        return str(CARD_FIELDS[CardField(name)])
    return label


def _facts(one: Difference, look: Look, paths: PathTold) -> Iterator[ToldFact]:
    if one.what is What.NEW:
        yield from _at_once(one, one.after, look.after)
    elif one.what is What.GONE:
        yield from _at_once(one, one.before, look.before)
    elif one.field in _TEXTS:
        yield ToldFact(field_name(one.section, one.field), blocks=_words(one.before, one.after))
    elif (one.line, one.field) in paths:
        said = paths[one.line, one.field]
        yield ToldFact(said.said, said.before, said.after)
    else:
        place = (one.section, one.line, one.field)
        was = value_words(*place, one.before, look.before)
        yield ToldFact(
            field_name(one.section, one.field), was, value_words(*place, one.after, look.after)
        )


def _at_once(one: Difference, fields: Fields, snapshot: Snapshot) -> Iterator[ToldFact]:
    for name in _SAID_AT_ONCE.get(one.section, ()):
        if fields.get(name) not in (None, "", []):
            said = value_words(one.section, one.line, name, fields[name], snapshot)
            yield ToldFact(field_name(one.section, name), after=said)


def _words(before: Any, after: Any) -> tuple[BlockChange, ...]:
    found = compare(_content(before), _content(after))
    return tuple(block for block in found.blocks if block.kind != "same")


def _content(text: Any) -> Content:
    return Content("", str(text or ""), {}, (), None)


def field_name(section: str, name: str) -> str:
    """What a field is called."""
    if section == "paths" and name in STEP_FIELDS and name != "after":
        return str(STEP_FIELDS[name])
    return str(FIELD_NAMES.get(name, name))


def told_section(snapshot: Snapshot, section: str, first: int, most: int) -> ToldSection:
    """The lines of a section as they were, from the `first` on."""
    lines = islice(snapshot.get(section, {}).items(), first, first + most)
    return ToldSection(
        section, tuple(_whole(section, name, line, snapshot) for name, line in lines)
    )


def _whole(section: str, name: str, line: Fields, snapshot: Snapshot) -> ToldLine:
    facts = tuple(
        ToldFact(
            field_name(section, field), after=value_words(section, name, field, value, snapshot)
        )
        for field, value in line.items()
        if field != LABEL and value not in (None, "", []) and not isinstance(value, dict)
    )
    return ToldLine(name, _label(section, name, line[LABEL]), What.CHANGED, facts)
