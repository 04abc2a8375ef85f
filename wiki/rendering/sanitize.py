"""The one pass over the parsed page: bleach takes out what may not be, our filter does the rest.

bleach removes elements and attributes; `PageFilter`, in the same pass, checks addresses once
more (bleach lets `javascript:` followed by digits through), keeps ids away from those of the
interface, turns foreign pictures into links, wraps tables and gathers headings, text and files.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

from bleach.sanitizer import Cleaner

from wiki.rendering.addresses import decoded, encoded, file_in, is_foreign, may_link
from wiki.rendering.allowed import BLOCKS, ELEMENTS, HEADINGS, allowed_classes, attribute_allowed
from wiki.rendering.anchors import anchor_for, first_free, lasting_anchors
from wiki.rendering.shapes import RenderContext, TocEntry
from wiki.rendering.titles import fold_title
from wiki.rendering.tokens import (
    Token,
    drop_attributes,
    get_attribute,
    is_blank,
    scrolls,
    set_attribute,
    tag,
)
from wiki.rendering.words import word


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
        filters=[lambda source: PageFilter(source, page)],  # type: ignore[list-item]
    )
    return cleaner.clean(html)


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
        self.links: list[bool] = []
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
        classes = get_attribute(token, "class")
        if classes is not None:
            self._set_classes(token, allowed_classes(name, classes))
        if name in HEADINGS:
            self._open_heading(token)
        elif (ident := get_attribute(token, "id") or get_attribute(token, "name")) is not None:
            drop_attributes(token, "name")
            set_attribute(token, "id", self._free(anchor_for(unescape(ident))))
        if name in BLOCKS:
            self._say("\n")
        self._mute(token)
        handle = self.starts.get(name)
        return handle(token) if handle else [token]

    def _set_classes(self, token: Token, classes: str) -> None:
        drop_attributes(token, "class")
        if classes:
            set_attribute(token, "class", classes)

    def _free(self, anchor: str) -> str:
        free = first_free(anchor, self.ids, self.counters)
        self.ids.add(free)
        return free

    def _mute(self, token: Token) -> None:
        """Footnote marks and the way back from them belong to no text."""
        name, ident = token["name"], get_attribute(token, "id") or ""
        if self.muted is None and (
            (name == "sup" and ident.startswith("p-fnref"))
            or (name == "a" and get_attribute(token, "class") == "footnote-backref")
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
        elif name == "a" and self.links and not self.links.pop():
            return []
        elif name == "table" and self.wrapped and self.wrapped.pop():
            return [token, tag("EndTag", "div")]
        return [token]

    def _open_heading(self, token: Token) -> None:
        level = max(2, int(token["name"][1]))
        token["name"] = f"h{level}"
        self.heading = Heading(token, level, explicit=get_attribute(token, "id"))
        drop_attributes(token, "id")
        self.headings.append(self.heading)

    def _link(self, token: Token) -> list[Token]:
        """A link inside a link is no HTML, and browsers differ in how they mend it: only text."""
        self.links.append(not self.links)
        if len(self.links) > 1:
            return []
        href = get_attribute(token, "href")
        drop_attributes(token, "href")
        if href is None:
            return [token]
        address = decoded(href)
        if address.startswith("#"):
            set_attribute(token, "href", "#" + anchor_for(address[1:]) if address[1:] else "#")
            self.fragments.append(token)
        elif may_link(address):
            set_attribute(token, "href", encoded(address))
            self._note_file(address)
            if is_foreign(address):
                self._mark_foreign(token)
        return [token]

    def _mark_foreign(self, token: Token) -> None:
        set_attribute(token, "class", f"{get_attribute(token, 'class') or ''} external".strip())
        set_attribute(token, "rel", "noopener nofollow ugc")

    def _note_file(self, address: str) -> str | None:
        ident = file_in(address)
        if ident is not None:
            self.page.files.setdefault(ident)
        return ident

    def _image(self, token: Token) -> list[Token]:
        address = decoded(get_attribute(token, "src") or "")
        self._say(unescape(get_attribute(token, "alt") or ""))
        if self._note_file(address) is None:
            return self._instead_of_image(token, address)
        set_attribute(token, "src", encoded(address))
        set_attribute(token, "alt", get_attribute(token, "alt") or "")
        set_attribute(token, "loading", "lazy")
        return [token]

    def _instead_of_image(self, token: Token, address: str) -> list[Token]:
        """A picture that is not ours is never loaded: a link to it stands in its place."""
        text = unescape(get_attribute(token, "alt") or "") or address
        said: Token = {"type": "Characters", "data": text}
        if self.links or not address or not may_link(address):
            return [said] if get_attribute(token, "alt") else []
        link = tag("StartTag", "a", href=encoded(address))
        if is_foreign(address):
            self._mark_foreign(link)
        return [link, said, tag("EndTag", "a")]

    def _checkbox(self, token: Token) -> list[Token]:
        if (get_attribute(token, "type") or "").lower() != "checkbox":
            return []
        checked = get_attribute(token, "checked") is not None
        box = tag("EmptyTag", "input", type="checkbox", disabled="disabled")
        if checked:
            set_attribute(box, "checked", "checked")
        set_attribute(box, "aria-label", word(self.language, "done" if checked else "open"))
        return [box]

    def _table(self, token: Token) -> list[Token]:
        before = next((t for t in reversed(self.out) if not is_blank(t)), None)
        inside = before is not None and before["type"] == "StartTag" and scrolls(before)
        self.wrapped.append(not inside)
        if inside:
            return [token]
        return [*self._box(tag("StartTag", "div", **{"class": "table-scroll"})), token]

    def _box(self, token: Token) -> list[Token]:
        """What scrolls sideways must be reachable by keyboard and say what it is."""
        if scrolls(token):
            self.tables += 1
            set_attribute(token, "tabindex", "0")
            set_attribute(token, "role", "region")
            set_attribute(token, "aria-label", word(self.language, "table").format(self.tables))
        return [token]

    def _code(self, token: Token) -> list[Token]:
        set_attribute(token, "tabindex", "0")
        return [token]

    def _name_headings(self) -> None:
        for heading in self.headings:
            heading.text = " ".join(heading.text.split())
            if heading.explicit:
                set_attribute(
                    heading.token, "id", self._free(anchor_for(unescape(heading.explicit)))
                )
        kept = lasting_anchors(self.page.context.previous_toc, [h.text for h in self.headings])
        for heading, lasting in zip(self.headings, kept, strict=True):
            if not heading.explicit and lasting and lasting not in self.ids:
                set_attribute(heading.token, "id", self._free(lasting))
        for heading in self.headings:
            self._name_heading(heading)

    def _name_heading(self, heading: Heading) -> None:
        if get_attribute(heading.token, "id") is None:
            known = self.page.context.known_anchors.get(fold_title(heading.text))
            set_attribute(heading.token, "id", self._free(anchor_for(known or heading.text)))
        anchor = get_attribute(heading.token, "id") or ""
        self.page.toc.append(TocEntry(heading.level, anchor, heading.text))

    def _aim_fragments(self) -> None:
        """A link by the words of a heading reaches it even where it kept an older anchor."""
        by_words: dict[str, str] = {}
        for entry in self.page.toc:
            by_words.setdefault(anchor_for(entry.text), entry.anchor)
        for token in self.fragments:
            aim = (get_attribute(token, "href") or "")[1:]
            if aim not in self.ids and aim in by_words:
                set_attribute(token, "href", "#" + by_words[aim])
