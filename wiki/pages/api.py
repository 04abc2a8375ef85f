"""The programs' door to pages: read, write on a base, history, compare."""

from dataclasses import asdict

from flask import Response as Reply
from flask import jsonify
from spectree import Response

from wiki import clock
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading
from wiki.errors import Refusal
from wiki.locale import _, language
from wiki.pages.addresses import page_url
from wiki.pages.api_shapes import (
    ChangedPageIn,
    CompareOut,
    CompareQuery,
    ConflictOut,
    HistoryOut,
    HistoryQuery,
    NewPageIn,
    PageIn,
    PageOut,
    PagesOut,
    PagesQuery,
    RestoreIn,
    SavedOut,
)
from wiki.pages.categories import tree
from wiki.pages.compare import compare
from wiki.pages.content import Content, FactValue
from wiki.pages.fact_marks import fact_marks_of
from wiki.pages.facts import parse_all, typed_form
from wiki.pages.forms import reason_of, save_key_of
from wiki.pages.listing import WholePage, api_lines_visible_to, api_page_visible_to
from wiki.pages.merge import FieldConflict
from wiki.pages.merge_text import Hunk
from wiki.pages.queries import history_visible_to
from wiki.pages.restoring import restore_revision
from wiki.pages.revisions import Deed, content_of
from wiki.pages.saving import (
    Draft,
    InConflict,
    Outcome,
    Saved,
    Unchanged,
    new_page,
    save_page,
    visible_revision,
)
from wiki.pages.views.blueprint import desk
from wiki.pages.views.rooms import keep_look, seen_revision

_TAGS = ("pages",)


@api.get("/pages")
@needs(Permission.READ)
@spec.validate(query=PagesQuery, resp=Response(HTTP_200=PagesOut, HTTP_422=Failure), tags=_TAGS)
def list_pages(query: PagesQuery) -> Answer:
    """The pages one may see, in order of their ids."""
    category = _category_id(query.category)
    below = tree(reading()).below(category) if category else None
    lines = api_lines_visible_to(reading(), actor(), query, below)
    more = len(lines) > query.limit
    shown = lines[: query.limit]
    shelves = tree(reading()).shelves
    return jsonify(
        pages=[line.as_json(shelves) for line in shown], next=shown[-1].id if more else None
    )


@api.post("/pages")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(
    json=NewPageIn, resp=Response(HTTP_201=SavedOut, HTTP_409=Failure, HTTP_422=Failure), tags=_TAGS
)
def create_page(json: NewPageIn) -> Answer:
    """Create a page."""
    content = _content(json, {}, archived=False)
    deed = Deed("create", reason_of(json.reason), None, save_key_of(json.save_key))
    saved = new_page(desk(), actor(), json.language, content, deed)
    return _saved_json(saved.page_id, saved), 201


@api.get("/pages/<int:page_id>")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=PageOut, HTTP_404=Failure), tags=_TAGS)
def get_page(page_id: int) -> Answer:
    """One page as it is now."""
    page = _seen(page_id)
    return jsonify(**page.as_json(tree(reading()).shelves), stale_facts=_stale_facts(page_id))


@api.put("/pages/<int:page_id>")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(
    json=ChangedPageIn,
    resp=Response(HTTP_200=SavedOut, HTTP_404=Failure, HTTP_409=ConflictOut, HTTP_422=Failure),
    tags=_TAGS,
)
def change_page(page_id: int, json: ChangedPageIn) -> Answer:
    """Save a new version; what others saved since the base is merged, or answered with 409."""
    page, current = visible_revision(reading(), actor(), page_id)
    content = _content(json, dict(current.facts), page.archived)
    key, reason = save_key_of(json.save_key), reason_of(json.reason)
    outcome = save_page(desk(), actor(), page_id, Draft(content, json.base_revision, reason, key))
    return _outcome_json(page_id, outcome)


@api.get("/pages/<int:page_id>/revisions")
@needs(Permission.READ)
@spec.validate(query=HistoryQuery, resp=Response(HTTP_200=HistoryOut, HTTP_404=Failure), tags=_TAGS)
def list_revisions(page_id: int, query: HistoryQuery) -> Answer:
    """The versions of a page, the newest first."""
    visible_revision(reading(), actor(), page_id)
    lines = history_visible_to(reading(), actor(), page_id, query.before, query.limit)
    return jsonify(revisions=[{**line._asdict(), "at": line.at.isoformat()} for line in lines])


