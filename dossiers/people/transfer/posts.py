"""The positions that a file tells of: rows with one number are one position."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dossiers.people.transfer.entries import Entry, Holding, Refused
from dossiers.people.transfer.ground import code_key
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title


@dataclass(slots=True, eq=False)
class Post:
    """A position of the file with its rows.

    `manager` is another post, the number of a position that is here already, or `None`: at the top
    when `tells_manager`, else not told. `is_whole` says that no row of it was refused.
    """

    entries: list[Entry]
    manager: "Post | int | None" = None
    tells_manager: bool = False
    is_whole: bool = True
    seat_id: int = 0

    @property
    def first(self) -> Entry:
        """The row that came first; what it does not say, later ones may."""
        return self.entries[0]

    @property
    def title(self) -> str:
        """The title, empty when no row tells it."""
        return next((entry.title for entry in self.entries if entry.title), "")

    @property
    def reports_to(self) -> str | None:
        """Whom it reports to, as the file writes it."""
        return next((e.reports_to for e in self.entries if e.reports_to), self.first.reports_to)


@dataclass(slots=True)
class Sorted:
    """The rows of a file, sorted: positions, people without one, repetitions, refused rows.

    `repeated` holds for each row that says nothing new the number of the row that said it;
    `mentioned` what the refused rows are about, as far as that can be told.
    """

    posts: list[Post] = field(default_factory=list)
    placeless: list[Entry] = field(default_factory=list)
    repeated: dict[int, int] = field(default_factory=dict)
    refused: dict[int, Refusal] = field(default_factory=dict)

    mentioned: list[Refused] = field(default_factory=list)

    def refuse(self, refusals: Mapping[Post, Refusal]) -> None:
        """Refuse all rows of these positions."""
        for post, why in refusals.items():
            for entry in post.entries:
                self.refused[entry.number] = why
                self.mentioned.append(_mention(entry, why))
        self.posts = [post for post in self.posts if post not in refusals]


def _mention(entry: Entry, why: Refusal) -> Refused:
    return Refused(entry.number, why, entry.position, entry.title, entry.name)


def sort_entries(entries: Iterable[Entry | Refused]) -> Sorted:
    """Put rows with one number together; contradicting ones are refused, the first stands."""
    found, by_number = Sorted(), dict[str, Post]()
    for entry in entries:
        if isinstance(entry, Refused):
            found.refused[entry.number] = entry.why
            found.mentioned.append(entry)
        elif not entry.has_position:
            _sort_placeless(found, entry)
        elif not entry.position:
            found.posts.append(Post([entry]))
        elif (post := by_number.get(code_key(entry.position))) is None:
            by_number[code_key(entry.position)] = post = Post([entry])
            found.posts.append(post)
        else:
            _join(found, post, entry)
    _drop_repeated(found)
    return found


def _sort_placeless(found: Sorted, entry: Entry) -> None:
    if entry.reports_to and not entry.name:
        found.refused[entry.number] = Refusal("The row names neither a position nor a person.")
    else:
        found.placeless.append(entry)


def _join(found: Sorted, post: Post, entry: Entry) -> None:
    same = next((e for e in post.entries if _says_same(e, entry)), None)
    why = None if same else _contradiction(post, entry)
    if same:
        found.repeated[entry.number] = same.number
    elif why:
        found.refused[entry.number] = why
        found.mentioned.append(_mention(entry, why))
        post.is_whole = False
    else:
        post.entries.append(entry)


def _says_same(one: Entry, other: Entry) -> bool:
    names = [name for name in Entry.__slots__ if name != "number"]
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _contradiction(post: Post, entry: Entry) -> Refusal | None:
    row = post.first.number
    if entry.title and post.title and fold_title(entry.title) != fold_title(post.title):
        return _differs(entry, row, "title", entry.title, post.title)
    above, given = post.reports_to, entry.reports_to
    if given and above is not None and code_key(given) != code_key(above):
        return _differs(entry, row, "reports_to", given, above)
    for name in ("unit", "kind", "code", "known", "rank"):
        value, first = getattr(entry, name), getattr(post.first, name)
        if value is not None and first is not None and value != first:
            return _differs(entry, row, name, value, first)
    return _two_of_one(post, entry)


def _differs(entry: Entry, row: int, column: str, value: object, first: object) -> Refusal:
    return Refusal(
        "Row %(row)d has the same number %(number)s, and there “%(column)s” is “%(first)s”, "
        "here “%(value)s”. Give one of the two another number, or the same words.",
        row=row,
        number=entry.position,
        column=column,
        first=str(first)[:100],
        value=str(value)[:100],
    )


def _two_of_one(post: Post, entry: Entry) -> Refusal | None:
    """A person cannot hold one position twice, once acting and once not."""
    for other in post.entries:
        if entry.name and _person_key(other) == _person_key(entry):
            for name in ("acting", "main", "since"):
                value, first = getattr(entry, name), getattr(other, name)
                if value is not None and first is not None and value != first:
                    return _differs(entry, other.number, name, value, first)
    return None


def _person_key(entry: Entry) -> str:
    return entry.person_number or fold_title(entry.name)


def _drop_repeated(found: Sorted) -> None:
    """The very same row again, without a number but with a name, says nothing new."""
    seen: dict[tuple[str, ...], Entry] = {}
    for post in list(_without_number(found.posts)):
        entry = post.first
        if entry.holding is not Holding.SOMEBODY:
            continue
        first = seen.setdefault((entry.title, entry.name, entry.reports_to or ""), entry)
        if first is not entry and _says_same(first, entry):
            found.repeated[entry.number] = first.number
    found.posts = [p for p in found.posts if p.first.number not in found.repeated]
    _drop_repeated_people(found)


def _without_number(posts: Iterable[Post]) -> Iterator[Post]:
    return (post for post in posts if not post.first.position)


def _drop_repeated_people(found: Sorted) -> None:
    kept: list[Entry] = []
    seen: dict[str, Entry] = {}
    for entry in found.placeless:
        first = seen.setdefault(_person_key(entry), entry)
        if first is not entry and _says_same(first, entry):
            found.repeated[entry.number] = first.number
        else:
            kept.append(entry)
    found.placeless = kept
