"""What the front matter of a page says: ours in full, other people's as far as it helps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = "dossier-wiki"
VERSION = "1"
MOST_FOREIGN_TAGS = 10
LONGEST_TAG = 60
_FOREIGN_FIELDS = ("title", "category", "archived", "facts", "owner")
_FOREIGN_TAGS = ("tags", "keywords", "ms.search.keywords")
_FOREIGN_LANGUAGES = ("language", "lang", "locale")


@dataclass(frozen=True)
class Head:
    """What stands above the text of a page.

    `own`: written by our export, so the text below is taken as it is. `category` is the path of
    names from the root. `facts` are canonical values (links to pages as `{"page": source}`).
    `left_out` are the names of foreign fields that have no place here.
    """

    title: str | None = None
    own: bool = False
    language: str | None = None
    category: tuple[str, ...] | None = None
    tags: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    owner: str | None = None
    audience: str | None = None
    archived: bool = False
    source: str | None = None
    twin: str | None = None
    revision: int | None = None
    earlier_titles: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_head(fields: Mapping[str, Any]) -> Head:
    """The head in these front matter fields, written by our export or by anybody else."""
    if fields.get(FORMAT) == VERSION:
        return _own(fields)
    return _foreign(fields)


def write_head(head: Head, notes: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The fields for the front matter; `notes` are for the eye only."""
    fields: dict[str, Any] = {
        "title": head.title,
        FORMAT: VERSION,
        "language": head.language,
        "category": list(head.category or ()),
        "tags": list(head.tags),
        "facts": dict(head.facts),
        "owner": head.owner,
        "audience": head.audience,
        "archived": head.archived,
        "source": head.source,
        "twin": head.twin,
        "revision": head.revision,
        "earlier_titles": list(head.earlier_titles),
        **(notes or {}),
    }
    kept = ("title", "language")
    return {name: value for name, value in fields.items() if value or name in kept}


def _own(fields: Mapping[str, Any]) -> Head:
    return Head(
        title=_text(fields.get("title")),
        own=True,
        language=_text(fields.get("language")),
        category=tuple(_texts(fields.get("category"))),
        tags=tuple(_texts(fields.get("tags"))),
        facts=_facts(fields.get("facts")),
        owner=_text(fields.get("owner")),
        audience=_text(fields.get("audience")),
        archived=fields.get("archived") is True,
        source=_text(fields.get("source")),
        twin=_text(fields.get("twin")),
        revision=_number(fields.get("revision")),
        earlier_titles=tuple(_texts(fields.get("earlier_titles"))),
    )


def _foreign(fields: Mapping[str, Any]) -> Head:
    used = {*_FOREIGN_FIELDS, *_FOREIGN_TAGS, *_FOREIGN_LANGUAGES}
    title = _text(fields.get("title"))
    category = _texts(fields.get("category"), separator="/")
    language = next((_text(fields[name]) for name in _FOREIGN_LANGUAGES if name in fields), None)
    return Head(
        title=" ".join(title.split()) if title else None,
        language=language[:2].casefold() if language else None,
        category=tuple(category) or None,
        tags=_foreign_tags(fields),
        facts=_facts(fields.get("facts")),
        owner=_text(fields.get("owner")),
        archived=fields.get("archived") is True,
        left_out=tuple(name for name in fields if name not in used),
    )


def _foreign_tags(fields: Mapping[str, Any]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in _FOREIGN_TAGS:
        for tag in _texts(fields.get(name), separator=","):
            plain = " ".join(tag.strip("\"'").split())
            if 0 < len(plain) <= LONGEST_TAG:
                found.setdefault(plain.casefold(), plain)
    return tuple(list(found.values())[:MOST_FOREIGN_TAGS])


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 10 else None


def _facts(value: object) -> dict[str, Any]:
    return {str(key): fact for key, fact in value.items()} if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _texts(value: object, separator: str | None = None) -> list[str]:
    if isinstance(value, str):
        parts: Iterable[object] = value.split(separator) if separator else [value]
        return [part.strip() for part in parts if isinstance(part, str) and part.strip()]
    if isinstance(value, list):
        return [item for item in value if isinstance(item, str) and item.strip()]
    return []
