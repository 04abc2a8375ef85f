"""Our own marks for Python-Markdown: what is neither standard nor an extension it ships."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import HtmlBlockPreprocessor, Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from wiki.rendering.code import code_block
from wiki.rendering.layout import lay_out
from wiki.rendering.links import PIPE, WIKI_LINK, address_of, hide_pipes, titles_in
from wiki.rendering.shapes import RenderContext
from wiki.rendering.words import ALERTS, word

_BARE_URL = r"(?<![\w/\"'=@.])https?://[^\s<>\"'`\x02\x03\[\]{}|\\^]{3,2000}"
_BARE_MAIL = r"(?<![\w.+\-/:@])[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}(?![\w@])"
_HEADING_ID = re.compile(r"[ ]*\{#([\w.\-:]{1,100})\}[ ]*$")
_TASK = re.compile(r"\[([ xX])\][ \u00a0]+")
_ALERT = re.compile(rf"\[!({'|'.join(ALERTS)})\]\s*", re.IGNORECASE)


class LayoutPreprocessor(Preprocessor):
    """Rearranges lines, takes fenced code out, notes which titles are linked."""

    def __init__(self, md: Markdown, linked: dict[str, None]) -> None:
        super().__init__(md)
        self.linked = linked

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines for the next step."""
        laid = lay_out(lines, self._stash)
        self.linked.update(dict.fromkeys(titles_in(laid)))
        return [*map(hide_pipes, laid.lines), "", ""]

    def _stash(self, code: str, language: str) -> str:
        stored: str = self.md.htmlStash.store(code_block(code, language))
        return stored


class RawHtmlPreprocessor(HtmlBlockPreprocessor):
    """Looks for raw HTML only where there can be some: it is a fifth of the time of a page."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines for the next step."""
        return super().run(lines) if any("<" in line for line in lines) else lines


class WikiLinkProcessor(InlineProcessor):
    """`[[Title#heading|text]]`; only titles the layout found outside code are linked."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(
        self, md: Markdown, context: RenderContext, linked: dict[str, None], used: dict[str, None]
    ) -> None:
        super().__init__(WIKI_LINK, md)
        self.context, self.linked, self.used = context, linked, used

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the link and the place it replaces."""
        title, heading, text = (part.strip() if part else "" for part in m.groups())
        if not (title or heading) or (title and title not in self.linked):
            return None, None, None
        if title:
            self.used.setdefault(title)
        return self._link(title, heading, text), m.start(0), m.end(0)

    def _link(self, title: str, heading: str, text: str) -> Element:
        url, state = address_of(title, heading, self.context)
        link = Element("a", {"href": url})
        if state:
            link.set("class", state)
            link.set("title", word(self.context.language, state))
        link.text = AtomicString(text or title or heading)
        return link


class BareAddressProcessor(InlineProcessor):
    """Addresses typed without brackets become links; closing punctuation stays outside."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, pattern: str, md: Markdown, scheme: str) -> None:
        super().__init__(pattern, md)
        self.scheme = scheme

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the link and the place it replaces."""
        address = m.group(0).rstrip(".,;:!?*_~-")
        if address.endswith(")") and "(" not in address:
            address = address.rstrip(")")
        link = Element("a", {"href": self.scheme + address})
        link.text = AtomicString(address)
        return link, m.start(0), m.start(0) + len(address)


