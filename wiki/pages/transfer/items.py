"""Which pages of a batch are to be stored, and as what."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from wiki.errors import Refusal
from wiki.pages.categories import load_tree
from wiki.pages.content import Content
from wiki.pages.transfer.ground import Ground
from wiki.pages.transfer.links import Atlas
from wiki.pages.transfer.outlines import Outline
from wiki.pages.transfer.planning import attachable, open_file
from wiki.pages.transfer.preparing import Surroundings, content_of_file, hash_of_content
from wiki.pages.transfer.storing import IMPORT, Item, Step, steps_for


def items_of(session: Session, ground: Ground, outlines: Iterable[Outline]) -> Iterator[Item]:
    """The pages that differ from what is here; a file that cannot be taken goes to the report."""
    around = _surroundings(session, ground)
    for outline in outlines:
        try:
            yield _item(session, ground, outline, around)
        except Refusal as refusal:
            ground.report.refuse(outline.path, refusal)


def _surroundings(session: Session, ground: Ground) -> Surroundings:
    atlas = Atlas(
        pages=ground.plan.outlines,
        files=attachable(ground.tree),
        attach=ground.attacher.attach,
        address_of=ground.address_of,
        means=ground.plan.means,
    )
    return Surroundings(atlas, load_tree(session), ground.plan.file_names, ground.ids.get)


def _item(session: Session, ground: Ground, outline: Outline, around: Surroundings) -> Item:
    audience = ground.audience_of(outline)
    here = replace(around.atlas, attach=lambda path: ground.attacher.attach(path, audience))
    opened = open_file(ground.tree, outline.path, ground.wishes)
    content = content_of_file(opened, outline, replace(around, atlas=here), ground.report)
    item = Item(
        outline=outline,
        page_id=ground.ids.get(outline.source, 0),
        number=0,
        audience=audience,
        owner_id=None,
        text_hash=hash_of_content(content),
        steps=(Step(content, IMPORT, ""),),
        outcome="created",
    )
    if outline.source in ground.known:
        return _compared(session, ground, item, content)
    return replace(item, owner_id=ground.owner_of(outline))


def _compared(session: Session, ground: Ground, item: Item, content: Content) -> Item:
    known = ground.known[item.outline.source]
    item = replace(item, page_id=known.id, number=known.number, audience=known.audience)
    if known.text_hash == item.text_hash:
        return replace(item, steps=(), outcome="unchanged")
    if not item.outline.head.own and known.archived:
        content = replace(content, archived=True)
    if not item.outline.category:
        content = replace(content, category_id=known.category_id)
    outcome, steps, toc = steps_for(session, known, content, item.outline.head.revision)
    return replace(item, outcome=outcome, steps=steps, toc=toc)
