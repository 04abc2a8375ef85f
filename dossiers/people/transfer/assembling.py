"""The chart as it will be when the rows of a file are believed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dossiers.facts.models import Confidence, Source
from dossiers.people.chart.compare import manager_of
from dossiers.people.chart.snapshot import Chart, Holder, Known, Line, Seat, Tie
from dossiers.people.kinds import PositionKind
from dossiers.people.transfer.entries import NO_TITLE, Entry, Holding
from dossiers.people.transfer.ground import Ground
from dossiers.people.transfer.matching import own_code
from dossiers.people.transfer.posts import Post
from wiki.rendering.titles import fold_title

_DEPUTY = re.compile(r"\b(зам|зам\.|заместител\w*|deputy|vice)\b")
_ASSISTANT = re.compile(r"\b(помощни\w+|ассистент\w*|секретар\w+|assistant|secretary)\b")


@dataclass(slots=True)
class Draft:
    """A chart in the making. `people` says by row number who somebody is."""

    ground: Ground
    day: date
    people: Mapping[int, int]
    names: dict[int, str]
    seats: dict[int, Seat] = field(default_factory=dict)
    unplaced: dict[int, Holder] = field(default_factory=dict)
    lines: dict[int, tuple[Line, ...]] = field(default_factory=dict)
    ties: dict[int, tuple[Tie, ...]] = field(default_factory=dict)

    def chart(self) -> Chart:
        """What it has become. Lines and ties that nothing holds any more are left out."""
        before = self.ground.chart
        lines = [x for x in before.lines if x.from_id not in self.lines]
        lines += [line for some in self.lines.values() for line in some]
        ties = [tie for tie in before.ties if tie.from_id not in self.ties]
        ties += [tie for some in self.ties.values() for tie in some]
        return replace(
            before,
            seats=self.seats,
            unplaced=tuple(self.unplaced.values()),
            lines=tuple(x for x in lines if x.from_id in self.seats and x.to_id in self.seats),
            ties=tuple(ties),
        )

    def known(self, entry: Entry, since: date | None = None) -> Known:
        """Where a new fact of this row is known from."""
        source, confidence = entry.source or Source.IMPORT, entry.confidence or Confidence.SURE
        return Known(source, confidence, since or self.day, self.day)


def place(draft: Draft, posts: Sequence[Post]) -> None:
    """Put the positions of the file and those who hold them into the chart."""
    before = draft.ground.chart
    draft.seats = dict(before.seats)
    draft.unplaced = {holder.person_id: holder for holder in before.unplaced}
    others = {seat.id: replace(seat, holders=()) for seat in draft.ground.others}
    bosses = {post.manager.seat_id for post in posts if isinstance(post.manager, Post)}
    bosses |= {post.manager for post in posts if isinstance(post.manager, int)}
    for post in posts:
        old = before.seats.get(post.seat_id) or others.get(post.seat_id)
        draft.seats[post.seat_id] = _seat(draft, post, old, post.seat_id in bosses)
    _settle_main(draft, posts)


def _seat(draft: Draft, post: Post, old: Seat | None, has_reports: bool) -> Seat:
    title = post.title or (old.title if old else NO_TITLE)
    holders = _holders(draft, post, old.holders if old else ())
    seat = Seat(
        id=post.seat_id,
        title=title,
        unit=_told(post, "unit", old.unit if old else ""),
        kind=_told(post, "kind", old.kind if old else _kind(title, has_reports)),
        code=own_code(post) or (old.code if old else ""),
        is_known=_is_known(post, old, title, bool(holders)),
        rank=_told(post, "rank", old.rank if old else 0),
        known=draft.known(post.first),
        manager_id=_manager(draft, post, old),
        holders=holders,
    )
    same = old is not None and says(seat) == says(old)
    return replace(seat, known=old.known, line=old.line) if same and old else seat


def says(seat: Seat) -> tuple[object, ...]:
    """What the database keeps as the fact of a position."""
    return seat.title, seat.unit, seat.kind, seat.code, seat.is_known, seat.rank


def _told(post: Post, name: str, otherwise: Any) -> Any:
    values = (getattr(entry, name) for entry in post.entries)
    return next((value for value in values if value is not None), otherwise)


def _kind(title: str, has_reports: bool) -> PositionKind:
    folded = fold_title(title)
    if _DEPUTY.search(folded):
        return PositionKind.DEPUTY
    if _ASSISTANT.search(folded):
        return PositionKind.ASSISTANT
    return PositionKind.HEAD if has_reports else PositionKind.MEMBER


def _is_known(post: Post, old: Seat | None, title: str, is_held: bool) -> bool:
    told = _told(post, "known", None)
    if told is not None:
        return bool(told)
    said = {entry.holding for entry in post.entries}
    if said & {Holding.SOMEBODY, Holding.NOBODY}:
        return title != NO_TITLE
    if Holding.WITHHELD in said and not is_held:
        return False
    return old.is_known if old else False


def _manager(draft: Draft, post: Post, old: Seat | None) -> int | None:
    if post.tells_manager:
        return post.manager.seat_id if isinstance(post.manager, Post) else post.manager
    return manager_of(draft.ground.chart, old) if old else None


def _holders(draft: Draft, post: Post, old: Sequence[Holder]) -> tuple[Holder, ...]:
    """Those whom the file names; others stay when it does not tell of everybody."""
    held = {holder.person_id: holder for holder in old}
    named: dict[int, Holder] = {}
    for entry in post.entries:
        if entry.holding is Holding.SOMEBODY:
            person = draft.people[entry.number]
            named[person] = _holder(draft, entry, person, named.get(person) or held.get(person))
    untold = {Holding.WITHHELD, Holding.NOT_TOLD} & {entry.holding for entry in post.entries}
    stays = held if untold or not post.is_whole else {p: h for p, h in held.items() if p in named}
    return tuple((stays | named).values())


def _holder(draft: Draft, entry: Entry, person: int, old: Holder | None) -> Holder:
    since = entry.since or (old.known.since if old else draft.day)
    main = old.main if old else True
    acting = old.acting if old else False
    known = old.known if old and old.known.since == since else draft.known(entry, since)
    return Holder(
        person,
        draft.names[person],
        main if entry.main is None else entry.main,
        acting if entry.acting is None else entry.acting,
        known,
    )


def _settle_main(draft: Draft, posts: Iterable[Post]) -> None:
    """A person's first position is the main one, unless the file or the chart says otherwise."""
    mains = _said_mains(draft, posts)
    for post in posts:
        seat = draft.seats[post.seat_id]
        told = {draft.people[e.number]: e.main for e in post.entries if e.number in draft.people}
        before = {h.person_id for h in _before(draft, seat.id)}
        holders = []
        for holder in seat.holders:
            person = holder.person_id
            if told.get(person) is None and person in told and person not in before:
                holder = replace(holder, main=mains.setdefault(person, seat.id) == seat.id)
            holders.append(holder)
        draft.seats[seat.id] = replace(seat, holders=tuple(holders))


