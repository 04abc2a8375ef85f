"""What is known of a page before its text is converted: title, language, shelf, headings."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from slugify import slugify

from wiki.pages.content import one_line
from wiki.pages.transfer.fences import mark_code
from wiki.pages.transfer.front_matter import FrontMatter, own_body, split
from wiki.pages.transfer.heads import Head, read_head

LANGUAGES = ("ru", "en")
_SAMPLE = 5_000
_H1 = re.compile(r"#[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_HEADING_ID = re.compile(r"[ \t]*\{[ \t]*#([\w.:-]+)[^{}]*\}")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_SUFFIX = re.compile(r"\.(ru|en)$", re.IGNORECASE)
_GENERIC = frozenset({"index", "readme"})


@dataclass(frozen=True)
class Wishes:
    """What the person who imports decided; language and category for files that do not tell."""

    language: str | None = None
    category: tuple[str, ...] = ()
    dry_run: bool = False


@dataclass(frozen=True)
class Outline:
    """A page to be, without its text.

    `category` is the path of names or slugs from the top. `fragments` maps what a link may
    have after its # to the heading it means. `twin` is equal for translations of one thing.
    """

    path: str
    source: str
    title: str
    language: str
    category: tuple[str, ...]
    head: Head
    twin: str
    earlier_titles: tuple[str, ...] = ()
    fragments: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Opened:
    """A file taken apart: outline, text below title and front matter, and the raw front matter."""

    outline: Outline
    body: str
    front: FrontMatter


def open_page(path: str, text: str, wishes: Wishes) -> Opened:
    """Take a file apart. Our own files stay as they are; of others the first `# Title` is cut."""
    front = split(text)
    head = read_head(front.fields)
    if head.own:
        return Opened(_own_outline(path, head), own_body(front.body), front)
    heading, body = _cut_title(front.body.strip("\n"))
    titles = [one_line(title) for title in (heading, head.title) if title]
    outline = Outline(
        path=path,
        source=path,
        title=(titles or [_title_of_file(path)])[0],
        language=_language(path, head, body, wishes),
        category=head.category or (*wishes.category, *_folders(path)),
        head=head,
        twin=twin_key(path),
        earlier_titles=tuple(titles[1:]) if titles[1:] != titles[:1] else (),
        fragments=_fragments(body),
    )
    return Opened(outline, body, front)


def twin_key(path: str) -> str:
    """The path without what names the language: equal for translations of one thing."""
    folder, name = posixpath.split(path)
    stem, _dot, _ending = name.rpartition(".")
    parts = [part for part in folder.split("/") if part.casefold() not in LANGUAGES]
    return "/".join([*parts, _SUFFIX.sub("", stem)])


def _own_outline(path: str, head: Head) -> Outline:
    return Outline(
        path=path,
        source=head.source or path,
        title=head.title or _title_of_file(path),
        language=head.language if head.language in LANGUAGES else "en",
        category=head.category or (),
        head=head,
        twin=head.twin or "",
        earlier_titles=head.earlier_titles,
    )


def _cut_title(body: str) -> tuple[str | None, str]:
    """The text of the first level-one heading, and the body without it.

    The heading is cut only when nothing stands before it: it is the page's title then.
    """
    lines = body.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    found = _H1.fullmatch(lines[first]) if first is not None else None
    if found is None or first is None:
        return None, body
    return _plain(found[1]), "\n".join(lines[first + 1 :]).strip("\n")


def _plain(heading: str) -> str:
    return _LINK.sub(r"\1", _HEADING_ID.sub("", heading)).replace("**", "").replace("`", "").strip()


def _title_of_file(path: str) -> str:
    folder, name = posixpath.split(path)
    stem = _SUFFIX.sub("", name.rpartition(".")[0])
    if stem.casefold() in _GENERIC and folder:
        stem = posixpath.basename(folder)
    return readable(stem) or "page"


def readable(name: str) -> str:
    """The name of a file or folder as words: `how-we-sell` → «How we sell»."""
    words = re.sub(r"[-_]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def _language(path: str, head: Head, body: str, wishes: Wishes) -> str:
    if head.language in LANGUAGES:
        return head.language
    parts = [part.casefold() for part in path.split("/")[:-1]]
    named = next((part for part in parts if part in LANGUAGES), None)
    suffix = _SUFFIX.search(path.rpartition(".")[0])
    if named or suffix:
        return named or (suffix[1].casefold() if suffix else "")
    return wishes.language or guessed_language(body)


def guessed_language(text: str) -> str:
    """'ru' when a good part of the letters is Cyrillic, else 'en'; code does not count."""
    lines = mark_code(text[: 4 * _SAMPLE].split("\n"))
    letters = [c for line, code in lines if not code for c in line if c.isalpha()][:_SAMPLE]
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
    return "ru" if cyrillic > 0.3 * len(letters) else "en"


def _folders(path: str) -> tuple[str, ...]:
    parts = path.split("/")[:-1]
    return tuple(part for part in parts if part.casefold() not in LANGUAGES)


def _fragments(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line, is_code in mark_code(body.split("\n")):
        heading = None if is_code or "#" not in line else _HEADING.fullmatch(line)
        if heading is None:
            continue
        text = _plain(heading[1])
        explicit = _HEADING_ID.findall(heading[1])
        meant = explicit[0] if explicit else _linkable(text)
        for fragment in (*explicit, _github_anchor(text), slugify(text, max_length=80)):
            found.setdefault(fragment, meant)
    return found


def _linkable(heading: str) -> str:
    return slugify(heading) if set(heading) & set("[]|#\\") else heading


def _github_anchor(text: str) -> str:
    kept = "".join(c for c in text.casefold() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


def renamed(outline: Outline, title: str) -> Outline:
    """The outline under another title."""
    return replace(outline, title=title)
