"""Saving what somebody typed: merge with what others saved, render, store; again if overtaken.

Rendering takes long and happens between two transactions, so that nobody waits for the lock of
the database meanwhile. The page's number is compared again before storing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wiki.accounts.actor import EVERYONE, Actor
from wiki.accounts.rules import Permission, require
from wiki.database import Database
from wiki.errors import Clash, Missing
from wiki.pages.content import Content, normalise
from wiki.pages.drawing import render_context, toc_entries
from wiki.pages.merge import Choice, Conflicted, Merged, Summary, merge, resolve
from wiki.pages.models import Page, Revision
from wiki.pages.resending import page_sent_before, sent_before
from wiki.pages.revisions import Deed, Drawn, add_revision, content_of, locked_page
from wiki.pages.rules import check_base, check_content, check_reason
from wiki.pages.services import create_page
from wiki.rendering.pool import RenderPool
from wiki.rendering.shapes import RenderContext

_ATTEMPTS = 5


@dataclass(frozen=True)
class Settled:
    """A person's answers to a conflict with the version `theirs_number`."""

    theirs_number: int
    choices: Mapping[str, Choice]


@dataclass(frozen=True)
class Draft:
    """What somebody wants to save, the version it began from, and why."""

    content: Content
    base_number: int
    reason: str = ""
    save_key: str | None = None
    kind: str = "edit"
    settled: Settled | None = None


@dataclass(frozen=True)
class Saved:
    """A stored revision; `merged` says what came in from others meanwhile."""

    page_id: int
    number: int
    revision_id: int
    merged: Summary | None = None


@dataclass(frozen=True)
class Unchanged:
    """The text is what the page already says: no revision was made."""

    page_id: int
    number: int


@dataclass(frozen=True)
class InConflict:
    """Somebody changed the same words: a person must decide before anything is stored.

    `draft` is what the questions are about; answers that were given already are in its text.
    """

    theirs_number: int
    conflict: Conflicted
    draft: Draft


Outcome = Saved | Unchanged | InConflict


@dataclass(frozen=True)
class Desk:
    """What saving needs around it: the database and the renderer."""

    database: Database
    renderer: RenderPool


@dataclass(frozen=True)
class _Plan:
    content: Content
    number: int
    context: RenderContext
    deed: Deed
    meant: dict[str, int | None] = field(default_factory=dict)
    merged: Summary | None = None


def save_page(desk: Desk, actor: Actor, page_id: int, draft: Draft) -> Outcome:
    """Save a draft on top of whatever the page is by now.

    Raises `Missing` when the actor may not see the page, `Refusal` when the draft breaks a rule.
    """
    require(actor, Permission.WRITE_PAGES)
    check_reason(draft.reason)
    draft = replace(draft, content=normalise(draft.content))
    check_content(draft.content)
    for _attempt in range(_ATTEMPTS):
        with desk.database.reading() as session:
            plan = _plan(session, actor, page_id, draft)
        if not isinstance(plan, _Plan):
            return plan
        saved = _store(desk, actor, page_id, plan)
        if saved is not None:
            return saved
    return _save_under_lock(desk, actor, page_id, draft)


def _save_under_lock(desk: Desk, actor: Actor, page_id: int, draft: Draft) -> Outcome:
    """The same while nobody else can save: whoever was overtaken again and again gets through."""
    with desk.database.transaction() as session:
        page = locked_page(session, page_id)
        plan = _plan(session, actor, page_id, draft)
        if not isinstance(plan, _Plan):
            return plan
        drawn = Drawn(desk.renderer.render(plan.content.body, plan.context), plan.meant)
        return _added(session, actor, page, plan, drawn)


def _crowded() -> Clash:
    return Clash(
        "This page is being saved by many people at once. Your text is still in the form: save "
        "again in a few seconds."
    )


