"""Two people changed the same words: both texts side by side, and a person decides."""

from collections.abc import Mapping
from dataclasses import replace

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading
from wiki.errors import Missing, Refusal
from wiki.locale import _, language, say
from wiki.pages.categories import Tree, tree
from wiki.pages.drafts import content_from_text, content_to_text
from wiki.pages.forms import reason_of, save_key_of, whole_number
from wiki.pages.merge import Choice, FieldConflict, FieldValue
from wiki.pages.models import Page
from wiki.pages.saving import Draft, InConflict, Settled, save_page, visible_revision
from wiki.pages.showing import fact_text
from wiki.pages.views.blueprint import desk, no_store, pages
from wiki.pages.views.saved import saved_answer


def conflict_page(page: Page, outcome: InConflict, problem: str = "") -> ResponseReturnValue:
    """The places to decide, with all that was typed carried along; nothing is stored yet."""
    # The other version may have been saved since this request began to read.
    shelves, draft = tree(fresh_reading()), outcome.draft
    answer = make_response(
        render_template(
            "wiki/pages/conflict.html",
            page=page,
            draft=draft,
            packed=content_to_text(draft.content),
            outcome=outcome,
            questions=[_question(shelves, conflict) for conflict in outcome.conflict.fields],
            problem=problem,
        )
    )
    answer.status_code = 409
    return no_store(answer)


@pages.post("/pages/<int:page_id>/settle")
@needs(Permission.WRITE_PAGES)
def settle(page_id: int) -> ResponseReturnValue:
    """Save what the person decided; a still newer version is merged in the same way."""
    page, _current = visible_revision(reading(), actor(), page_id)
    draft = _draft(page)
    try:
        outcome = save_page(desk(), actor(), page_id, draft)
    except Refusal as refusal:
        return _asked_again(page, draft, say(refusal))
    if isinstance(outcome, InConflict):
        return conflict_page(page, outcome)
    return saved_answer(page_id, outcome)


def _draft(page: Page) -> Draft:
    form = request.form
    content = content_from_text(form.get("content", ""))
    if content.category_id is not None and content.category_id not in tree(reading()).shelves:
        raise Missing()
    return Draft(
        content=replace(content, archived=page.archived),
        base_number=whole_number(form.get("base_number")),
        reason=reason_of(form.get("reason")),
        save_key=save_key_of(form.get("save_key")),
        settled=Settled(whole_number(form.get("theirs_number")), _choices()),
    )


def _choices() -> Mapping[str, Choice]:
    return {
        name.removeprefix("take-"): _choice(name.removeprefix("take-"), take)
        for name, take in request.form.items()
        if name.startswith("take-")
    }


def _choice(name: str, take: str) -> Choice:
    known = ("ours", "theirs", "base", "ours_then_theirs", "theirs_then_ours", "written")
    if take not in known:
        raise Refusal(
            "Some places are not decided yet. Nothing was lost: choose a text for each of them "
            "and save again."
        )
    if take == "written" and not name.startswith("hunk-"):
        raise Refusal(
            "A field can hold one value only. Nothing was lost: choose one of the two and save "
            "again."
        )
    written: FieldValue = request.form.get(f"written-{name}", "") if take == "written" else None
    return Choice(take, written)  # type: ignore[arg-type]


def _asked_again(page: Page, draft: Draft, problem: str) -> ResponseReturnValue:
    outcome = save_page(desk(), actor(), page.id, replace(draft, settled=None))
    if isinstance(outcome, InConflict):
        return conflict_page(page, outcome, problem)
    return saved_answer(page.id, outcome)


def _question(shelves: Tree, conflict: FieldConflict) -> dict[str, str]:
    """A conflict of a fact or field with both values as words."""
    key, words = conflict.fact, language()
    label = shelves.field(key).label(words) if key else conflict.name
    ours, theirs = (_text(shelves, conflict, v) for v in (conflict.ours, conflict.theirs))
    return {"name": conflict.name, "label": label, "ours": ours, "theirs": theirs}


def _text(shelves: Tree, conflict: FieldConflict, value: FieldValue) -> str:
    if conflict.fact:
        return fact_text(value, shelves.field(conflict.fact), language()) or "—"
    if conflict.name == "category_id":
        shelf = shelves.shelves.get(value) if isinstance(value, int) else None
        return shelf.name(language()) if shelf else "—"
    if conflict.name == "archived":
        return str(_("archived") if value else _("in use"))
    return str(value)
