"""Reading a page: now, at one of its revisions, by its title or tag."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from flask import (
    Response,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from wiki import clock
from wiki.accounts.access import actor
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.database import reading
from wiki.errors import Missing
from wiki.kept import KeptAnswers
from wiki.locale import language
from wiki.pages.addresses import page_url
from wiki.pages.categories import tree
from wiki.pages.content import one_line
from wiki.pages.fact_marks import FactMarks, fact_marks_of
from wiki.pages.forms import number_in_address
from wiki.pages.page_panels import page_panels_of
from wiki.pages.page_to_read import PageToRead, page_visible_to
from wiki.pages.queries import (
    PageLine,
    page_of_title_visible_to,
    tagged_visible_to,
    titles_like_visible_to,
    titles_of_visible_to,
)
from wiki.pages.rules import LONGEST_TAG
from wiki.pages.showing import linked_pages, nested_toc, shown_facts
from wiki.pages.views.blueprint import pages
from wiki.pages.views.rooms import Standing, keep_look, seen_revision, standing_of
from wiki.version import VERSION

_Linked = dict[int, PageLine]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a page shows besides its own text: how it stands, what it links to, panels."""

    standing: Standing
    linked: _Linked
    panels: Sequence[Markup]
    first_panels: Sequence[Markup]
    marks: FactMarks


@pages.get("/pages/<int:page_id>")
def by_number(page_id: int) -> ResponseReturnValue:
    """The short address leads to the whole one."""
    page = page_visible_to(reading(), actor(), page_id)
    return redirect(page_url(page.id, page.slug), 301)


@pages.get("/pages/<int:page_id>-<slug>")
def read(page_id: int, slug: str) -> ResponseReturnValue:
    """The page as it is now. A kept copy that is still right is answered with 304."""
    person = actor()
    page = page_visible_to(reading(), person, page_id)
    if page.slug != slug:
        return redirect(page_url(page.id, page.slug), 301)
    keep_look(page.id, page.room)
    beside = _Beside(
        standing_of(page.id, page.room),
        titles_of_visible_to(reading(), person, linked_pages(page.facts)),
        page_panels_of(reading(), person, page),
        page_panels_of(reading(), person, page, above=True),
        _marks(page, person),
    )
    etag = _etag(page, person, beside)
    if request.if_none_match.contains(etag) and "_flashes" not in session:
        return Response(status=304, headers={"ETag": f'"{etag}"'})
    if "saved_draft" in session or "_flashes" in session:
        return _page(page, person, beside)
    response = make_response(_kept_page(etag, page, person, beside))
    response.set_etag(etag)
    return response


def _marks(page: PageToRead, person: Actor) -> FactMarks:
    """The facts that are stale today; they depend on the day, so they are a part of the ETag."""
    if page.room is not None or not page.facts:
        return {}
    return fact_marks_of(reading(), [page.id], clock.today(person.time_zone)).get(page.id, {})


def _kept_page(etag: str, page: PageToRead, person: Actor, beside: _Beside) -> str | bytes:
    """The page as it was drawn for this reader before, else drawn now."""
    kept: KeptAnswers = current_app.extensions["kept_pages"]
    known = kept.get(etag)
    if known is None:
        html = _page(page, person, beside)
        kept.keep(etag, html)
        return html
    return known


def _page(page: PageToRead, person: Actor, beside: _Beside) -> str:
    shelves = tree(reading(), page.tree_stamp)
    fields = shelves.fields(page.category_id)
    return render_template(
        "wiki/pages/page.html",
        page=page,
        path=shelves.path(page.category_id),
        place=beside.standing.place,
        facts=shown_facts(fields, page.facts, language(), beside.linked),
        marks=beside.marks,
        toc=nested_toc(page.toc),
        panels=beside.panels,
        first_panels=beside.first_panels,
        may_write=beside.standing.may_write,
        may_archive=may(person, Permission.ARCHIVE_PAGES),
        saved_draft=session.pop("saved_draft") if "saved_draft" in session else None,
    )


def _etag(page: PageToRead, person: Actor, beside: _Beside) -> str:
    """All that the answer depends on, in one word.

    Not what the person may see besides: of that only links, translation, room, marks of facts and
    panels are shown.
    """
    theme = request.cookies.get("theme", "")
    # The session's own token stands for the signed one, which is signed anew at times.
    signed = generate_csrf()
    parts = (
        VERSION, page.id, page.stamp, page.number, page.slug, page.tree_stamp, page.watched,
        page.twin_changed_at, page.owner, page.author, theme, *_person_parts(person),
        beside.standing.place, beside.standing.may_write, *beside.marks.items(),
        *(str(html).replace(signed, "") for html in (*beside.first_panels, *beside.panels)),
        # The forms in a copy that the browser kept bear the token of the session it was made in.
        session.get("csrf_token"),
        *(line.url + line.title for line in beside.linked.values()),
    )  # fmt: skip
    return blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _person_parts(person: Actor) -> tuple[object, ...]:
    return (person.id, person.name, person.role, person.language, person.time_zone, person.news)


@pages.get("/pages/<int:page_id>/revisions/<int:number>")
def revision(page_id: int, number: int) -> ResponseReturnValue:
    """The page as one of its revisions had it."""
    person = actor()
    page, wanted = seen_revision(page_id, number)
    standing = standing_of(page_id, page.room)
    shelves = tree(reading())
    linked = titles_of_visible_to(reading(), person, linked_pages(wanted.facts))
    fields = shelves.fields(wanted.category_id)
    return render_template(
        "wiki/pages/revision.html",
        page=page,
        revision=wanted,
        path=shelves.path(wanted.category_id),
        place=standing.place,
        facts=shown_facts(fields, wanted.facts, language(), linked),
        toc=nested_toc(wanted.toc),
        may_write=standing.may_write,
    )


@pages.get("/pages/<int:page_id>/source")
def source(page_id: int) -> ResponseReturnValue:
    """The Markdown text of the page, or of the revision in `?number=`."""
    number = request.args.get("number", type=number_in_address)
    _page, wanted = seen_revision(page_id, number)
    return Response(wanted.body, mimetype="text/plain")


@pages.get("/pages/by-title/<path:title>")
def by_title(title: str) -> ResponseReturnValue:
    """The page that has or once had this title."""
    found = page_of_title_visible_to(reading(), actor(), one_line(title), language())
    if found is None:
        raise Missing()
    return redirect(found.url)


@pages.get("/pages/titles")
def titles() -> ResponseReturnValue:
    """Pages whose title fits what was typed so far; for inserting links."""
    typed = one_line(request.args.get("q", ""))[:100]
    first = one_line(request.args.get("language", ""))[:2]
    lines = titles_like_visible_to(reading(), actor(), typed, first)
    shelves = tree(reading()).shelves
    return jsonify(
        [
            {
                "id": line.id,
                "title": line.title,
                "language": line.language,
                "category": shelves[line.category_id].name(language())
                if line.category_id in shelves
                else "",
            }
            for line in lines
        ]
    )


@pages.get("/tags/<path:tag>")
def tag(tag: str) -> ResponseReturnValue:
    """All pages with a tag."""
    wanted = one_line(tag)[:LONGEST_TAG]
    lines = tagged_visible_to(reading(), actor(), wanted)
    return render_template(
        "wiki/pages/tag.html", tag=wanted, lines=lines, shelves=tree(reading()).shelves
    )
