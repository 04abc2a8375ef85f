"""Going back: restore a version, undo one change, archive or bring back. Each is a save."""

from dataclasses import replace

from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash
from wiki.pages.merge import Conflicted, undo
from wiki.pages.revisions import content_of
from wiki.pages.saving import Desk, Draft, Outcome, save_page, visible_revision


def restore_revision(desk: Desk, actor: Actor, page_id: int, number: int, reason: str) -> Outcome:
    """Make a new revision that says what revision `number` said; archived or not stays."""
    with desk.database.reading() as session:
        page, current = visible_revision(session, actor, page_id)
        _page, wanted = visible_revision(session, actor, page_id, number)
        content = replace(content_of(wanted), archived=current.archived)
    draft = Draft(content, page.current_number, reason, kind="restore")
    return save_page(desk, actor, page_id, draft)


def undo_revision(desk: Desk, actor: Actor, page_id: int, number: int, reason: str) -> Outcome:
    """Take back what one revision changed, keeping what came after, when the two do not touch."""
    with desk.database.reading() as session:
        page, current = visible_revision(session, actor, page_id)
        _page, bad = visible_revision(session, actor, page_id, number)
        if number == 1:
            raise Clash("The first version cannot be undone. Archive the page instead.")
        _page, parent = visible_revision(session, actor, page_id, number - 1)
        result = undo(content_of(current), content_of(bad), content_of(parent))
    if isinstance(result, Conflicted):
        raise Clash(
            "Version %(number)d cannot be undone on its own, because later versions changed the "
            "same words. Nothing was changed. Compare the versions and edit the text by hand.",
            number=number,
        )
    draft = Draft(result.content, page.current_number, reason, kind="undo")
    return save_page(desk, actor, page_id, draft)


def set_archived(
    desk: Desk, actor: Actor, page_id: int, archived: bool, reason: str = ""
) -> Outcome:
    """Archive a page or bring it back; its text and history stay."""
    require(actor, Permission.ARCHIVE_PAGES)
    with desk.database.reading() as session:
        page, current = visible_revision(session, actor, page_id)
        content = replace(content_of(current), archived=archived)
    kind = "archive" if archived else "unarchive"
    return save_page(desk, actor, page_id, Draft(content, page.current_number, reason, kind=kind))
