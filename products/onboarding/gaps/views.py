"""The browser's door to questions that no page answered."""

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from products.onboarding.gaps import api, rules, services
from products.onboarding.gaps.owners import keepers_by_category
from products.onboarding.gaps.panels import category_choices
from products.onboarding.gaps.queries import GapLine, Show, gap_visible_to, gaps_visible_to
from products.onboarding.gaps.wording import STATES
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, language, say
from wiki.pages.categories import tree
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number
from wiki.pages.queries import page_of_title_visible_to
from wiki.paging import parse_key

__all__ = ["api", "gaps"]

gaps = Blueprint("gaps", __name__)


@gaps.get("/gaps")
@needs(Permission.READ)
def questions() -> str:
    """`?show=to-answer`, `asked`, `open` or `settled`, the newest first."""
    return _list()


@gaps.get("/gaps/new")
@needs(Permission.COMMENT)
def new() -> str:
    """The form for a question; `?q=` fills it; who looks after which category stands beside it."""
    return _form(request.args.get("q", ""), request.args.get("category", ""))


@gaps.post("/gaps")
@needs(Permission.COMMENT)
def ask() -> ResponseReturnValue:
    """Ask; a refusal is told above the form, with all that was typed."""
    words, category = request.form.get("words", ""), request.form.get("category", "")
    asked = services.Asked(words, whole_number(category) or None, base_url())
    try:
        with transaction() as session:
            ident = services.ask(session, actor(), asked).id
    except Forbidden:
        raise
    except Refusal as refusal:
        return _form(words, category, say(refusal)), refusal.status
    flash(_("Your question was sent. You are told as soon as there is an answer."), "success")
    return redirect(f"/gaps?show=asked#gap-{ident}")


@gaps.post("/gaps/<int:gap_id>/answer")
@needs(Permission.COMMENT)
def answer(gap_id: int) -> ResponseReturnValue:
    """With the page in `page` (a title, an address), else with the words in `words`."""
    gap = _seen(gap_id)
    typed, words = one_line(request.form.get("page", "")), request.form.get("words", "")
    try:
        page_id = _page(typed) if typed else None
        with transaction() as session:
            if page_id is not None:
                services.answer_with_page(session, actor(), gap_id, page_id)
            else:
                services.answer_in_words(session, actor(), gap_id, words, base_url())
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _list(say(refusal), gap), refusal.status
    flash(_("Done: whoever asked is told."), "success")
    return redirect(f"/gaps?show=settled#gap-{gap_id}")


@gaps.post("/gaps/<int:gap_id>/refuse")
@needs(Permission.COMMENT)
def refuse(gap_id: int) -> ResponseReturnValue:
    """The page that was found does not answer."""
    _seen(gap_id)
    with transaction() as session:
        services.refuse_page(session, actor(), gap_id)
    flash(_("This page will not be offered again for the question."), "success")
    return redirect(f"/gaps?show=open#gap-{gap_id}")


@gaps.post("/gaps/<int:gap_id>/drop")
@needs(Permission.COMMENT)
def drop(gap_id: int) -> ResponseReturnValue:
    """Let it rest."""
    _seen(gap_id)
    with transaction() as session:
        services.drop(session, actor(), gap_id)
    flash(_("The question rests. It can be opened again."), "success")
    return redirect(f"/gaps?show=settled#gap-{gap_id}")


@gaps.post("/gaps/<int:gap_id>/reopen")
@needs(Permission.COMMENT)
def reopen(gap_id: int) -> ResponseReturnValue:
    """Ask again."""
    _seen(gap_id)
    with transaction() as session:
        services.reopen(session, actor(), gap_id, base_url())
    flash(_("The question is open again."), "success")
    return redirect(f"/gaps?show=open#gap-{gap_id}")


def base_url() -> str:
    """The address of this wiki, for links in letters."""
    return str(current_app.config["SETTINGS"].base_url)


def _seen(gap_id: int) -> GapLine:
    gap = gap_visible_to(reading(), actor(), gap_id)
    if gap is None:
        raise Missing()
    return gap


def _page(typed: str) -> int:
    """The number of the page with this title or address; 0 when there is none."""
    number = rules.page_number_in(typed)
    if number is not None:
        return number
    found = page_of_title_visible_to(reading(), actor(), typed[:300], language())
    return found.id if found else 0


def _list(problem: str = "", refused: GapLine | None = None) -> str:
    person, asked = actor(), request.args.get("show")
    default = Show.TO_ANSWER if rules.may_answer(person) else Show.ASKED
    show = Show(asked) if asked in list(Show) else default
    part = gaps_visible_to(reading(), person, show, parse_key(request.args.get("before")))
    shown = {line.id for line in part.rows}
    return render_template(
        "products/onboarding/gaps/index.html",
        part=part,
        first=[refused] if refused and refused.id not in shown else [],
        show=show,
        shows=Show,
        actor=person,
        rules=rules,
        states=STATES,
        shelves=tree(reading()),
        problem=problem,
        refused=refused.id if refused else None,
        typed=request.form,
    )


def _form(words: str, category: str, problem: str = "") -> str:
    shelves = tree(reading())
    return render_template(
        "products/onboarding/gaps/new.html",
        words=words[: 2 * rules.LONGEST_WORDS],
        longest=rules.LONGEST_WORDS,
        category=category,
        choices=category_choices(shelves),
        keepers=keepers_by_category(reading()),
        problem=problem,
    )
