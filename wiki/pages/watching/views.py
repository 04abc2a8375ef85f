"""Watching, the bell, and what stands behind it. Opening a page never marks anything by itself."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor, needs
from wiki.accounts.addresses import safe_next
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing
from wiki.locale import _
from wiki.pages.kinds import kind_name
from wiki.pages.watching import queries, services
from wiki.pages.watching.services import Target
from wiki.paging import parse_key

watching = Blueprint("watching", __name__)


@watching.get("/notices")
@needs(Permission.READ)
def notices() -> str:
    """What the person was told, the newest first."""
    part = queries.notices_visible_to(reading(), actor(), parse_key(request.args.get("before")))
    return render_template("wiki/pages/watching/notices.html", part=part, kind_name=kind_name)


@watching.post("/notices/read")
@needs(Permission.READ)
def read_all() -> ResponseReturnValue:
    """Mark all as read."""
    with transaction() as session:
        services.mark_all_read(session, actor())
    return redirect("/notices")


@watching.post("/notices/<int:notice_id>/read")
@needs(Permission.READ)
def read_one(notice_id: int) -> ResponseReturnValue:
    """Mark one as read and stay in the list."""
    with transaction() as session:
        services.mark_read(session, actor(), notice_id)
    return redirect("/notices")


@watching.post("/notices/<int:notice_id>/open")
@needs(Permission.READ)
def open_one(notice_id: int) -> ResponseReturnValue:
    """Mark one as read and go where its news can be seen."""
    with transaction() as session:
        services.mark_read(session, actor(), notice_id)
    line = queries.notice_visible_to(reading(), actor(), notice_id)
    if line is None:
        raise Missing()
    return redirect(line.url)


@watching.get("/watching")
@needs(Permission.READ)
def watched() -> str:
    """Pages and categories the person watches."""
    return render_template(
        "wiki/pages/watching/watched.html",
        pages=queries.watched_pages_visible_to(reading(), actor()),
        categories=queries.watched_categories(reading(), actor()),
    )


@watching.post("/pages/<int:ident>/watch")
@needs(Permission.READ)
def watch_page(ident: int) -> ResponseReturnValue:
    """Watch a page."""
    return _watch(Target("page", ident), f"/pages/{ident}")


@watching.post("/pages/<int:ident>/unwatch")
@needs(Permission.READ)
def unwatch_page(ident: int) -> ResponseReturnValue:
    """No longer watch a page."""
    return _unwatch(Target("page", ident), f"/pages/{ident}")


@watching.post("/categories/<int:ident>/watch")
@needs(Permission.READ)
def watch_category(ident: int) -> ResponseReturnValue:
    """Watch a category with everything below it."""
    return _watch(Target("category", ident), "/watching")


@watching.post("/categories/<int:ident>/unwatch")
@needs(Permission.READ)
def unwatch_category(ident: int) -> ResponseReturnValue:
    """No longer watch a category."""
    return _unwatch(Target("category", ident), "/watching")


def _watch(target: Target, otherwise: str) -> ResponseReturnValue:
    with transaction() as session:
        services.watch(session, actor(), target)
    flash(_("You will hear of changes here, by the bell above and in a letter each morning."))
    return redirect(safe_next(request.form.get("next"), otherwise))


def _unwatch(target: Target, otherwise: str) -> ResponseReturnValue:
    with transaction() as session:
        services.unwatch(session, actor(), target)
    flash(_("You will no longer hear of changes here."))
    return redirect(safe_next(request.form.get("next"), otherwise))
