"""The plan of an import: which files become which pages, made before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from wiki.errors import Refusal
from wiki.pages.rules import LARGEST_BODY
from wiki.pages.transfer.decoding import decode
from wiki.pages.transfer.manifest import FILES, read_files
from wiki.pages.transfer.outlines import Opened, Outline, Wishes, open_page
from wiki.pages.transfer.reading import Tree
from wiki.pages.transfer.report import Report
from wiki.pages.transfer.shelves import FILE_NAME, ShelfSource, read_shelves
from wiki.rendering import fold_title

_ENDINGS = (".md", ".markdown")
_NOT_PAGES = frozenset({"source.md", "license.md", "licence.md", "changelog.md", "contributing.md"})
_LARGEST_FILE = 4 * LARGEST_BODY


@dataclass
class Plan:
    """All pages to be, by path, with what else the tree tells."""

    outlines: dict[str, Outline] = field(default_factory=dict)
    shelves: list[ShelfSource] = field(default_factory=list)
    file_names: dict[int, str] = field(default_factory=dict)
    _by_title: dict[tuple[str, str], Outline] = field(default_factory=dict)

    def settle(self, outlines: list[Outline]) -> None:
        """Take the outlines with their final titles."""
        self.outlines = {outline.path: outline for outline in outlines}
        self._by_title = {
            (outline.language, fold_title(outline.title)): outline
            for outline in reversed(outlines)
            if not outline.head.archived
        }

    def means(self, language: str, title: str) -> Outline | None:
        """The page of this import that a link with this title leads to, its language first."""
        folded = fold_title(title)
        other = "en" if language == "ru" else "ru"
        return self._by_title.get((language, folded)) or self._by_title.get((other, folded))


def read_plan(tree: Tree, wishes: Wishes, report: Report) -> tuple[Plan, list[Outline]]:
    """Go through the tree once and keep only outlines; titles are not settled yet."""
    for refused in tree.refused:
        report.refuse(refused.path, refused.why)
    plan = Plan(shelves=_shelves(tree, report), file_names=read_files(tree, report))
    return plan, list(_outlines(tree, wishes, report))


def page_paths(tree: Tree) -> list[str]:
    """The paths of the Markdown files that are pages."""
    return [path for path in tree.sizes if is_page(path)]


def is_page(path: str) -> bool:
    """Whether a file of the tree is a page: Markdown, and no licence or note beside the pages."""
    beside = "/" not in path and path.casefold() in _NOT_PAGES
    shared = any(part.startswith("_") for part in path.split("/"))
    return path.casefold().endswith(_ENDINGS) and not beside and not shared


def open_file(tree: Tree, path: str, wishes: Wishes, report: Report | None = None) -> Opened:
    """Read one page of the tree; notes what was odd about it. Raises `Refusal`."""
    if tree.sizes[path] > _LARGEST_FILE:
        limit = LARGEST_BODY // 1000
        raise Refusal("Its text is larger than %(limit)d kB, so it was left out.", limit=limit)
    decoded = decode(tree.read(path))
    opened = open_page(path, decoded.text, wishes)
    if report is not None:
        _tell(report, path, decoded.encoding if decoded.guessed else "", opened)
    return opened


def _outlines(tree: Tree, wishes: Wishes, report: Report) -> Iterator[Outline]:
    sources: dict[str, str] = {}
    for path in page_paths(tree):
        try:
            outline = open_file(tree, path, wishes, report).outline
            first = sources.setdefault(outline.source, path)
            if first != path:
                raise Refusal("It is the same page as %(path)s, so it was left out.", path=first)
        except Refusal as refusal:
            report.refuse(path, refusal)
        else:
            yield outline


def _tell(report: Report, path: str, guessed: str, opened: Opened) -> None:
    if guessed:
        report.remark(path, Refusal("It was read as %(name)s text. Look at it.", name=guessed))
    if opened.front.problem is not None:
        report.remark(path, opened.front.problem)
    report.left_out.update(opened.outline.head.left_out)


def _shelves(tree: Tree, report: Report) -> list[ShelfSource]:
    if FILE_NAME not in tree.sizes:
        return []
    try:
        return read_shelves(decode(tree.read(FILE_NAME)).text)
    except Refusal as refusal:
        report.refuse(FILE_NAME, refusal)
        return []


def attachable(tree: Tree) -> frozenset[str]:
    """The files that pages may refer to: all but pages and lists."""
    lists = {FILE_NAME, FILES}
    return frozenset(path for path in tree.sizes if not is_page(path) and path not in lists)
