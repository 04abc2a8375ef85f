"""The browser's door to care: the queue of facts to verify, one page's facts, clicks."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from products.catalogue.care import api
from products.catalogue.care.field_lines import field_lines
from products.catalogue.care.forms import Whose, lives_in, values_in, whose_in
from products.catalogue.care.freshness import category_shares, page_shares_visible_to, sum_of
from products.catalogue.care.life_saving import set_lives
from products.catalogue.care.queries import (
    Asked,
    CaredFact,
    cared_facts_of,
    cared_page_visible_to,
    lately_verified_by,
    log_visible_to,
    stale_facts_of,
    waiting_visible_to,
)
from products.catalogue.care.rules import LONGEST_LIFE
from products.catalogue.care.services import hand_fact, take_back, verify_facts
from products.catalogue.care.showing import field_of, linked_by, money_text, text_of, typed_text
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, language, ngettext, say
from wiki.pages.addresses import page_url
from wiki.pages.categories import Tree, tree
from wiki.pages.forms import whole_number
from wiki.pages.queries import PageLine, possible_owners, titles_of_visible_to
from wiki.paging import Pager

__all__ = ["api", "care"]

care = Blueprint("care", __name__)

PER_PAGE = 20
_LATELY = timedelta(days=1)
MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class ShownCare:
    """A fact under care in words."""

    fact: CaredFact
    label: str
    text: str


@care.get("/care")
def queue() -> ResponseReturnValue:
    """The facts to verify, page by page, those with the most money in open deals first."""
    person, shelves, whose = actor(), tree(reading()), whose_in(request.args)
    asked, today = _asked(whose, shelves), clock.today(actor().time_zone)
    pages = waiting_visible_to(reading(), person, today, asked)
    pager = Pager.of(whose.page, len(pages), PER_PAGE)
    shown = pages[(pager.number - 1) * PER_PAGE : pager.number * PER_PAGE]
    facts = stale_facts_of(reading(), person, today, asked, [page.id for page in shown])
    words = _in_words(shelves, [one for own in facts.values() for one in own])
    return render_template(
        "products/catalogue/care/queue.html",
        whose=whose._replace(who="mine" if asked.mine else "all", page=pager.number),
        shelves=shelves,
        total=sum(page.facts for page in pages),
        pages=[
            (page, money_text(page.stake, language()), words.get(page.id, [])) for page in shown
        ],
        pager=pager,
        lately=lately_verified_by(reading(), person, clock.now() - _LATELY),
        label_of=lambda category_id, key: field_of(shelves, category_id, key).label(language()),
        said=lambda one: typed_text(field_of(shelves, one.category_id, one.key), one.value),
        pairs_of=lambda facts: [(shown.fact.key, shown.fact.value) for shown in facts],
        may_write=may(person, Permission.WRITE_PAGES),
        may_set=may(person, Permission.EDIT_CATEGORIES),
    )


@care.get("/care/pages/<int:page_id>")
def one_page(page_id: int) -> ResponseReturnValue:
    """All facts of a page: who vouched for them, until when, whose they are, and the log."""
    person, shelves = actor(), tree(reading())
    page = cared_page_visible_to(reading(), person, page_id)
    facts = _in_words(shelves, cared_facts_of(reading(), page_id)).get(page_id, [])
    order = {f.key: place for place, f in enumerate(shelves.fields(page.category_id))}
    facts.sort(key=lambda shown: (order.get(shown.fact.key, len(order)), shown.fact.key))
    return render_template(
        "products/catalogue/care/page.html",
        page=page,
        facts=facts,
        log=log_visible_to(reading(), person, page_id),
        said=lambda one: typed_text(field_of(shelves, one.category_id, one.key), one.value),
        labels={shown.fact.key: shown.label for shown in facts},
        owners=possible_owners(reading()),
        today=clock.today(person.time_zone),
        may_write=may(person, Permission.WRITE_PAGES) and not page.archived,
        person=person,
    )


@care.get("/care/freshness")
def freshness() -> ResponseReturnValue:
    """The share of fresh facts in all, by category, and by product of one of them."""
    shelves = tree(reading())
    pages = page_shares_visible_to(reading(), actor(), clock.today(actor().time_zone))
    shelf = shelves.by_slug(request.args.get("category", "")[:100])
    below = set(shelves.below(shelf.id)) if shelf else None
    inside = [page for page in pages if below is None or page.category_id in below]
    return render_template(
        "products/catalogue/care/freshness.html",
        shelf=shelf,
        total=sum_of(page.share for page in inside),
        categories=category_shares(shelves, pages),
        pages=inside[:MOST_PAGES],
        more=max(0, len(inside) - MOST_PAGES),
        may_set=may(actor(), Permission.EDIT_CATEGORIES),
    )


@care.get("/care/lives")
@needs(Permission.EDIT_CATEGORIES)
def lives() -> ResponseReturnValue:
    """For how many days the facts of each field are good."""
    return _lives_page({})


@care.post("/care/lives")
@needs(Permission.EDIT_CATEGORIES)
def change_lives() -> ResponseReturnValue:
    """Set the lives of all fields; what was typed stays on the screen when it is refused."""
    typed = lives_in(request.form)
    try:
        with transaction() as session:
            count = set_lives(session, actor(), typed)
    except Forbidden:
        raise
    except Refusal as refusal:
        flash(say(refusal), "danger")
        return _lives_page(typed), refusal.status
    flash(_("Saved. Facts are now good for as long as it says here."), "success")
    return redirect("/care/lives") if count else redirect("/care/freshness")


def _lives_page(typed: dict[int, str]) -> str:
    return render_template(
        "products/catalogue/care/lives.html",
        lines=field_lines(reading(), tree(reading())),
        typed=typed,
        longest=LONGEST_LIFE,
    )


@care.post("/pages/<int:page_id>/care/verify")
@needs(Permission.WRITE_PAGES)
def verify(page_id: int) -> ResponseReturnValue:
    """Vouch for one fact or several; back to where the click was."""
    page = cared_page_visible_to(reading(), actor(), page_id)
    values: dict[str, str] = {}
    try:
        values = values_in(request.form)
        with transaction() as session:
            verify_facts(session, actor(), page_id, values)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
    else:
        flash(_verified(len(values)), "success")
    return redirect(_way_back(page_url(page.id, page.slug), page_id))


def _verified(count: int) -> str:
    words = ngettext(
        "%(num)d fact is verified. A wrong click is taken back under “Verified lately”.",
        "%(num)d facts are verified. A wrong click is taken back under “Verified lately”.",
        count,
    )
    return str(words)


@care.post("/care/verifications/<int:verification_id>/take-back")
@needs(Permission.WRITE_PAGES)
def take_verification_back(verification_id: int) -> ResponseReturnValue:
    """Let the fact be as it was before the click."""
    page_id = 0
    try:
        with transaction() as session:
            page_id = take_back(session, actor(), verification_id).page_id
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
    else:
        flash(_("Taken back: the fact is to be verified as before."), "success")
    return redirect(_way_back(whose_in(request.form).address, page_id))


@care.post("/pages/<int:page_id>/care/owner")
@needs(Permission.WRITE_PAGES)
def change_owner_of_fact(page_id: int) -> ResponseReturnValue:
    """Hand one fact of a page to a colleague."""
    cared_page_visible_to(reading(), actor(), page_id)
    key, owner = request.form.get("key", ""), whole_number(request.form.get("owner")) or None
    try:
        with transaction() as session:
            hand_fact(session, actor(), page_id, key, owner)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "warning")
    else:
        flash(_("Saved who looks after the fact."), "success")
    return redirect(f"/care/pages/{page_id}")


def _way_back(page: str, page_id: int) -> str:
    """Where the form was sent from: the page, its care, or the queue as it was filtered."""
    ways = {"page": page, "care": f"/care/pages/{page_id}" if page_id else "/care"}
    return ways.get(request.form.get("to", ""), whose_in(request.form).address)


def _asked(whose: Whose, shelves: Tree) -> Asked:
    """Whose facts: without a word, directors look at all of them and others at their own."""
    mine = whose.who == "mine" or (not whose.who and not actor().is_director)
    if not whose.category:
        return Asked(mine)
    shelf = shelves.by_slug(whose.category)
    if shelf is None:
        raise Missing()
    return Asked(mine, shelves.below(shelf.id))


def _in_words(shelves: Tree, facts: list[CaredFact]) -> dict[int, list[ShownCare]]:
    """The facts by page, named and written in the reader's language."""
    pages: dict[int, PageLine] = titles_of_visible_to(reading(), actor(), linked_by(facts))
    found: dict[int, list[ShownCare]] = {}
    for fact in facts:
        label, text = text_of(shelves, fact, language(), pages)
        found.setdefault(fact.page_id, []).append(ShownCare(fact, label, text))
    return found
