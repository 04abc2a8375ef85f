"""Exporting the pages a person may see, as Markdown with front matter, and their files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wiki.accounts.actor import EVERYONE, Actor
from wiki.accounts.rules import Permission, require
from wiki.files.store import FileStore
from wiki.history.services import record
from wiki.pages.categories import Tree, load_tree
from wiki.pages.transfer.exported import (
    FileRow,
    PageRow,
    earlier_titles,
    files_visible_to,
    pages_visible_to,
    sources_visible_to,
    team_names,
)
from wiki.pages.transfer.front_matter import join
from wiki.pages.transfer.heads import Head, write_head
from wiki.pages.transfer.importing import Progress, Workshop
from wiki.pages.transfer.known import key_of
from wiki.pages.transfer.manifest import FILES, write_files
from wiki.pages.transfer.own_files import outward, path_of
from wiki.pages.transfer.shelves import FILE_NAME, write_shelves
from wiki.pages.transfer.shelving import source_of
from wiki.pages.transfer.sinks import Sink, open_sink


@dataclass(frozen=True)
class Exported:
    """How much was written."""

    pages: int
    files: int
    categories: int


@dataclass
class _Around:
    """What the pages of one export refer to."""

    tree: Tree
    sources: Mapping[int, str]
    file_names: Mapping[int, str]
    titles: Mapping[int, list[str]]
    teams: Mapping[str, str]
    paths: set[str] = field(default_factory=set)


def export_tree(
    workshop: Workshop,
    actor: Actor,
    target: Path,
    progress: Progress = lambda done, total: None,
) -> Exported:
    """Write everything the actor may see to a new folder, or a ZIP when `target` ends so.

    Importing it into an empty instance gives the same contents again. Raises `Refusal` when
    something is at `target` already.
    """
    require(actor, Permission.TRANSFER_PAGES)
    with workshop.desk.database.reading() as session, open_sink(target) as sink:
        made = sources_visible_to(session, actor)
        files = files_visible_to(session, actor)
        around = _Around(
            tree=load_tree(session),
            sources={ident: path or key_of(ident, at) for ident, (path, at) in made.items()},
            file_names={file.id: file.name for file in files},
            titles=earlier_titles(session, list(made)),
            teams=team_names(session),
        )
        total = len(made) + len(files)
        for done, page in enumerate(pages_visible_to(session, actor, list(made)), start=1):
            _write_page(sink, page, around)
            progress(done, total)
        _write_rest(sink, around, workshop.store, files, _Later(progress, len(made), total))
    with workshop.desk.database.transaction() as session:
        counts = {"pages": len(made), "files": len(files)}
        record(session, actor, "export pages", "export", 0, None, counts)
    return Exported(len(made), len(files), len(around.tree.shelves))


@dataclass(frozen=True)
class _Later:
    """Progress that goes on counting where the pages ended."""

    progress: Progress
    begun: int
    total: int

    def __call__(self, done: int) -> None:
        self.progress(self.begun + done, self.total)


def _write_rest(
    sink: Sink, around: _Around, store: FileStore, files: list[FileRow], told: Callable[[int], None]
) -> None:
    tree = around.tree
    shelves = [shelf for top in tree.children(None) for shelf in _with_below(tree, top.id)]
    sink.write(FILE_NAME, write_shelves(source_of(shelf, tree) for shelf in shelves))
    sink.write(FILES, write_files(around.file_names))
    for done, file in enumerate(files, start=1):
        sink.copy(path_of(file.id, file.name), store.path(file.sha256))
        told(done)


def _with_below(tree: Tree, category_id: int) -> list[Any]:
    return [tree.shelves[ident] for ident in tree.below(category_id)]


def _write_page(sink: Sink, page: PageRow, around: _Around) -> None:
    path = _path(page, around)
    head = _head(page, around)
    fields = write_head(head, {"changed": page.at.isoformat(timespec="seconds")})
    sink.write(path, join(fields, outward(page.body, path, around.file_names)))


def _path(page: PageRow, around: _Around) -> str:
    shelves = "/".join(shelf.slug for shelf in around.tree.path(page.category_id))
    folder = "/".join(filter(None, ("pages", page.language, shelves)))
    path = f"{folder}/{page.slug}.md"
    if path.casefold() in around.paths:
        path = f"{folder}/{page.slug}-{page.id}.md"
    around.paths.add(path.casefold())
    return path


def _head(page: PageRow, around: _Around) -> Head:
    audience = around.teams.get(page.audience, page.audience)
    return Head(
        title=page.title,
        own=True,
        language=page.language,
        category=tuple(shelf.slug for shelf in around.tree.path(page.category_id)),
        tags=tuple(page.tags),
        facts={key: _fact(value, around) for key, value in page.facts.items()},
        owner=page.owner,
        audience=None if audience == EVERYONE else audience,
        archived=page.archived,
        source=around.sources[page.id],
        twin=f"twins-{page.twin_group}" if page.twin_group is not None else None,
        revision=page.number,
        earlier_titles=tuple(around.titles.get(page.id, ())),
    )


def _fact(value: Any, around: _Around) -> Any:
    """A link to a page by where that page comes from, since its number is another elsewhere."""
    if isinstance(value, dict) and set(value) == {"page"}:
        return {"page": around.sources.get(value["page"], f"page {value['page']}")}
    return value
