"""The browser's door to unclear sentences."""

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from products.onboarding.kinds import MarkState
from products.onboarding.unclear import api, rules, services
from products.onboarding.unclear.queries import (
    MarkedPage,
    Show,
    marks_of_page_visible_to,
    marks_visible_to,
    page_to_mark_visible_to,
)
from products.onboarding.unclear.sentences import Sentence, compact, sentences_in
from products.onboarding.unclear.wording import STATES
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, say
from wiki.pages.addresses import page_url
from wiki.paging import parse_key

__all__ = ["api", "unclear"]

MOST_OFFERED = 150
unclear = Blueprint("unclear", __name__)


@unclear.get("/unclear")
@needs(Permission.READ)
def marks() -> str:
    """`?show=to-answer`, `asked` or `all`: open questions, the newest first."""
    person, asked = actor(), request.args.get("show")
    default = Show.TO_ANSWER if rules.may_end(person) else Show.ASKED
    show = Show(asked) if asked in list(Show) else default
    part = marks_visible_to(reading(), person, show, parse_key(request.args.get("before")))
    return render_template(
        "products/onboarding/unclear/index.html",
        part=part,
        show=show,
        shows=Show,
        actor=person,
        rules=rules,
        states=STATES,
    )


@unclear.get("/pages/<int:page_id>/unclear")
@needs(Permission.READ)
def of_page(page_id: int) -> str:
    """All questions about a page; `?words=` looks for the sentence to ask about."""
    return _room(page_to_mark_visible_to(reading(), actor(), page_id))


@unclear.post("/pages/<int:page_id>/unclear")
@needs(Permission.COMMENT)
def ask(page_id: int) -> ResponseReturnValue:
    """Mark a sentence; a refusal is told above the form, with all that was typed."""
    page = page_to_mark_visible_to(reading(), actor(), page_id)
    try:
        chosen = rules.chosen_in(request.form.get("sentence", ""))
        with transaction() as session:
            typed = request.form.get("question", "")
            ident = services.ask(session, actor(), page_id, chosen, typed).id
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _room(page, say(refusal)), refusal.status
    flash(_("Your question was sent. You will be told by the bell when it is answered."), "success")
    return redirect(f"{page_url(page_id, page.slug)}#unclear-{ident}")


@unclear.post("/pages/<int:page_id>/unclear/<int:mark_id>/<deed>")
@needs(Permission.COMMENT)
def settle(page_id: int, mark_id: int, deed: str) -> ResponseReturnValue:
    """Answer, say that it was mended, withdraw, open again."""
    page = page_to_mark_visible_to(reading(), actor(), page_id)
    act = services.DEEDS.get(deed)
    if act is None:
        abort(404)
    words = request.form.get("words", "")
    try:
        with transaction() as session:
            act(session, actor(), page_id, mark_id, words)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _room(page, say(refusal), answered=mark_id), refusal.status
    flash(_done(deed), "success")
    if request.form.get("next") == "list":
        return redirect("/unclear")
    return redirect(f"/pages/{page_id}/unclear#unclear-{mark_id}")


def _done(deed: str) -> str:
    if deed in ("answer", "mended"):
        return _("Done: whoever asked is told.")
    if deed == "withdraw":
        return _("You have withdrawn your question.")
    return _("The question is open again.")


def _room(page: MarkedPage, problem: str = "", answered: int | None = None) -> str:
    marks = marks_of_page_visible_to(reading(), actor(), page.id)
    words = request.values.get("words", "")[:200] if answered is None else ""
    fitting = _fitting(sentences_in(page.html), words)
    return render_template(
        "products/onboarding/unclear/page.html",
        page=page,
        url=page_url(page.id, page.slug),
        open_marks=[mark for mark in marks if mark.state is MarkState.OPEN],
        settled=[mark for mark in marks if mark.state is not MarkState.OPEN],
        offered=fitting[:MOST_OFFERED],
        more=max(0, len(fitting) - MOST_OFFERED),
        words=words,
        typed=request.form,
        answered=answered,
        problem=problem,
        actor=actor(),
        rules=rules,
        states=STATES,
    )


def _fitting(sentences: list[Sentence], words: str) -> list[Sentence]:
    """The sentences that hold these words, whatever their case."""
    wanted = compact(words.casefold())
    return [one for one in sentences if wanted in compact(one.text.casefold())]
