"""Importing a tree of Markdown: the use case behind the command and the page."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from sqlalchemy import update
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash
from wiki.files.store import FileStore
from wiki.history.services import record
from wiki.pages.models import Page
from wiki.pages.revisions import Drawn
from wiki.pages.saving import Desk
from wiki.pages.services import pair_twins
from wiki.pages.transfer.attaching import Attacher
from wiki.pages.transfer.drawing import draw
from wiki.pages.transfer.ground import Ground
from wiki.pages.transfer.items import items_of
from wiki.pages.transfer.known import (
    chunks,
    known_visible_to,
    people_by_mail,
    taken_titles,
    teams_by_name,
)
from wiki.pages.transfer.outlines import Outline, Wishes
from wiki.pages.transfer.planning import read_plan
from wiki.pages.transfer.reading import Limits, Tree, open_tree
from wiki.pages.transfer.report import Done, Report
from wiki.pages.transfer.shelving import make_shelves, place_shelves
from wiki.pages.transfer.storing import Item, Stored, release, remember, reserve, store
from wiki.pages.transfer.titles import settle_titles

BATCH = 100
Progress = Callable[[int, int], None]
_Batch = Sequence[tuple[Item, Sequence[Drawn]]]


@dataclass(frozen=True)
class Workshop:
    """What an import needs around it: database, renderer and the store of files."""

    desk: Desk
    store: FileStore


def import_tree(
    workshop: Workshop,
    actor: Actor,
    source: Path,
    wishes: Wishes | None = None,
    progress: Progress = lambda done, total: None,
    limits: Limits | None = None,
) -> Report:
    """Import the folder or ZIP at `source`; `progress` is told of pages done and pages in all.

    The same tree again makes revisions only where its text changed. What people wrote here
    since is merged, or kept when it cannot be. Raises `Refusal` when the tree as a whole cannot
    be read; single files that cannot be taken are in the report.
    """
    require(actor, Permission.TRANSFER_PAGES)
    wishes = wishes or Wishes()
    report, began = Report(dry_run=wishes.dry_run), monotonic()
    with open_tree(source, limits) as tree:
        ground = _look_around(workshop, actor, tree, wishes, report)
        if wishes.dry_run:
            _compare(ground, progress)
        else:
            _make_room(ground)
            _write(ground, progress)
            _finish(ground, source)
    report.seconds = monotonic() - began
    return report


def _look_around(
    workshop: Workshop, actor: Actor, tree: Tree, wishes: Wishes, report: Report
) -> Ground:
    attacher = Attacher(workshop.desk.database, workshop.store, actor, tree, report)
    plan, outlines = read_plan(tree, wishes, report)
    ground = Ground(workshop.desk, actor, tree, wishes, report, plan, attacher)
    owners = [outline.head.owner for outline in outlines if outline.head.owner]
    with workshop.desk.database.reading() as session:
        ground.known = known_visible_to(session, actor, [o.source for o in outlines])
        taken = taken_titles(session, actor, {known.id for known in ground.known.values()})
        ground.people, ground.teams = people_by_mail(session, owners), teams_by_name(session)
    settled, remarks = settle_titles(outlines, taken)
    plan.settle(settled)
    report.remarks += remarks
    ground.ids = {source: known.id for source, known in ground.known.items()}
    return ground


def _make_room(ground: Ground) -> None:
    """Categories, and numbers for the new pages."""
    outlines = list(ground.plan.outlines.values())
    paths = {outline.category for outline in outlines}
    new = [outline for outline in outlines if outline.source not in ground.known]
    with ground.desk.database.transaction() as session:
        made = place_shelves(session, ground.actor, ground.plan.shelves)
        ground.report.categories = made + make_shelves(session, ground.actor, paths)
        ground.ids |= reserve(session, new)


def _compare(ground: Ground, progress: Progress) -> None:
    """What an import would do, without doing it."""
    total = len(ground.plan.outlines)
    with ground.desk.database.reading() as session:
        for done, part in enumerate(chunks(ground.plan.outlines.values(), BATCH)):
            for item in items_of(session, ground, part):
                _note(ground.report, item)
            progress(min(total, (done + 1) * BATCH), total)


def _write(ground: Ground, progress: Progress) -> None:
    """Batch after batch; while one is written, the next is rendered in the other processes."""
    total, done = len(ground.plan.outlines), 0
    with ThreadPoolExecutor(1) as writer:
        writing: Future[list[Stored]] | None = None
        for part in chunks(ground.plan.outlines.values(), BATCH):
            batch = _drawn(ground, part)
            _settle(ground, writing)
            writing = writer.submit(_store, ground, batch)
            done += len(part)
            progress(done, total)
        _settle(ground, writing)


def _drawn(ground: Ground, outlines: Sequence[Outline]) -> _Batch:
    with ground.desk.database.reading() as session:
        items = list(items_of(session, ground, outlines))
        same = [item for item in items if not item.steps]
        batch = draw(session, ground, items)
    _remember(ground, same)
    return batch


def _remember(ground: Ground, items: Iterable[Item]) -> None:
    strangers = []
    for item in items:
        _note(ground.report, item)
        known = ground.known[item.outline.source]
        if known.text_hash != item.text_hash and not known.by_key:
            strangers.append(item)
    if strangers:
        with ground.desk.database.transaction() as session:
            for item in strangers:
                remember(session, item.page_id, item.text_hash)


def _store(ground: Ground, batch: _Batch) -> list[Stored]:
    with ground.desk.database.transaction() as session:
        return store(session, ground.actor, batch)


def _settle(ground: Ground, writing: Future[list[Stored]] | None) -> None:
    for stored in writing.result() if writing else ():
        if stored.refusal is not None:
            ground.report.refuse(stored.item.outline.path, stored.refusal)
        else:
            _note(ground.report, stored.item)


def _note(report: Report, item: Item) -> None:
    done = Done(item.outline.path, item.page_id, item.outline.title)
    match item.outcome:
        case "created":
            report.created.append(done)
        case "changed":
            report.changed.append(done)
        case "merged":
            report.merged.append(done)
        case "conflict":
            report.conflicts.append(done)
        case _:
            report.unchanged += 1


def _finish(ground: Ground, source: Path) -> None:
    """Pair translations, give back unused numbers, write down that the import took place."""
    created = {done.page_id for done in ground.report.created}
    unused = set(ground.ids.values()) - {known.id for known in ground.known.values()} - created
    with ground.desk.database.transaction() as session:
        release(session, unused)
    for pairs in chunks(_pairs(ground, created), BATCH):
        ground.report.twins += _pair(ground, pairs, created)
    with ground.desk.database.transaction() as session:
        counts = {
            name: len(getattr(ground.report, name))
            for name in ("created", "changed", "merged", "conflicts", "refused")
        }
        after = {"source": source.name, **counts}
        record(session, ground.actor, "import pages", "import", 0, None, after)


def _pairs(ground: Ground, created: set[int]) -> list[tuple[int, int]]:
    """Translations of one thing where at least one page is new, the smaller number first."""
    groups: dict[str, dict[str, int]] = {}
    for outline in ground.plan.outlines.values():
        ident = ground.ids.get(outline.source)
        if ident and outline.twin and (ident in created or outline.source in ground.known):
            groups.setdefault(outline.twin, {}).setdefault(outline.language, ident)
    pairs = [sorted(group.values()) for group in groups.values() if len(group) == 2]
    return [(pair[0], pair[1]) for pair in pairs if created & set(pair)]


def _pair(ground: Ground, pairs: Sequence[tuple[int, int]], created: set[int]) -> int:
    """New pages are paired in one statement each; a pairing that people made stays."""
    done = 0
    with ground.desk.database.transaction() as session:
        for one, other in pairs:
            if {one, other} <= created:
                both = update(Page).where(Page.id.in_((one, other)))
                session.execute(both.values(twin_group=one))
                done += 1
            elif all(session.get_one(Page, ident).twin_group is None for ident in (one, other)):
                done += _paired(ground, session, one, other)
    return done


def _paired(ground: Ground, session: Session, one: int, other: int) -> int:
    try:
        pair_twins(session, ground.actor, one, other)
    except Clash:
        return 0
    return 1
