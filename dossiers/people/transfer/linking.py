"""Who reports to whom in a file: by number, title or name, in the file or in the chart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from dossiers.people.transfer.circles import circles
from dossiers.people.transfer.entries import Holding, Refused
from dossiers.people.transfer.ground import Ground, code_key, our_number
from dossiers.people.transfer.posts import Post, Sorted
from dossiers.people.transfer.vocabulary import is_top
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title

_MOST_NAMED = 6


class Directory:
    """Finds the position that a file means with a number, a title or a name."""

    def __init__(self, found: Sorted, ground: Ground) -> None:
        self._codes: dict[str, Post] = {}
        self._titles: dict[str, list[Post]] = defaultdict(list)
        self._names: dict[str, list[Post]] = defaultdict(list)
        self._seats = Register(ground)
        self._refused: dict[str, Refused] = {}
        for post in found.posts:
            self._add(post)
        for refused in found.mentioned:
            for text in (refused.position, refused.title, refused.name):
                self._refused.setdefault(code_key(text), refused)

    def _add(self, post: Post) -> None:
        if post.first.position:
            self._codes[code_key(post.first.position)] = post
        if post.title:
            self._titles[fold_title(post.title)].append(post)
        for entry in post.entries:
            if entry.holding is Holding.SOMEBODY:
                self._names[fold_title(entry.name)].append(post)

    def knows_code(self, text: str) -> bool:
        """Whether some position bears this number."""
        return code_key(text) in self._codes or self._seats.with_code(text) is not None

    def manager(self, post: Post) -> "Post | int":
        """The position that this one reports to. Raises `Refusal` for none and for several."""
        text = post.reports_to or ""
        by_code = self._codes.get(code_key(text))
        if by_code is not None:
            return by_code
        seat_id = self._seats.with_code(text)
        if seat_id is not None:
            return seat_id
        in_file = self._in_file(post, fold_title(text))
        if in_file:
            return _only(text, in_file)
        return self._elsewhere(text, post)

    def _in_file(self, post: Post, folded: str) -> list[Post]:
        for known in (self._titles, self._names):
            found = list(dict.fromkeys(one for one in known.get(folded, ()) if one is not post))
            if found:
                return found
        return []

    def _elsewhere(self, text: str, post: Post) -> int:
        own = self._seats.with_code(post.first.position) if post.first.position else None
        seats = [ident for ident in self._seats.called(text) if ident != own]
        refused = self._refused.get(code_key(text))
        if len(seats) == 1:
            return seats[0]
        if len(seats) > 1:
            raise Refusal(
                "It reports to “%(manager)s”, and the chart has %(count)d of that name. "
                "Write the number of the position.",
                manager=text[:100],
                count=len(seats),
            )
        if refused is not None:
            raise _under(text, refused.number)
        raise Refusal(
            "It reports to “%(manager)s”, which is neither in the file nor in the chart.",
            manager=text[:100],
        )


class Register:
    """Finds positions that are in the chart on the day of the file."""

    def __init__(self, ground: Ground) -> None:
        self._idents = ground.chart.seats.keys()
        self._codes: dict[str, int] = {}
        self._called: dict[str, dict[int, None]] = defaultdict(dict)
        for seat in ground.chart.seats.values():
            if seat.code:
                self._codes.setdefault(code_key(seat.code), seat.id)
            for text in (seat.title, *(holder.name for holder in seat.holders)):
                self._called[fold_title(text)][seat.id] = None

    def with_code(self, text: str) -> int | None:
        """The position with that number: the client's, or "wiki-12"."""
        ours = our_number(text)
        return ours if ours in self._idents else self._codes.get(code_key(text))

    def called(self, text: str) -> Sequence[int]:
        """The positions of the day with that title, or that somebody of that name holds."""
        return list(self._called.get(fold_title(text), ()))


def _only(text: str, posts: Sequence[Post]) -> Post:
    if len(posts) == 1:
        return posts[0]
    rows = ", ".join(str(post.first.number) for post in posts[:_MOST_NAMED])
    raise Refusal(
        "It reports to “%(manager)s”, and several rows fit that: %(rows)s. Give the positions "
        "numbers, and write the number.",
        manager=text[:100],
        rows=rows + (" …" if len(posts) > _MOST_NAMED else ""),
    )


def _under(manager: str, row: int) -> Refusal:
    return Refusal(
        "It reports to “%(manager)s” in row %(row)d, which is refused itself. Mend that row first.",
        manager=manager[:100],
        row=row,
    )


def link(found: Sorted, ground: Ground) -> None:
    """Let each position know its manager.

    What has a manager that is nowhere, or goes in a circle, is refused, with all below it.
    """
    directory = Directory(found, ground)
    refusals: dict[Post, Refusal] = {}
    for post in found.posts:
        try:
            _link(post, directory)
        except Refusal as refusal:
            refusals[post] = refusal
    for circle in circles(_managers(found.posts)):
        refusals.update(_in_circle(circle))
    refuse_below(found, refusals, Register(ground))


def _link(post: Post, directory: Directory) -> None:
    text = post.reports_to
    if text is None:
        return
    post.tells_manager = True
    if not is_top(text) or directory.knows_code(text):
        post.manager = directory.manager(post)


def _managers(posts: Iterable[Post]) -> dict[Post, Post]:
    return {post: post.manager for post in posts if isinstance(post.manager, Post)}


def _in_circle(circle: Sequence[Post]) -> Iterator[tuple[Post, Refusal]]:
    return ((post, circle_refusal(circle)) for post in circle)


def circle_refusal(circle: Sequence[Post]) -> Refusal:
    """Why the rows of a circle are refused."""
    if len(circle) == 1:
        return Refusal("It reports to itself. Leave the manager empty for a position at the top.")
    rows = [post.first.number for post in circle]
    shown = " → ".join(str(row) for row in [*rows[:_MOST_NAMED], *rows[:1]][: _MOST_NAMED + 1])
    return Refusal(
        "The rows report to one another in a circle: %(rows)s. Mend the manager of one of them.",
        rows=shown + (" …" if len(rows) > _MOST_NAMED else ""),
    )


def refuse_below(found: Sorted, refusals: dict[Post, Refusal], register: Register) -> None:
    """Refuse these positions, and those that hang from them and from nothing that is here."""
    below: dict[Post, list[Post]] = defaultdict(list)
    for post in found.posts:
        if isinstance(post.manager, Post):
            below[post.manager].append(post)
    waiting = list(refusals)
    while waiting:
        manager = waiting.pop()
        seat_id = register.with_code(manager.first.position) if manager.first.position else None
        for post in below[manager]:
            if post in refusals:
                continue
            if seat_id is not None:
                post.manager = seat_id
            else:
                refusals[post] = _under(post.reports_to or "", manager.first.number)
                waiting.append(post)
    found.refuse(refusals)
