"""Saved searches in the browser. Opening a list never marks anything as read by itself."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search.assembly import current_search
from search.saved import queries, services
from search.saved.asking import one_spelling, words_of
from search.saved.bell import recount_finds
from search.saved.queries import Saved
from search.saved.rules import LONGEST_NAME, Telling
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _, _l, say
from wiki.pages.content import one_line
from wiki.paging import parse_key

saved = Blueprint("saved_searches", __name__, url_prefix="/search/saved")

TELLING_NAMES = {
    Telling.OFF: _l("Do not tell me"),
    Telling.LIST: _l("Tell me in the list of what is new"),
    Telling.MAIL: _l("Tell me there and in a letter each morning"),
}


@saved.get("")
@needs(Permission.READ)
def index() -> str:
    """The person's own searches."""
    found = queries.saved_visible_to(reading(), actor(), current_search())
    return render_template(
        "search/saved/index.html", saved=found, words_of=words_of, telling_names=TELLING_NAMES
    )


@saved.post("")
@needs(Permission.READ)
def save() -> ResponseReturnValue:
    """Keep the search that was just run; its name and news can be set on the next page."""
    query = one_spelling(request.form.get("query", ""))
    name = request.form.get("name", "") or one_line(words_of(query))[:LONGEST_NAME]
    with transaction() as session:
        found = services.save_search(session, actor(), name or _("Without words"), query)
        ident = found.id
    flash(_("The search is saved. Here you can give it a name and hear of news."), "success")
    return redirect(f"/search/saved/{ident}")


@saved.get("/<int:saved_id>")
@needs(Permission.READ)
def edit(saved_id: int) -> str:
    """Name and news of one search."""
    found = _own(saved_id)
    return _form(found, found.name, found.telling)


@saved.post("/<int:saved_id>")
@needs(Permission.READ)
def change(saved_id: int) -> ResponseReturnValue:
    """Set name and news; what cannot be taken comes back in its form."""
    name, telling = (request.form.get(field, "") for field in ("name", "telling"))
    try:
        with transaction() as session:
            services.change_search(session, actor(), saved_id, name, telling)
            recount_finds(session, actor(), current_search())
    except Missing:
        raise
    except Refusal as refusal:
        return _form(_own(saved_id), name, telling, say(refusal)), refusal.status
    flash(_("The saved search was changed."), "success")
    return redirect("/search/saved")


@saved.post("/<int:saved_id>/remove")
@needs(Permission.READ)
def remove(saved_id: int) -> ResponseReturnValue:
    """Take a search out of the list."""
    with transaction() as session:
        services.remove_search(session, actor(), saved_id)
        recount_finds(session, actor(), current_search())
    flash(_("The search is removed. It can be brought back below."))
    return redirect("/search/saved")


@saved.post("/<int:saved_id>/bring-back")
@needs(Permission.READ)
def bring_back(saved_id: int) -> ResponseReturnValue:
    """Put a removed search back."""
    with transaction() as session:
        services.bring_back_search(session, actor(), saved_id)
        recount_finds(session, actor(), current_search())
    flash(_("The search is back in your list."), "success")
    return redirect("/search/saved")


@saved.get("/news")
@needs(Permission.READ)
def news() -> str:
    """What is new in all searches that tell, the newest first."""
    before = parse_key(request.args.get("before"))
    part = queries.finds_visible_to(reading(), actor(), current_search(), before)
    unread = queries.unread_visible_to(reading(), actor(), current_search())
    return render_template("search/saved/news.html", part=part, unread=unread)


@saved.post("/news/read")
@needs(Permission.READ)
def read_all() -> ResponseReturnValue:
    """Mark all finds as read."""
    with transaction() as session:
        services.mark_read(session, actor())
        recount_finds(session, actor(), current_search())
    return redirect("/search/saved/news")


@saved.post("/news/<int:find_id>/open")
@needs(Permission.READ)
def open_one(find_id: int) -> ResponseReturnValue:
    """Mark a find as read and go to what was found."""
    find = queries.find_visible_to(reading(), actor(), current_search(), find_id)
    if find is None:
        raise Missing()
    with transaction() as session:
        services.mark_read(session, actor(), [find_id])
        recount_finds(session, actor(), current_search())
    return redirect(find.document.url)


def _own(saved_id: int) -> Saved:
    found = queries.own_search(fresh_reading(), actor(), saved_id)
    if found is None:
        raise Missing()
    return found


def _form(found: Saved, name: str, telling: str, problem: str = "") -> str:
    return render_template(
        "search/saved/form.html",
        saved=found,
        words=words_of(found.query),
        name=name[: 2 * LONGEST_NAME],
        telling=telling,
        telling_names=TELLING_NAMES,
        problem=problem,
    )
