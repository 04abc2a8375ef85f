"""What search knows of a thing, and who can tell it: documents and their sources."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import CompoundSelect, Select
from sqlalchemy.orm import Session

SECONDS_OF_A_DAY = 86_400


class Key(NamedTuple):
    """The identity of a document: its kind and its number within the kind."""

    kind: str
    ident: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.ident}"


@dataclass(frozen=True, slots=True)
class Label:
    """A name in both languages of something a document belongs to."""

    ident: int
    ru: str
    en: str

    def in_language(self, language: str) -> str:
        """The name for readers of that language ("ru" or "en")."""
        return self.ru if language == "ru" else self.en


@dataclass(frozen=True, slots=True)
class Document:
    """One findable thing as plain values; `body` is plain text without marks.

    `audience` is one of the strings of `Actor.audiences`. `categories` go from the outermost to
    the innermost. `names` are other exact names by which it must come first: earlier titles,
    product codes, deal numbers, tax numbers. `facts` are words that count as body but are not
    quoted in excerpts. `authors` are all who wrote it. `until` is when it ceased to be current
    (`None`: it still is). `place` (a person's position), `container` (the page that a comment or
    file belongs to), `notice` (why the inside of a file is not searched) and `path` (where an
    imported thing came from) are only shown, not searched.
    """

    kind: str
    ident: int
    title: str
    body: str
    url: str
    audience: str
    language: str
    changed_at: datetime
    categories: tuple[Label, ...] = ()
    client: Label | None = None
    owner: Label | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    until: datetime | None = None
    place: str = ""
    container: str = ""
    notice: str = ""
    path: str | None = None

    @property
    def key(self) -> Key:
        """Kind and number."""
        return Key(self.kind, self.ident)

    @property
    def day(self) -> int:
        """The day of the last change, counted from the first of January 1970 (UTC)."""
        return int(self.changed_at.timestamp() // SECONDS_OF_A_DAY)

    @property
    def category(self) -> Label | None:
        """The innermost category, named with all above it."""
        if not self.categories:
            return None
        ru = " / ".join(category.ru for category in self.categories)
        en = " / ".join(category.en for category in self.categories)
        return Label(self.categories[-1].ident, ru, en)

    @property
    def marks(self) -> frozenset[str]:
        """What the document is counted and filtered by, as `facet=value`."""
        found = {f"kind={self.kind}"}
        if self.language:
            found.add(f"language={self.language}")
        found.update(f"category={category.ident}" for category in self.categories)
        found.update(f"tag={tag.casefold()}" for tag in self.tags)
        if self.client:
            found.add(f"client={self.client.ident}")
        if self.owner:
            found.add(f"owner={self.owner.ident}")
        return frozenset(found)

    @property
    def version(self) -> str:
        """A digest of everything that is searched: two equal versions are found alike."""
        told = "\x1f".join(repr(getattr(self, name)) for name in _SEARCHED)
        return blake2b(told.encode("utf-8", "backslashreplace"), digest_size=12).hexdigest()


_SEARCHED = (
    "title",
    "body",
    "audience",
    "language",
    "changed_at",
    "categories",
    "client",
    "owner",
    "authors",
    "tags",
    "names",
    "facts",
    "until",
)

FACETS = ("kind", "category", "client", "owner", "language", "tag")
"""What marks are counted by, in the order of the screen; the period comes from the dates."""

Sight = Select[int, str] | CompoundSelect[int, str]
Load = Callable[[Session, Sequence[int]], Iterable[Document]]
AllIdents = Callable[[Session], Iterable[int]]
Dependents = Callable[[Session, Sequence[int]], Iterable[Key]]


@dataclass(frozen=True, slots=True)
class Source:
    """Who can tell the documents of one kind.

    `load` gives the documents of these numbers and leaves out what must not be found (gone,
    archived); it must cost a constant number of statements. `idents` gives every number that
    `load` would tell. `sight` selects as `ident` and `audience` who may see each of them; without
    it all of the kind is hidden while very much waits for the index. `label` names things of the
    kind on the screen, `one` a single one of them (both may be lazily translated). `dependents`
    are things of other kinds whose documents name these: they change with them.
    """

    kind: str
    label: object
    load: Load
    idents: AllIdents
    one: object = None
    sight: Sight | None = None
    dependents: Dependents | None = None


class Sources:
    """The sources of all kinds, filled when the application is put together."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._by_kind = {source.kind: source for source in sources}

    def register(self, source: Source) -> None:
        """Let this source tell the documents of its kind."""
        self._by_kind[source.kind] = source

    def kinds(self) -> tuple[str, ...]:
        """The kinds in the order in which they were registered."""
        return tuple(self._by_kind)

    def sight(self, kind: str) -> Sight | None:
        """Who may see things of the kind: see `Source`."""
        return self._by_kind[kind].sight

    def label(self, kind: str) -> str:
        """The kind's name in the reader's language."""
        return str(self._by_kind[kind].label)

    def one(self, kind: str) -> str:
        """What a single thing of the kind is called in the reader's language."""
        return str(self._by_kind[kind].one or self._by_kind[kind].label)

    def load(self, session: Session, keys: Iterable[Key]) -> dict[Key, Document]:
        """The documents of these keys; what may not be found, or has no source, is left out."""
        return {
            document.key: document
            for kind, idents in _by_kind(keys).items()
            if kind in self._by_kind
            for document in self._by_kind[kind].load(session, idents)
        }

    def dependents(self, session: Session, keys: Iterable[Key]) -> set[Key]:
        """What must be indexed anew with these."""
        return {
            dependent
            for kind, idents in _by_kind(keys).items()
            if kind in self._by_kind and (tell := self._by_kind[kind].dependents)
            for dependent in tell(session, idents)
        }

    def keys(self, session: Session) -> Iterator[Key]:
        """The keys of everything that can be found."""
        for kind, source in self._by_kind.items():
            for ident in source.idents(session):
                yield Key(kind, ident)


def _by_kind(keys: Iterable[Key]) -> dict[str, list[int]]:
    wanted: dict[str, list[int]] = {}
    for key in dict.fromkeys(keys):
        wanted.setdefault(key.kind, []).append(key.ident)
    return wanted
