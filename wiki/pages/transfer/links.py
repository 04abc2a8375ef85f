"""Links and images between the files of a tree, turned into page links and attachments."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from wiki.pages.transfer.fences import Reveal, around_code, mark_code
from wiki.pages.transfer.outlines import Outline
from wiki.pages.transfer.paths import joined

_WORDS = {"ru": "рисунок", "en": "image"}
_TARGET = (
    r"\(\s*(?:<([^<>\n]{0,1000})>|((?:[^()\s<>]|\([^()\s]{0,300}\)){0,1000}))"
    r"(\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
_IMAGE = re.compile(r"!\[((?:[^\[\]\n]|\[[^\[\]\n]{0,300}\]){0,600})\]" + _TARGET)
_LINK = re.compile(r"(?<![!\\])\[((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,1000})\]" + _TARGET)
_ABSOLUTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_DEFINITION = re.compile(
    r" {0,3}\[([^\[\]^*\n]{1,200})\]:\s+<?([^\s<>]+)>?(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*"
)
_USE = re.compile(r"(!?)\[([^\[\]\n]{0,600})\]\[([^\[\]\n]{0,200})\]")
_HTML_IMAGE = re.compile(r"<img\b([^<>]{0,2000})>", re.IGNORECASE)
_HTML_LINK = re.compile(
    r"<a\s+href=\"([^\"<>\s]{1,1000})\"[^<>]{0,300}>([^<>\n]{0,600})</a>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*[\"']([^\"']*)[\"']")
_PAIRED = re.compile(r"^(\*\*|__|[*_])(.+)\1$", re.DOTALL)
_UNLINKABLE = frozenset("[]|#\\")


class Unresolved(NamedTuple):
    """A link or image that leads to nothing in the tree; its text was kept."""

    path: str
    target: str
    text: str


@dataclass(frozen=True)
class Atlas:
    """The tree as links see it.

    `pages` by path; `address_of` gives the address of a page for the rare title that cannot
    stand in a wiki link; `attach` stores a file and gives its address, or `None` when there is
    none; `means` says which page a title would lead to from a page in that language.
    """

    pages: dict[str, Outline]
    files: frozenset[str]
    attach: Callable[[str], str | None]
    address_of: Callable[[Outline], str]
    means: Callable[[str, str], Outline | None]


@dataclass
class Rewritten:
    """A text with its links settled, and what could not be settled."""

    text: str = ""
    links: int = 0
    images: int = 0
    unresolved: list[Unresolved] = field(default_factory=list)
    missing_images: list[Unresolved] = field(default_factory=list)


def rewrite_links(text: str, outline: Outline, atlas: Atlas) -> Rewritten:
    """Settle all links and images of one page; code is never touched."""
    scribe = _Scribe(outline, atlas)
    scribe.result.text = around_code(_inlined(text), scribe.rewrite)
    return scribe.result


class _Scribe:
    def __init__(self, outline: Outline, atlas: Atlas) -> None:
        self._outline, self._atlas = outline, atlas
        self._folder = posixpath.dirname(outline.path)
        self._reveal: Reveal = str
        self.result = Rewritten()

    def rewrite(self, paragraph: str, reveal: Reveal) -> str:
        """One paragraph with its links settled."""
        self._reveal = reveal
        if "<" in paragraph:
            paragraph = _HTML_IMAGE.sub(_as_image, paragraph)
            paragraph = _HTML_LINK.sub(lambda found: f"[{found[2]}]({found[1]})", paragraph)
        if "](" not in paragraph:
            return paragraph
        return _LINK.sub(self._link, _IMAGE.sub(self._image, paragraph))

    def _image(self, found: re.Match[str]) -> str:
        alt, target, title = found[1], _target(found), found[4] or ""
        path = None if _ABSOLUTE.match(target) else self._file(target)
        if _ABSOLUTE.match(target):
            return found[0]
        address = self._atlas.attach(path) if path else None
        if address:
            self.result.images += 1
            return f"![{alt}]({address}{title})"
        self.result.missing_images.append(Unresolved(self._outline.path, target, self._reveal(alt)))
        word = _WORDS.get(self._outline.language, _WORDS["en"])
        shown = alt.replace("*", "").strip() or posixpath.basename(target)
        return f"*({word}: {shown})*"

    def _link(self, found: re.Match[str]) -> str:
        label, target = found[1], _target(found)
        if _ABSOLUTE.match(target):
            return found[0]
        place, _hash, fragment = target.partition("#")
        page = self._page(place)
        if page is not None:
            self.result.links += 1
            return self._page_link(page, unquote(fragment), label)
        path = self._file(place)
        address = self._atlas.attach(path) if path else None
        if address:
            self.result.links += 1
            return f"[{label}]({address})"
        self.result.unresolved.append(Unresolved(self._outline.path, target, self._reveal(label)))
        return f"`{target}`" if label.strip() in ("", "{#T}") else label

    def _page_link(self, page: Outline, fragment: str, label: str) -> str:
        heading = page.fragments.get(fragment, "")
        if "![" in label:
            return f"{label} {self._page_link(page, fragment, '')}"
        text = label if label.strip() not in ("", "{#T}") else (heading or page.title)
        marks = _PAIRED.match(text.strip())
        if marks and not set(marks[1]) & set(marks[2]):
            return f"{marks[1]}{self._page_link(page, fragment, marks[2])}{marks[1]}"
        if page.path == self._outline.path and fragment:
            return self._to_itself(heading, fragment, text)
        return self._to_other(page, heading, text)

    def _to_itself(self, heading: str, fragment: str, text: str) -> str:
        bare = self._bare(text)
        if heading in ("", fragment) or set(bare) & _UNLINKABLE:
            return f"[{text}](#{fragment})"
        return f"[[#{heading}|{bare}]]"

    def _to_other(self, page: Outline, heading: str, text: str) -> str:
        bare = self._bare(text)
        fits = not (set(page.title) & _UNLINKABLE or set(bare) & _UNLINKABLE) and len(bare) <= 250
        if not fits or self._atlas.means(self._outline.language, page.title) != page:
            return f"[{text}]({self._atlas.address_of(page)})"
        anchor = f"#{heading}" if heading else ""
        return (
            f"[[{page.title}{anchor}]]"
            if bare == page.title and not heading
            else f"[[{page.title}{anchor}|{bare}]]"
        )

    def _bare(self, label: str) -> str:
        """The words of a label: what stands in a wiki link is not formatted."""
        plain = re.sub(r"\*\*|(?<!\w)[*_]|[*_](?!\w)", "", label)
        return " ".join(self._reveal(plain).split())

    def _page(self, place: str) -> Outline | None:
        if not place:
            return self._atlas.pages.get(self._outline.path)
        plain = unquote(place.partition("?")[0])
        for candidate in _candidates(plain):
            path = self._place(candidate)
            if path in self._atlas.pages:
                return self._atlas.pages[path]
        return self._folded(plain)

    def _folded(self, place: str) -> Outline | None:
        """A page whose folders were folded into its name: `../a/b.md` became `a-b.md`."""
        if not place.endswith(".md"):
            return None
        name = "-".join(part for part in place.split("/") if part not in (".", "..", ""))
        stem = posixpath.basename(self._outline.path).rpartition(".")[0]
        parts = stem.split("-")
        for length in range(len(parts) - 1, -1, -1):
            path = posixpath.join(self._folder, "-".join([*parts[:length], name]))
            if path in self._atlas.pages:
                return self._atlas.pages[path]
        return None

    def _file(self, target: str) -> str | None:
        path = self._place(unquote(target.partition("#")[0].partition("?")[0]))
        return path if path in self._atlas.files else None

    def _place(self, target: str) -> str | None:
        if target.startswith("/"):
            return joined("", target.lstrip("/"))
        return joined(self._folder, target)


def _candidates(place: str) -> list[str]:
    bare = place.rstrip("/")
    found = [bare, f"{bare}.md", f"{bare}/index.md", f"{bare}/README.md", f"{bare}.markdown"]
    stem, dot, ending = bare.rpartition(".")
    return [*found, f"{stem}.md"] if dot and ending.casefold() in ("html", "htm") else found


def _target(found: re.Match[str]) -> str:
    return (found[2] if found[2] is not None else found[3]).strip()


def _as_image(found: re.Match[str]) -> str:
    attributes = {name.casefold(): value for name, value in _ATTRIBUTE.findall(found[1])}
    source = attributes.get("src", "")
    if not source or " " in source or _ABSOLUTE.match(source):
        return found[0]
    return f"![{attributes.get('alt', '')}]({source})"


def _inlined(text: str) -> str:
    """Links by reference to files of the tree, written as plain links."""
    if "]:" not in text:
        return text
    lines, targets = [], {}
    for line, is_code in mark_code(text.split("\n")):
        found = None if is_code else _DEFINITION.fullmatch(line)
        if found and not _ABSOLUTE.match(found[2]):
            targets[found[1].casefold()] = found[2]
        else:
            lines.append(line)
    if not targets:
        return text

    def use(found: re.Match[str]) -> str:
        target = targets.get((found[3] or found[2]).casefold())
        return f"{found[1]}[{found[2]}]({target})" if target else found[0]

    return around_code("\n".join(lines), lambda paragraph, _reveal: _USE.sub(use, paragraph))
