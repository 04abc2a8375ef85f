"""What a file says of people beside their positions, and of lines beside the solid ones.

What of this cannot be done leaves its row in, and is told as a remark.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dossiers.people.chart.snapshot import Known, Line, Standing, Tie
from dossiers.people.kinds import (
    VALUES_OF,
    Aspect,
    ContactKind,
    ContactStanding,
    InfluenceKind,
    LineKind,
    Role,
)
from dossiers.people.rules import folded_contact
from dossiers.people.transfer.assembling import Draft
from dossiers.people.transfer.entries import Entry
from dossiers.people.transfer.ground import Ground, code_key, our_number
from dossiers.people.transfer.linking import Register
from dossiers.people.transfer.posts import Post
from dossiers.people.transfer.somebodies import Somebody, shared_emails
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title

_TIE = re.compile(r"(\w+) (\S+) ([123])( both)?(?:: (.*))?")
_NOTHING = Standing()


@dataclass(frozen=True, slots=True)
class NewContact:
    """A telephone or address that was not known of the person; `number` is the row."""

    person_id: int
    kind: ContactKind
    folded: str
    value: str
    standing: ContactStanding
    number: int


def new_contacts(everybody: Sequence[Somebody], ground: Ground) -> Iterator[NewContact]:
    """The contacts that are not known yet. What we know of one stays, so old ones stay old."""
    shared = shared_emails(everybody)
    known = {person.person_id: person.contacts for person in ground.people}
    for somebody in everybody:
        here = set(known.get(somebody.person_id, ()))
        for entry in somebody.entries:
            for kind, value, standing in entry.contacts:
                folded = folded_contact(kind, value)
                if (kind, folded) not in here:
                    here.add((kind, folded))
                    if folded in shared and not somebody.number:
                        standing = ContactStanding.SHARED
                    yield NewContact(
                        somebody.person_id, kind, folded, value, standing, entry.number
                    )


def judged(everybody: Iterable[Somebody], ground: Ground) -> dict[int, Standing]:
    """The standings of those of whom the file says any; roles of a file replace those of before."""
    return {
        somebody.person_id: _standing(ground.chart.standings.get(somebody.person_id), somebody)
        for somebody in everybody
        if any(entry.judged for entry in somebody.entries)
    }


def _standing(old: Standing | None, somebody: Somebody) -> Standing:
    values: dict[str, Any] = {}
    roles: dict[Role, None] = {}
    for entry in somebody.entries:
        for aspect, codes in entry.judged.items():
            if aspect is Aspect.ROLE:
                roles.update(dict.fromkeys(Role(code) for code in codes))
            else:
                values.setdefault(aspect.value, VALUES_OF[aspect](codes[0]))
    if roles:
        values["roles"] = tuple(sorted(roles, key=list(Role).index))
    return replace(old or _NOTHING, **values)


Remark = tuple[int, Refusal]


class Ends:
    """Finds the other end of a line or tie by what a file writes."""

    def __init__(self, draft: Draft, posts: Iterable[Post], everybody: Sequence[Somebody]) -> None:
        self._register = Register(draft.ground)
        self._posts = {
            code_key(post.first.position): post.seat_id for post in posts if post.first.position
        }
        self._people = {fold_title(one.number): one.person_id for one in everybody if one.number}
        self._known = {known.person_id for known in draft.ground.people}
        self._seats = draft.seats

    def seat(self, text: str) -> int | None:
        """The position with that number."""
        found = self._posts.get(code_key(text)) or self._register.with_code(text)
        return found if found in self._seats else None

    def person(self, text: str) -> int | None:
        """The person with that number."""
        ours = our_number(text)
        return self._people.get(fold_title(text)) or (ours if ours in self._known else None)


def draw_lines(draft: Draft, posts: Iterable[Post], ends: Ends) -> Iterator[Remark]:
    """Draw dotted lines and those of assistants; of positions of which the file tells any."""
    for post in posts:
        told = [e for e in post.entries if e.dotted is not None or e.assistant_to is not None]
        if told:
            here = [x for x in draft.ground.chart.lines if x.from_id == post.seat_id]
            lines: dict[tuple[int, LineKind], Line] = {}
            yield from _lines_of(draft, post.seat_id, told[0], ends, lines)
            kept = {(x.to_id, x.kind): x for x in here if _stays(x, told[0])}
            known = {(x.to_id, x.kind): x for x in here}
            drawn = {key: known.get(key, line) for key, line in lines.items()}
            draft.lines[post.seat_id] = tuple((kept | drawn).values())


def _stays(line: Line, entry: Entry) -> bool:
    """Lines of a kind of which the file says nothing stay."""
    told = entry.dotted if line.kind is LineKind.DOTTED else entry.assistant_to
    return told is None


def _lines_of(
    draft: Draft, seat_id: int, entry: Entry, ends: Ends, lines: dict[tuple[int, LineKind], Line]
) -> Iterator[Remark]:
    told = ((LineKind.DOTTED, entry.dotted), (LineKind.ASSISTANT, entry.assistant_to))
    for kind, texts in told:
        for text in texts or ():
            other = ends.seat(text)
            if other is None or other == seat_id:
                yield entry.number, _no_line(text)
            else:
                lines[other, kind] = Line(seat_id, other, kind, draft.known(entry))


def _no_line(text: str) -> Refusal:
    return Refusal(
        "The line to “%(other)s” was left out: no other position has that number.",
        other=text[:60],
    )


def draw_ties(
    draft: Draft, everybody: Iterable[Somebody], ends: Ends, notes: dict[tuple[int, int, str], str]
) -> Iterator[Remark]:
    """Draw influence lines from people of whom the file tells any; `notes` gets their notes."""
    for somebody in everybody:
        told = [entry for entry in somebody.entries if entry.influences is not None]
        if told:
            ties: dict[tuple[int, str], Tie] = {}
            for entry in told:
                yield from _ties_of(draft, somebody.person_id, entry, ends, ties)
            known = _ties_here(draft, somebody.person_id)
            draft.ties[somebody.person_id] = tuple(
                known[key] if _same_tie(known.get(key), tie) else tie for key, tie in ties.items()
            )
            notes.update({(t.from_id, t.to_id, t.kind.value): t.note for t in ties.values()})


def _ties_here(draft: Draft, person_id: int) -> Mapping[tuple[int, str], Tie]:
    ties = draft.ground.chart.ties
    return {(tie.to_id, tie.kind.value): tie for tie in ties if tie.from_id == person_id}


def _same_tie(one: Tie | None, other: Tie) -> bool:
    return one is not None and _tie_values(one) == _tie_values(other)


def _tie_values(tie: Tie) -> tuple[int, bool, str]:
    return tie.strength, tie.both_ways, tie.note


def _ties_of(
    draft: Draft, person_id: int, entry: Entry, ends: Ends, ties: dict[tuple[int, str], Tie]
) -> Iterator[Remark]:
    for text in entry.influences or ():
        tie = _tie(text, person_id, ends, draft.known(entry))
        if tie is None:
            yield (
                entry.number,
                Refusal("The tie “%(tie)s” was left out: it cannot be read.", tie=text[:60]),
            )
        else:
            ties[tie.to_id, tie.kind.value] = tie


def _tie(text: str, person_id: int, ends: Ends, known: Known) -> Tie | None:
    match = _TIE.fullmatch(text)
    other = ends.person(match[2]) if match else None
    if not match or other in (None, person_id) or match[1] not in list(InfluenceKind):
        return None
    kind, note = InfluenceKind(match[1]), match[5] or ""
    return Tie(person_id, other or 0, kind, int(match[3]), bool(match[4]), note, known)


def tie_text(tie: Tie, number_of: Callable[[int], str]) -> str:
    """The tie as `draw_ties` reads it."""
    both = " both" if tie.both_ways else ""
    note = f": {tie.note}" if tie.note else ""
    return f"{tie.kind.value} {number_of(tie.to_id)} {tie.strength}{both}{note}"