@api.get("/pages/<int:page_id>/revisions/<int:number>")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=PageOut, HTTP_404=Failure), tags=_TAGS)
def get_revision(page_id: int, number: int) -> Answer:
    """One page as one of its versions had it."""
    page = _seen(page_id, number)
    return jsonify(page.as_json(tree(reading()).shelves))


@api.get("/pages/<int:page_id>/compare")
@needs(Permission.READ)
@spec.validate(query=CompareQuery, resp=Response(HTTP_200=CompareOut, HTTP_404=Failure), tags=_TAGS)
def compare_revisions(page_id: int, query: CompareQuery) -> Answer:
    """What changed from one version to another."""
    _page, old = seen_revision(page_id, query.since)
    _page, new = visible_revision(reading(), actor(), page_id, query.to)
    found = compare(content_of(old), content_of(new))
    return jsonify(
        same=found.same,
        blocks=[
            {"kind": block.kind, "segments": [(s.kind, s.text) for s in block.inline]}
            for block in found.blocks
        ],
        facts=[asdict(row) for row in found.facts],
        fields=[asdict(row) for row in found.fields],
        tags_added=list(found.tags_added),
        tags_removed=list(found.tags_removed),
    )


@api.post("/pages/<int:page_id>/restore")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(json=RestoreIn, resp=Response(HTTP_200=SavedOut, HTTP_404=Failure), tags=_TAGS)
def restore_page(page_id: int, json: RestoreIn) -> Answer:
    """Make a new version that says what an older one said."""
    outcome = restore_revision(desk(), actor(), page_id, json.number, reason_of(json.reason))
    return _outcome_json(page_id, outcome)


def _seen(page_id: int, number: int | None = None) -> WholePage:
    page = api_page_visible_to(reading(), actor(), page_id, number)
    keep_look(page_id, page.line.room)
    return page


def _stale_facts(page_id: int) -> dict[str, str]:
    today = clock.today(actor().time_zone)
    marks = fact_marks_of(reading(), [page_id], today).get(page_id, {})
    return {key: mark.until.isoformat() for key, mark in marks.items()}


def _category_id(slug: str | None) -> int | None:
    if not slug:
        return None
    shelf = tree(reading()).by_slug(slug)
    if shelf is None:
        raise Refusal("There is no category %(slug)s.", slug=slug[:100])
    return shelf.id


def _content(asked: PageIn, kept: dict[str, FactValue], archived: bool) -> Content:
    """What the request says. Facts are checked like those a person types."""
    category = _category_id(asked.category)
    fields = tree(reading()).fields(category)
    typed = {key: typed_form(value) for key, value in asked.facts.items()}
    facts, refusals = parse_all(fields, typed, language(), kept)
    if refusals:
        raise next(iter(refusals.values()))
    others = set(typed) - {f.key for f in fields}
    if others - set(kept):
        names = ", ".join(sorted(others - set(kept)))
        raise Refusal("The category has no facts %(names)s.", names=names[:300])
    strays = {key: kept[key] for key in others}
    everything = {**strays, **facts}
    return Content(asked.title, asked.body, everything, tuple(asked.tags), category, archived)


def _outcome_json(page_id: int, outcome: Outcome) -> Answer:
    if isinstance(outcome, InConflict):
        return _conflict_json(outcome), 409
    return _saved_json(page_id, outcome)


def _saved_json(page_id: int, outcome: Saved | Unchanged) -> Reply:
    page, _current = visible_revision(fresh_reading(), actor(), page_id)
    return jsonify(
        id=page_id,
        revision=outcome.number,
        url=page_url(page.id, page.slug),
        changed=isinstance(outcome, Saved),
        merged=isinstance(outcome, Saved) and outcome.merged is not None,
    )


def _conflict_json(outcome: InConflict) -> Reply:
    conflict = outcome.conflict
    asked: tuple[Hunk | FieldConflict, ...] = (*conflict.text.hunks, *conflict.fields)
    return jsonify(
        error=_("Somebody else changed the same words meanwhile. Nothing was saved."),
        current_revision=outcome.theirs_number,
        conflicts=[
            {"name": q.name, "base": q.base, "yours": q.ours, "theirs": q.theirs} for q in asked
        ],
    )