def new_page(
    desk: Desk,
    actor: Actor,
    language: str,
    content: Content,
    deed: Deed,
    audience: str = EVERYONE,
) -> Saved:
    """Save the first revision of a new page. Raises `Refusal` when it breaks a rule."""
    require(actor, Permission.WRITE_PAGES)
    content = normalise(content)
    check_content(content)
    check_reason(deed.reason)
    with desk.database.reading() as session:
        context, meant = render_context(session, None, audience, language, content, ())
    drawn = Drawn(desk.renderer.render(content.body, context), meant)
    for _attempt in range(_ATTEMPTS):
        try:
            with desk.database.transaction() as session:
                sent = page_sent_before(session, actor, deed.save_key, language, content)
                if sent.revision:
                    return _saved(sent.revision)
                free = replace(deed, save_key=deed.save_key if sent.free else None)
                page = create_page(session, actor, language, content, drawn, free, audience)
                return Saved(page.id, page.current_number, page.current_revision_id or 0)
        except IntegrityError:
            # PostgreSQL: another transaction took the title or the key at this very moment.
            continue
    raise _crowded()


def visible_revision(
    session: Session, actor: Actor, page_id: int, number: int | None = None
) -> tuple[Page, Revision]:
    """A page the actor may see and one of its revisions (the current one by default).

    Raises `Missing` for absent and unseen alike.
    """
    wanted = Page.current_number if number is None else number
    statement = (
        select(Page, Revision)
        .join(Revision, (Revision.page_id == Page.id) & (Revision.number == wanted))
        .where(Page.id == page_id, Page.audience.in_(actor.audiences))
    )
    row = session.execute(statement).first()
    if row is None:
        raise Missing()
    return row[0], row[1]


def _plan(session: Session, actor: Actor, page_id: int, draft: Draft) -> _Plan | Outcome:
    page, current = visible_revision(session, actor, page_id)
    check_base(draft.base_number, page.current_number)
    if draft.settled is not None:
        draft = _with_answers(session, actor, page_id, draft, draft.settled)
    sent = sent_before(session, actor, page_id, draft.save_key, draft.base_number, draft.content)
    if sent.revision:
        return _saved(sent.revision)
    merged = _merged(session, actor, page, current, draft)
    if isinstance(merged, Conflicted):
        return InConflict(page.current_number, merged, draft)
    if merged.content == content_of(current):
        return Unchanged(page.id, page.current_number)
    check_content(merged.content)
    context, meant = render_context(
        session, page.id, page.audience, page.language, merged.content, toc_entries(current)
    )
    foreign = merged.summary if draft.base_number != page.current_number else None
    key = draft.save_key if sent.free else None
    deed = Deed(draft.kind, draft.reason, draft.base_number, key)
    return _Plan(merged.content, page.current_number, context, deed, meant, foreign)


def _merged(
    session: Session, actor: Actor, page: Page, current: Revision, draft: Draft
) -> Merged | Conflicted:
    if draft.base_number == page.current_number:
        return Merged(draft.content, Summary(0, (), ()))
    _page, base = visible_revision(session, actor, page.id, draft.base_number)
    return merge(content_of(base), draft.content, content_of(current))


def _with_answers(
    session: Session, actor: Actor, page_id: int, draft: Draft, settled: Settled
) -> Draft:
    _page, base = visible_revision(session, actor, page_id, draft.base_number)
    _page, theirs = visible_revision(session, actor, page_id, settled.theirs_number)
    conflict = merge(content_of(base), draft.content, content_of(theirs))
    if isinstance(conflict, Conflicted):
        content = resolve(conflict, settled.choices)
    else:
        content = conflict.content
    return replace(draft, content=content, base_number=settled.theirs_number, settled=None)


def _store(desk: Desk, actor: Actor, page_id: int, plan: _Plan) -> Saved | None:
    """The stored revision; `None` when somebody was faster and all must be planned again."""
    drawn = Drawn(desk.renderer.render(plan.content.body, plan.context), plan.meant)
    try:
        with desk.database.transaction() as session:
            page = locked_page(session, page_id)
            if page.current_number != plan.number:
                return None
            return _added(session, actor, page, plan, drawn)
    except IntegrityError:
        # PostgreSQL: another transaction took the title or the key at this very moment.
        return None


def _added(session: Session, actor: Actor, page: Page, plan: _Plan, drawn: Drawn) -> Saved:
    revision = add_revision(session, actor, page, plan.content, drawn, plan.deed)
    return Saved(page.id, revision.number, revision.id, plan.merged)


def _saved(revision: Revision) -> Saved:
    return Saved(revision.page_id, revision.number, revision.id)