def _said_mains(draft: Draft, posts: Iterable[Post]) -> dict[int, int]:
    """Person → the position that is known to be the main one."""
    told = {
        (draft.people[entry.number], post.seat_id): entry.main
        for post in posts
        for entry in post.entries
        if entry.number in draft.people
    }
    mains = {person: seat_id for (person, seat_id), main in told.items() if main}
    for seat in draft.seats.values():
        held = {holder.person_id for holder in _before(draft, seat.id)}
        for holder in seat.holders:
            if holder.main and holder.person_id in held:
                mains.setdefault(holder.person_id, seat.id)
    return mains


def _before(draft: Draft, seat_id: int) -> tuple[Holder, ...]:
    old = draft.ground.chart.seats.get(seat_id)
    return old.holders if old else ()


def place_the_rest(draft: Draft, placeless: Iterable[Entry]) -> None:
    """People of whom only that they work there is said; whoever has a place keeps it."""
    placed = {h.person_id for seat in draft.seats.values() for h in seat.holders}
    draft.unplaced = {p: h for p, h in draft.unplaced.items() if p not in placed}
    for entry in placeless:
        person = draft.people[entry.number]
        if person not in placed:
            held = draft.unplaced.get(person)
            draft.unplaced[person] = _holder(draft, entry, person, held)
