"""Who the people of a file are: rows with one name are one person, perhaps one of ours."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dossiers.people.kinds import ContactKind
from dossiers.people.rules import folded_contact
from dossiers.people.transfer.entries import Entry, Holding
from dossiers.people.transfer.ground import Ground, Known, our_number
from dossiers.people.transfer.posts import Post, Sorted
from wiki.rendering.titles import fold_title


@dataclass(slots=True, eq=False)
class Somebody:
    """A person of the file with all rows, and the positions that they are said to hold."""

    name: str
    number: str = ""
    entries: list[Entry] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    emails: set[str] = field(default_factory=set)
    person_id: int = 0


def gather(found: Sorted) -> list[Somebody]:
    """The people of the file. Two of one name and with different addresses are two."""
    by_number: dict[str, Somebody] = {}
    by_name: dict[str, list[Somebody]] = defaultdict(list)
    everybody: list[Somebody] = []
    for entry, post in _named(found):
        somebody = _found(entry, by_number, by_name)
        if not somebody.entries:
            everybody.append(somebody)
        somebody.entries.append(entry)
        somebody.emails |= emails_of(entry)
        if post is not None:
            somebody.posts.append(post)
    return everybody


def _named(found: Sorted) -> Iterable[tuple[Entry, Post | None]]:
    for post in found.posts:
        for entry in post.entries:
            if entry.holding is Holding.SOMEBODY:
                yield entry, post
    for entry in found.placeless:
        yield entry, None


def emails_of(entry: Entry) -> set[str]:
    """The folded addresses of a row."""
    return {folded_contact(k, value) for k, value, _s in entry.contacts if k is ContactKind.EMAIL}


def _found(
    entry: Entry, by_number: dict[str, Somebody], by_name: dict[str, list[Somebody]]
) -> Somebody:
    if entry.person_number:
        new = Somebody(entry.name, entry.person_number)
        return by_number.setdefault(fold_title(entry.person_number), new)
    emails = emails_of(entry)
    same = by_name[fold_title(entry.name)]
    for somebody in same:
        if not emails or not somebody.emails or emails & somebody.emails:
            return somebody
    same.append(Somebody(entry.name))
    return same[-1]


def recognise(everybody: Sequence[Somebody], ground: Ground, by_email_first: bool) -> None:
    """Give each the number of the person who they are; new ones get -1, -2 and so on.

    Whoever bears our number is that one; else the name counts, first of those who hold the
    position by now; else an address that nobody else in the file has.
    """
    desk = _Desk(ground, everybody)
    steps = [desk.by_place, desk.by_name, desk.by_email]
    for step in [desk.by_number, *(reversed(steps) if by_email_first else steps)]:
        for somebody in everybody:
            if not somebody.person_id:
                desk.settle(somebody, step(somebody))
    new = (somebody for somebody in everybody if not somebody.person_id)
    for place, somebody in enumerate(new, 1):
        somebody.person_id = -place


class _Desk:
    """Those who work or have worked at the client, each to be recognised once."""

    def __init__(self, ground: Ground, everybody: Sequence[Somebody]) -> None:
        self._ground = ground
        self._free = {known.person_id: known for known in ground.people}
        self._names: dict[str, list[Known]] = defaultdict(list)
        self._emails: dict[str, list[Known]] = defaultdict(list)
        for known in ground.people:
            for name in {fold_title(known.name), *known.forms}:
                self._names[name].append(known)
            for email in known.emails:
                self._emails[email].append(known)
        self._used = Counter(email for one in everybody for email in one.emails)

    def settle(self, somebody: Somebody, known: Known | None) -> None:
        """Say who it is, when that is known."""
        if known is not None:
            somebody.person_id = known.person_id
            del self._free[known.person_id]

    def by_number(self, somebody: Somebody) -> Known | None:
        """Our own number, as exports write it; only of people of this client."""
        return self._free.get(our_number(somebody.number) or 0)

    def by_place(self, somebody: Somebody) -> Known | None:
        """Somebody of that name who holds one of the positions."""
        seats = self._ground.chart.seats
        held = (seats[post.seat_id] for post in somebody.posts if post.seat_id in seats)
        holders = {holder.person_id for seat in held for holder in seat.holders}
        same = (known for known in self._of_name(somebody) if known.person_id in holders)
        return next(same, None)

    def by_name(self, somebody: Somebody) -> Known | None:
        """Somebody of that name; of several one with a common address, else the first."""
        same = self._of_name(somebody)
        if somebody.emails:
            common = [known for known in same if known.emails & somebody.emails]
            strangers = [known for known in same if not known.emails]
            same = common or strangers or same
        return next(iter(same), None)

    def by_email(self, somebody: Somebody) -> Known | None:
        """Whoever has an address that in the file only this person has."""
        for email in sorted(somebody.emails):
            found = [known for known in self._emails[email] if known.person_id in self._free]
            if self._used[email] == 1 and len(found) == 1:
                return found[0]
        return None

    def _of_name(self, somebody: Somebody) -> list[Known]:
        same = self._names[fold_title(somebody.name)]
        return [known for known in same if known.person_id in self._free]


def shared_emails(everybody: Iterable[Somebody]) -> set[str]:
    """The addresses that several people of the file have."""
    used: Mapping[str, int] = Counter(email for one in everybody for email in one.emails)
    return {email for email, count in used.items() if count > 1}