class DetailsProcessor(BlockProcessor):
    """`??? kind "Title"` with an indented body: a block the reader opens; `???+` starts open."""

    _HEAD = re.compile(r"(?:^|\n)\?\?\?(\+?) ?([\w\-]*)(?: +\"(.*?)\")? *(?:\n|$)")

    def __init__(self, parser: BlockParser, context: RenderContext) -> None:
        super().__init__(parser)
        self.context = context

    def test(self, parent: Element, block: str) -> bool:
        """Tell whether this block begins or continues one of ours."""
        return bool(self._HEAD.search(block)) or (
            block.startswith(" " * self.tab_length) and self._open_in(parent) is not None
        )

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the first block off and put its elements into the parent."""
        block = blocks.pop(0)
        head = self._HEAD.search(block)
        if head:
            self.parser.parseBlocks(parent, [block[: head.start()]])
            details = self._new(parent, head)
            block = block[head.end() :]
        else:
            details = parent[-1]
        body, rest = self.detab(block)
        self.parser.parseChunk(details, body)
        if rest:
            blocks.insert(0, rest)

    def _open_in(self, parent: Element) -> Element | None:
        return parent[-1] if len(parent) and parent[-1].tag == "details" else None

    def _new(self, parent: Element, head: re.Match[str]) -> Element:
        opened, kind, title = head.groups()
        details = SubElement(parent, "details")
        if kind:
            details.set("class", f"admonition {kind.lower()}")
        if opened:
            details.set("open", "open")
        key = kind.lower() if kind.lower() in ALERTS else "details"
        SubElement(details, "summary").text = title or word(self.context.language, key)
        return details


class AlertTreeprocessor(Treeprocessor):
    """`> [!NOTE]` quotes become boxes; admonitions without a title get one in our language."""

    def __init__(self, md: Markdown, context: RenderContext) -> None:
        super().__init__(md)
        self.language = context.language

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for parent in list(root.iter()):
            for place, child in reversed(list(enumerate(parent))):
                if child.tag == "blockquote" and any(_alert_of(part) for part in child):
                    parent[place : place + 1] = self._split(child)
                elif child.get("class") == "admonition-title":
                    self._translate(child)

    def _split(self, quote: Element) -> list[Element]:
        boxes: list[Element] = []
        for part in quote:
            kind = _alert_of(part)
            if kind:
                boxes.append(self._box(kind))
                part.text = _ALERT.sub("", part.text or "", count=1)
            elif not boxes:
                boxes.append(Element("blockquote"))
            if not kind or part.text or len(part):
                boxes[-1].append(part)
        return boxes

    def _box(self, kind: str) -> Element:
        box = Element("div", {"class": f"admonition {kind}"})
        title = SubElement(box, "p", {"class": "admonition-title"})
        title.text = word(self.language, kind)
        return box

    def _translate(self, title: Element) -> None:
        kind = (title.text or "").lower()
        if kind in ALERTS:
            title.text = word(self.language, kind)


def _alert_of(part: Element) -> str | None:
    match = _ALERT.match(part.text or "") if part.tag == "p" else None
    return match.group(1).lower() if match else None


class TaskTreeprocessor(Treeprocessor):
    """List items that begin with `[ ]` or `[x]` get a box that shows the state."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for items in root.iter():
            if items.tag in ("ul", "ol"):
                for item in items:
                    self._mark(items, item)

    def _mark(self, items: Element, item: Element) -> None:
        holder = item[0] if not (item.text or "").strip() and len(item) else item
        match = _TASK.match(holder.text or "") if holder.tag in ("p", "li") else None
        if not match:
            return
        box = Element("input", {"type": "checkbox"})
        if match.group(1) != " ":
            box.set("checked", "checked")
        box.tail = " " + (holder.text or "")[match.end() :]
        holder.text = ""
        holder.insert(0, box)
        item.set("class", "task-list-item")
        items.set("class", "task-list")


class HeadingTreeprocessor(Treeprocessor):
    """`## Title {#id}` names its anchor; the page title is the only h1, so h1 shifts all down."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        headings = [element for element in root.iter() if re.fullmatch("h[1-6]", element.tag)]
        shift = 1 if any(element.tag == "h1" for element in headings) else 0
        for heading in headings:
            heading.tag = f"h{min(6, int(heading.tag[1]) + shift)}"
            self._name(heading)

    def _name(self, heading: Element) -> None:
        while match := _HEADING_ID.search(heading.text or ""):
            heading.text = (heading.text or "")[: match.start()]
            former = heading.get("id")
            if former:
                SubElement(heading, "span", {"id": former})
            heading.set("id", match.group(1))


class OwnMarks(Extension):
    """Registers all marks of this module for one rendering; `used` collects linked titles."""

    def __init__(self, context: RenderContext, used: dict[str, None]) -> None:
        super().__init__()
        self.context, self.used = context, used

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Called by Markdown when it is built."""
        linked: dict[str, None] = {}
        context = self.context
        md.preprocessors.register(LayoutPreprocessor(md, linked), "layout", 25)
        md.preprocessors.register(RawHtmlPreprocessor(md), "html_block", 20)
        md.parser.blockprocessors.register(DetailsProcessor(md.parser, context), "details", 106)
        wiki = WikiLinkProcessor(md, context, linked, self.used)
        md.inlinePatterns.register(wiki, "wiki_link", 185)
        url = BareAddressProcessor(_BARE_URL, md, "")
        md.inlinePatterns.register(url, "bare_url", 75)
        mail = BareAddressProcessor(_BARE_MAIL, md, "mailto:")
        md.inlinePatterns.register(mail, "bare_mail", 74)
        _add_strikethrough(md)
        md.treeprocessors.register(AlertTreeprocessor(md, context), "alerts", 34)
        md.treeprocessors.register(TaskTreeprocessor(md), "tasks", 32)
        md.treeprocessors.register(HeadingTreeprocessor(md), "headings", 31)


def _add_strikethrough(md: Markdown) -> None:
    if md.delimiters is not None:
        md.delimiters.add("~", "del", double=True)


def restore_pipes(html: str) -> str:
    """Put the | back wherever a wiki link was not made (code, raw HTML)."""
    return html.replace(PIPE, "|")
