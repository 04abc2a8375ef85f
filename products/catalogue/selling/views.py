"""The browser's door to selling: the card for a talk, its form, the headings that are missing."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from products.catalogue.selling import api
from products.catalogue.selling.card import criteria, offers, price_of, shown_kinds
from products.catalogue.selling.forms import fields_of, typed_parts
from products.catalogue.selling.parts import COLUMNS, LINKS, PartKind, Parts
from products.catalogue.selling.queries import (
    linked_visible_to,
    product_visible_to,
    titles_to_offer_visible_to,
)
from products.catalogue.selling.sections import read_parts
from products.catalogue.selling.services import Deed, add_missing_headings, save_parts
from products.catalogue.selling.wording import COLUMN_NAMES, HELP, PART_NAMES, PICTURES
from products.catalogue.selling.words import pieces
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import reading
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import language, say
from wiki.pages.categories import tree
from wiki.pages.fact_marks import fact_marks_of
from wiki.pages.forms import reason_of, save_key_of, whole_number
from wiki.pages.models import Page, Revision
from wiki.pages.queries import titles_of_visible_to
from wiki.pages.saving import InConflict, Outcome
from wiki.pages.services import new_save_key
from wiki.pages.showing import linked_pages, shown_facts
from wiki.pages.views.blueprint import desk, no_store
from wiki.pages.views.conflict import conflict_page
from wiki.pages.views.saved import saved_answer

__all__ = ["api", "selling"]

selling = Blueprint("selling", __name__)


@selling.get("/pages/<int:page_id>/selling")
def card(page_id: int) -> ResponseReturnValue:
    """All that a manager needs on the telephone: why, what if they say, who else, what not."""
    page, current = product_visible_to(reading(), actor(), page_id)
    parts, linked = read_parts(current.body), linked_visible_to(reading(), actor(), page_id)
    shelves = tree(reading())
    links = titles_of_visible_to(reading(), actor(), linked_pages(current.facts))
    fields = shelves.fields(page.category_id)
    facts = shown_facts(fields, current.facts, language(), links)
    today = clock.today(actor().time_zone)
    return render_template(
        "products/catalogue/selling/card.html",
        page=page,
        revision=current,
        path=shelves.path(page.category_id),
        parts=parts,
        kinds=shown_kinds(parts),
        facts=facts,
        marks=fact_marks_of(reading(), [page_id], today).get(page_id, {}),
        criteria=criteria(parts[PartKind.COMPETITORS], fields, facts),
        offers={kind: offers(parts[kind], linked) for kind in LINKS},
        linked=linked,
        price=price_of(current.facts, fields, language()),
        prices={
            one.id: price_of(one.facts, shelves.fields(one.category_id), language())
            for one in linked.values()
        },
        saved_draft=session.pop("saved_draft", None),
        **_words(),
    )


@selling.get("/pages/<int:page_id>/selling/edit")
@needs(Permission.WRITE_PAGES)
def edit(page_id: int) -> ResponseReturnValue:
    """The parts as fields."""
    page, current = product_visible_to(reading(), actor(), page_id)
    return _form(page, current, read_parts(current.body), str(current.number))


@selling.post("/pages/<int:page_id>/selling/edit")
@needs(Permission.WRITE_PAGES)
def save(page_id: int) -> ResponseReturnValue:
    """Save the fields as a new version, or show more rows with all that is typed."""
    page, current = product_visible_to(reading(), actor(), page_id)
    parts = typed_parts(request.form)
    if more := request.form.get("more", ""):
        return _again(page, current, parts, more)
    try:
        outcome = save_parts(desk(), actor(), page_id, parts, _deed())
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "danger")
        return _again(page, current, parts, status=refusal.status)
    return _answer(page, outcome)


@selling.post("/pages/<int:page_id>/selling/headings")
@needs(Permission.WRITE_PAGES)
def add_headings(page_id: int) -> ResponseReturnValue:
    """Add the headings of the parts that the text lacks, and lead to its form."""
    page, current = product_visible_to(reading(), actor(), page_id)
    outcome = add_missing_headings(desk(), actor(), page_id, Deed(current.number))
    if isinstance(outcome, InConflict):
        return conflict_page(page, outcome)
    saved_answer(page_id, outcome)
    return redirect(f"/pages/{page_id}/edit")


def _answer(page: Page, outcome: Outcome) -> ResponseReturnValue:
    """Say what was saved and lead to the card; a conflict is settled like one of any text."""
    if isinstance(outcome, InConflict):
        return conflict_page(page, outcome)
    saved_answer(page.id, outcome)
    session["saved_draft"] = f"selling-{page.id}"
    return redirect(f"/pages/{page.id}/selling")


def _deed() -> Deed:
    form = request.form
    return Deed(
        whole_number(form.get("base_number")),
        reason_of(form.get("reason")),
        save_key_of(form.get("save_key")),
    )


def _again(
    page: Page, current: Revision, parts: Parts, more: str = "", status: int = 200
) -> ResponseReturnValue:
    """The form with everything that was typed; parts that were not in it as the page has them."""
    known = read_parts(current.body)
    shown = Parts({kind: parts.by_kind.get(kind, known[kind]) for kind in PartKind})
    base = request.form.get("base_number", "")
    answer = make_response(_form(page, current, shown, base, more))
    answer.status_code = status
    return answer


def _form(
    page: Page, current: Revision, parts: Parts, base: str, more: str = ""
) -> ResponseReturnValue:
    shelves, there = tree(reading()), read_parts(current.body)
    near = shelves.below(path[0].id) if (path := shelves.path(page.category_id)) else []
    html = render_template(
        "products/catalogue/selling/edit.html",
        page=page,
        fields=fields_of(parts, more),
        words={kind: there[kind].words for kind in PartKind},
        missing=there.missing,
        base_number=base,
        save_key=save_key_of(request.form.get("save_key")) or new_save_key(),
        reason=request.form.get("reason", ""),
        more=more,
        titles=titles_to_offer_visible_to(reading(), actor(), page.language, near, [page.id]),
        fact_names=[f.label(page.language) for f in shelves.fields(page.category_id)],
        columns=COLUMNS,
        column_names=COLUMN_NAMES,
        help=HELP,
        links=LINKS,
        **_words(),
    )
    return no_store(make_response(html))


def _words() -> dict[str, object]:
    return {
        "names": PART_NAMES,
        "pictures": PICTURES,
        "pieces": pieces,
        "K": PartKind,
        "may_write": may(actor(), Permission.WRITE_PAGES),
    }
