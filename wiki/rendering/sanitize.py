"""The one pass over the parsed page: bleach takes out what may not be, our filter does the rest.

bleach removes elements and attributes; `PageFilter`, in the same pass, checks addresses once
more (bleach lets `javascript:` followed by digits through), keeps ids away from those of the
interface, turns foreign pictures into links, wraps tables and gathers headings, text and files.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bleach.sanitizer import Cleaner

from wiki.rendering.addresses import decoded, encoded, file_in, is_foreign, may_link
from wiki.rendering.allowed import BLOCKS, ELEMENTS, HEADINGS, allowed_classes, attribute_allowed
from wiki.rendering.anchors import anchor_for, first_free, lasting_anchors
from wiki.rendering.shapes import RenderContext, TocEntry
from wiki.rendering.titles import fold_title
from wiki.rendering.words import word

Token = dict[str, Any]


@dataclass(slots=True)
class Heading:
    """A heading met in the stream: its start token waits for an anchor until all are known."""

    token: Token
    level: int
    text: str = ""
    explicit: str | None = None


@dataclass(slots=True)
class Page:
    """What the pass learns about a page."""

    context: RenderContext
    toc: list[TocEntry] = field(default_factory=list)
    files: dict[str, None] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)


def sanitize(html: str, page: Page) -> str:
    """Return safe HTML, filling `page`. Sanitising the result again changes nothing."""
    cleaner = Cleaner(
        tags=ELEMENTS,
        attributes=attribute_allowed,
        protocols=("http", "https", "mailto", "tel"),
        strip=False,
        strip_comments=True,
        filters=[lambda source: PageFilter(source, page)],  # type: ignore[list-item,return-value]
    )
    return cleaner.clean(html)


def _get(token: Token, name: str) -> str | None:
    value: str | None = token["data"].get((None, name))
    return value


def _set(token: Token, name: str, value: str) -> None:
    token["data"][(None, name)] = value


def _drop(token: Token, *names: str) -> None:
    for name in names:
        token["data"].pop((None, name), None)


def _tag(kind: str, name: str, **attributes: str) -> Token:
    data = {(None, key.replace("_", "-")): value for key, value in attributes.items()}
    return {"type": kind, "name": name, "namespace": None, "data": data}


class PageFilter:
    """An html5lib filter: a stream of tokens in, a stream of tokens out."""

    def __init__(self, source: Iterable[Token], page: Page) -> None:
        self.source = source
        self.page = page
        self.language = page.context.language
        self.out: list[Token] = []
        self.headings: list[Heading] = []
        self.heading: Heading | None = None
        self.muted: str | None = None
        self.in_link = False
        self.wrapped: list[bool] = []
        self.tables = 0
        self.ids: set[str] = set()
        self.counters: dict[str, int] = {}
        self.fragments: list[Token] = []
        self.starts: dict[str, Callable[[Token], list[Token]]] = {
            "a": self._link,
            "img": self._image,
            "input": self._checkbox,
            "table": self._table,
            "div": self._box,
            "pre": self._code,
        }

    def __iter__(self) -> Iterator[Token]:
        for token in self.source:
            self.out.extend(self._changed(token))
        self._name_headings()
        self._aim_fragments()
        return iter(self.out)

    def _changed(self, token: Token) -> list[Token]:
        kind = token["type"]
        if kind in ("StartTag", "EmptyTag"):
            return self._start(token)
        if kind == "EndTag":
            return self._end(token)
        if kind in ("Characters", "SpaceCharacters"):
            self._say(token["data"])
        elif kind == "Entity":
            self._say(unescape(f"&{token['name']};"))
        return [token]

    def _say(self, text: str) -> None:
        if self.muted is None:
            self.page.text.append(text)
            if self.heading is not None:
                self.heading.text += text

    def _start(self, token: Token) -> list[Token]:
        name = token["name"]
        classes = _get(token, "class")
        if classes is not None:
            self._set_classes(token, allowed_classes(name, classes))
        if name in HEADINGS:
            self._open_heading(token)
        elif (ident := _get(token, "id") or _get(token, "name")) is not None:
            _drop(token, "name")
            _set(token, "id", self._free(anchor_for(unescape(ident))))
        if name in BLOCKS:
            self._say("\n")
        self._mute(token)
        handle = self.starts.get(name)
        return handle(token) if handle else [token]

    def _set_classes(self, token: Token, classes: str) -> None:
        _drop(token, "class")
        if classes:
            _set(token, "class", classes)

    def _free(self, anchor: str) -> str:
        free = first_free(anchor, self.ids, self.counters)
        self.ids.add(free)
        return free

    def _mute(self, token: Token) -> None:
        """Footnote marks and the way back from them belong to no text."""
        name, ident = token["name"], _get(token, "id") or ""
        if self.muted is None and (
            (name == "sup" and ident.startswith("p-fnref"))
            or (name == "a" and _get(token, "class") == "footnote-backref")
        ):
            self.muted = name

    def _end(self, token: Token) -> list[Token]:
        name = token["name"]
        if name == self.muted:
            self.muted = None
        if name in BLOCKS or name in ("td", "th"):
            self._say("\n" if name in BLOCKS else " ")
        if name in HEADINGS:
            token["name"] = "h2" if name == "h1" else name
            self.heading = None
        elif name == "a":
            self.in_link = False
        elif name == "table" and self.wrapped and self.wrapped.pop():
            return [token, _tag("EndTag", "div")]
        return [token]

    def _open_heading(self, token: Token) -> None:
        level = max(2, int(token["name"][1]))
        token["name"] = f"h{level}"
        self.heading = Heading(token, level, explicit=_get(token, "id"))
        _drop(token, "id")
        self.headings.append(self.heading)

    def _link(self, token: Token) -> list[Token]:
        self.in_link = True
        href = _get(token, "href")
        _drop(token, "href")
        if href is None:
            return [token]
        address = decoded(href)
        if address.startswith("#"):
            _set(token, "href", "#" + anchor_for(address[1:]) if address[1:] else "#")
            self.fragments.append(token)
        elif may_link(address):
            _set(token, "href", encoded(address))
            self._note_file(address)
            if is_foreign(address):
                self._mark_foreign(token)
        return [token]

    def _mark_foreign(self, token: Token) -> None:
        _set(token, "class", f"{_get(token, 'class') or ''} external".strip())
        _set(token, "rel", "noopener nofollow ugc")

    def _note_file(self, address: str) -> str | None:
        ident = file_in(address)
        if ident is not None:
            self.page.files.setdefault(ident)
        return ident

    def _image(self, token: Token) -> list[Token]:
        address = decoded(_get(token, "src") or "")
        self._say(unescape(_get(token, "alt") or ""))
        if self._note_file(address) is None:
            return self._instead_of_image(token, address)
        _set(token, "src", encoded(address))
        _set(token, "alt", _get(token, "alt") or "")
        _set(token, "loading", "lazy")
        return [token]

    def _instead_of_image(self, token: Token, address: str) -> list[Token]:
        """A picture that is not ours is never loaded: a link to it stands in its place."""
        text = unescape(_get(token, "alt") or "") or address
        said: Token = {"type": "Characters", "data": text}
        if self.in_link or not address or not may_link(address):
            return [said] if _get(token, "alt") else []
        link = _tag("StartTag", "a", href=encoded(address))
        if is_foreign(address):
            self._mark_foreign(link)
        return [link, said, _tag("EndTag", "a")]

    def _checkbox(self, token: Token) -> list[Token]:
        if (_get(token, "type") or "").lower() != "checkbox":
            return []
        checked = _get(token, "checked") is not None
        box = _tag("EmptyTag", "input", type="checkbox", disabled="disabled")
        if checked:
            _set(box, "checked", "checked")
        _set(box, "aria-label", word(self.language, "done" if checked else "open"))
        return [box]

    def _table(self, token: Token) -> list[Token]:
        before = next((t for t in reversed(self.out) if not _is_blank(t)), None)
        inside = before is not None and before["type"] == "StartTag" and _scrolls(before)
        self.wrapped.append(not inside)
        if inside:
            return [token]
        return [*self._box(_tag("StartTag", "div", **{"class": "table-scroll"})), token]

    def _box(self, token: Token) -> list[Token]:
        """What scrolls sideways must be reachable by keyboard and say what it is."""
        if _scrolls(token):
            self.tables += 1
            _set(token, "tabindex", "0")
            _set(token, "role", "region")
            _set(token, "aria-label", word(self.language, "table").format(self.tables))
        return [token]

    def _code(self, token: Token) -> list[Token]:
        _set(token, "tabindex", "0")
        return [token]

    def _name_headings(self) -> None:
        for heading in self.headings:
            heading.text = " ".join(heading.text.split())
            if heading.explicit:
                _set(heading.token, "id", self._free(anchor_for(unescape(heading.explicit))))
        kept = lasting_anchors(self.page.context.previous_toc, [h.text for h in self.headings])
        for heading, lasting in zip(self.headings, kept, strict=True):
            if not heading.explicit and lasting and lasting not in self.ids:
                _set(heading.token, "id", self._free(lasting))
        for heading in self.headings:
            self._name_heading(heading)

    def _name_heading(self, heading: Heading) -> None:
        if _get(heading.token, "id") is None:
            known = self.page.context.known_anchors.get(fold_title(heading.text))
            _set(heading.token, "id", self._free(anchor_for(known or heading.text)))
        anchor = _get(heading.token, "id") or ""
        self.page.toc.append(TocEntry(heading.level, anchor, heading.text))

    def _aim_fragments(self) -> None:
        """A link by the words of a heading reaches it even where it kept an older anchor."""
        by_words: dict[str, str] = {}
        for entry in self.page.toc:
            by_words.setdefault(anchor_for(entry.text), entry.anchor)
        for token in self.fragments:
            aim = (_get(token, "href") or "")[1:]
            if aim not in self.ids and aim in by_words:
                _set(token, "href", "#" + by_words[aim])


def _is_blank(token: Token) -> bool:
    return token["type"] == "SpaceCharacters" or (
        token["type"] == "Characters" and not token["data"].strip()
    )


def _scrolls(token: Token) -> bool:
    return token["name"] == "div" and "table-scroll" in (_get(token, "class") or "").split()
