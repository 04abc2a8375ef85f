"""Which of our positions each position of a file is: by number, else by its place and holder."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from dossiers.people.chart.snapshot import Seat
from dossiers.people.transfer.entries import NO_TITLE, Holding
from dossiers.people.transfer.ground import Ground, code_key, our_number
from dossiers.people.transfer.posts import Post
from wiki.rendering.titles import fold_title

_Pairs = Iterable[tuple[Post, Seat]]
_ANY = object()


def match_posts(posts: Sequence[Post], ground: Ground, is_whole: bool) -> None:
    """Give each post the number of its position; new ones get -1, -2 and so on.

    With `is_whole` the file is taken for the whole chart: whoever stands in a place of the same
    title is its new holder. Else two people in such places are taken for two positions.
    """
    for post in posts:
        post.seat_id = 0
    bench = _Bench(ground)
    bench.take(_by_number(posts, bench))
    for level in _levels(posts):
        bench.take(_by_place(_waiting(level), bench, is_whole))
        bench.take(_alone(_waiting(level), bench, "title"))
        bench.take(_alone(_waiting(level), bench, "manager"))
        for post in _waiting(level):
            bench.found += 1
            post.seat_id = -bench.found


def own_code(post: Post) -> str:
    """The number that the position bears in the client's own files; empty for none."""
    first = post.first
    if first.code is not None:
        return first.code
    return "" if our_number(first.position) is not None else first.position


class _Bench:
    """The positions that no post has taken yet, found by what they are."""

    def __init__(self, ground: Ground) -> None:
        # In one order always, so that the same file meets the same positions.
        self.free = {seat.id: seat for seat in sorted(ground.seats(), key=lambda seat: seat.id)}
        self.found = 0
        called = _called(ground)
        self.names: dict[int, frozenset[str]] = {}
        self._known: dict[Hashable, list[Seat]] = defaultdict(list)
        for seat in self.free.values():
            self.names[seat.id] = frozenset(
                name for holder in seat.holders for name in called[holder.person_id]
            )
            for key in _keys(fold_title(seat.title), seat.manager_id, self.names[seat.id]):
                self._known[key].append(seat)
            self._known["place", fold_title(seat.title), _ANY].append(seat)

    def fitting(self, key: Hashable) -> list[Seat]:
        """The free positions with that key."""
        return [seat for seat in self._known.get(key, ()) if seat.id in self.free]

    def take(self, pairs: _Pairs) -> None:
        """Settle these pairs; a position that is taken stays with the first."""
        for post, seat in pairs:
            if not post.seat_id and seat.id in self.free:
                post.seat_id = seat.id
                del self.free[seat.id]


def _keys(title: str, manager: object, people: frozenset[str]) -> Iterator[tuple[object, ...]]:
    """By what positions are recognised: place, title with holders, manager with holders."""
    if title:
        yield "place", title, manager
    for name in people:
        yield "title", title, name
        if manager is not _ANY:
            yield "manager", manager, name


def _waiting(posts: Iterable[Post]) -> list[Post]:
    return [post for post in posts if not post.seat_id]


def _levels(posts: Sequence[Post]) -> Iterator[list[Post]]:
    """The posts from the top down, so that the manager of each is settled before."""
    below: dict[Post | None, list[Post]] = defaultdict(list)
    for post in posts:
        below[post.manager if isinstance(post.manager, Post) else None].append(post)
    level = below[None]
    while level:
        yield level
        level = [report for post in level for report in below.get(post, ())]


def _by_number(posts: Sequence[Post], bench: _Bench) -> _Pairs:
    numbered: dict[str, list[Seat]] = defaultdict(list)
    for seat in bench.free.values():
        if seat.code:
            numbered[code_key(seat.code)].append(seat)
    for post in posts:
        ours = bench.free.get(our_number(post.first.position) or 0)
        if ours is not None:
            yield post, ours
    for post in _waiting(posts):
        for text in (post.first.position, post.first.code):
            if text:
                seats = [s for s in numbered.get(code_key(text), ()) if s.id in bench.free]
                yield from ((post, seat) for seat in _best(seats, post))


def _best(seats: Sequence[Seat], post: Post) -> Sequence[Seat]:
    """Of several positions with one number that of the same title first."""
    title = fold_title(post.title)
    return sorted(seats, key=lambda seat: fold_title(seat.title) != title)[:1]


def _manager_id(post: Post) -> object:
    if not post.tells_manager:
        return _ANY
    return post.manager.seat_id if isinstance(post.manager, Post) else post.manager


def _people(post: Post) -> frozenset[str]:
    named = (entry for entry in post.entries if entry.holding is Holding.SOMEBODY)
    return frozenset(fold_title(entry.name) for entry in named)


def _called(ground: Ground) -> Mapping[int, set[str]]:
    """All names of those who hold positions: the one in the chart, and other forms of it."""
    found: dict[int, set[str]] = defaultdict(set)
    for seat in ground.seats():
        for holder in seat.holders:
            found[holder.person_id].add(fold_title(holder.name))
    for person in ground.people:
        found[person.person_id] |= person.forms
    return found


def _may_be(post: Post, seat: Seat) -> bool:
    """A position keeps its number: two different ones are two positions."""
    return not own_code(post) or not seat.code


def _keys_of(post: Post) -> Iterator[tuple[object, ...]]:
    return _keys(fold_title(post.title or NO_TITLE), _manager_id(post), _people(post))


def _grouped(posts: Sequence[Post], kind: str) -> dict[Hashable, list[Post]]:
    groups: dict[Hashable, list[Post]] = defaultdict(list)
    for post in posts:
        for key in _keys_of(post):
            if key[0] == kind:
                groups[key].append(post)
    return groups


def _by_place(posts: Sequence[Post], bench: _Bench, is_whole: bool) -> _Pairs:
    """Same title under the same manager: those with a common holder, then the rest in order."""
    for key, group in _grouped(posts, "place").items():
        yield from _paired(group, bench.fitting(key), bench, is_whole)


def _alone(posts: Sequence[Post], bench: _Bench, kind: str) -> _Pairs:
    """Those of which there is just one on either side."""
    for key, group in _grouped(posts, kind).items():
        seats = bench.fitting(key)
        if len(group) == len(seats) == 1 and _may_be(group[0], seats[0]):
            yield group[0], seats[0]


def _paired(posts: Sequence[Post], seats: list[Seat], bench: _Bench, is_whole: bool) -> _Pairs:
    held: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        for name in bench.names[seat.id]:
            held[name].append(seat)
    taken: set[int] = set()
    rest: list[Post] = []
    for post in posts:
        some = (s for n in sorted(_people(post)) for s in held.get(n, ()) if s.id not in taken)
        found = next((seat for seat in some if _may_be(post, seat)), None)
        if found is None:
            rest.append(post)
        else:
            taken.add(found.id)
            yield post, found
    left = [seat for seat in seats if seat.id not in taken]
    yield from _in_order(rest, left, is_whole)


def _in_order(posts: Sequence[Post], seats: list[Seat], is_whole: bool) -> _Pairs:
    for post in posts:
        for place, seat in enumerate(seats):
            if _may_be(post, seat) and (is_whole or not (_people(post) and seat.holders)):
                yield post, seats.pop(place)
                break
