"""The page's tab «Discussion»: plain forms, no script needed."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import say
from wiki.pages.comments import services
from wiki.pages.comments.queries import page_row_visible_to, threads_visible_to
from wiki.pages.comments.rules import LONGEST_COMMENT, may_settle, paragraphs_of
from wiki.pages.forms import whole_number
from wiki.pages.views.rooms import keep_look, standing_of

comments = Blueprint("comments", __name__, url_prefix="/pages/<int:page_id>/comments")
comments.add_app_template_filter(paragraphs_of, "paragraphs")


@comments.get("")
def index(page_id: int) -> str:
    """All comments of a page."""
    return _room(page_id)


@comments.post("")
@needs(Permission.COMMENT)
def add(page_id: int) -> ResponseReturnValue:
    """Add a comment or an answer; what cannot be taken comes back in its form."""
    text, parent_id = request.form.get("text", ""), whole_number(request.form.get("parent")) or None
    try:
        with transaction() as session:
            comment = services.add_comment(session, actor(), page_id, text, parent_id)
            ident = comment.id
    except Missing:
        raise
    except Refusal as refusal:
        return _room(page_id, text, parent_id, say(refusal)), refusal.status
    return redirect(_place(page_id, ident))


@comments.post("/<int:comment_id>/resolve")
@needs(Permission.COMMENT)
def resolve(page_id: int, comment_id: int) -> ResponseReturnValue:
    """Mark a thread as dealt with."""
    with transaction() as session:
        services.resolve_comment(session, actor(), page_id, comment_id)
    return redirect(_place(page_id, comment_id))


@comments.post("/<int:comment_id>/reopen")
@needs(Permission.COMMENT)
def reopen(page_id: int, comment_id: int) -> ResponseReturnValue:
    """Open a resolved thread again."""
    with transaction() as session:
        services.reopen_comment(session, actor(), page_id, comment_id)
    return redirect(_place(page_id, comment_id))


@comments.post("/<int:comment_id>/withdraw")
@needs(Permission.COMMENT)
def withdraw(page_id: int, comment_id: int) -> ResponseReturnValue:
    """Take back one's own comment."""
    with transaction() as session:
        services.withdraw_comment(session, actor(), page_id, comment_id)
    return redirect(_place(page_id, comment_id))


def _room(page_id: int, text: str = "", parent: int | None = None, error: str = "") -> str:
    person = actor()
    page = page_row_visible_to(reading(), person, page_id)
    keep_look(page_id, page.room)
    threads = threads_visible_to(reading(), person, page_id)
    return render_template(
        "wiki/pages/comments/index.html",
        page=page,
        open_threads=[thread for thread in threads if thread.is_open],
        settled=[thread for thread in threads if not thread.is_open],
        typed={"text": text[: 2 * LONGEST_COMMENT], "parent": parent, "error": error},
        limit=LONGEST_COMMENT,
        may_settle=may_settle,
        may_write=standing_of(page_id, page.room).may_write,
        person_here=person,
    )


def _place(page_id: int, comment_id: int) -> str:
    return f"/pages/{page_id}/comments#comment-{comment_id}"
