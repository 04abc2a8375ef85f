"""The glossary in the browser: everyone reads it, the director changes it."""

from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from search.glossary import queries, services
from search.glossary.queries import Group
from search.glossary.rules import (
    FEWEST,
    LONGEST_EXPLANATION,
    LONGEST_EXPRESSION,
    LONGEST_NOTE,
    MOST,
    UNEXPLAINED,
    Explanations,
    typed_expressions,
)
from wiki.accounts.access import actor, needs
from wiki.accounts.history_words import action_name
from wiki.accounts.rules import Permission, may
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Clash, Missing, Refusal
from wiki.locale import _, say
from wiki.pages.forms import whole_number

glossary = Blueprint("glossary", __name__, url_prefix="/search/glossary")

_LONGEST_SHOWN = 10_000


@dataclass(frozen=True, slots=True)
class _Typed:
    """What stands in the form, and on which state of the group it is based."""

    expressions: str = ""
    note: str = ""
    base: int = 0
    explanations: Explanations = UNEXPLAINED


@glossary.get("")
@needs(Permission.READ)
def index() -> str:
    """All groups."""
    return render_template(
        "search/glossary/index.html",
        groups=queries.groups(reading()),
        may_edit=may(actor(), Permission.EDIT_GLOSSARY),
    )


@glossary.get("/new")
@needs(Permission.EDIT_GLOSSARY)
def new() -> str:
    """The form for a new group."""
    return _form(None, _Typed())


@glossary.post("/new")
@needs(Permission.EDIT_GLOSSARY)
def create() -> ResponseReturnValue:
    """Add a group."""
    typed = _typed()
    try:
        with transaction() as session:
            expressions = typed_expressions(typed.expressions)
            services.add_group(session, actor(), expressions, typed.note, typed.explanations)
    except Refusal as refusal:
        return _form(None, typed, say(refusal)), refusal.status
    flash(_("The group was added. Searches use it from now on."), "success")
    flash("synonyms-new", "saved-draft")
    return redirect("/search/glossary")


@glossary.get("/<int:group_id>")
@needs(Permission.EDIT_GLOSSARY)
def edit(group_id: int) -> str:
    """The form with the group as it is, and its history."""
    group = _group(group_id)
    lines = "\n".join(group.expressions)
    return _form(group, _Typed(lines, group.note, group.stamp, group.explanations))


@glossary.post("/<int:group_id>")
@needs(Permission.EDIT_GLOSSARY)
def save(group_id: int) -> ResponseReturnValue:
    """Change a group. After a clash the form has what was typed, beside what is saved now."""
    typed = _typed()
    expressions = typed_expressions(typed.expressions)
    try:
        with transaction() as session:
            services.change_group(
                session, actor(), group_id, typed.base, expressions, typed.note, typed.explanations
            )
    except Missing:
        raise
    except Clash as clash:
        group = _group(group_id)
        mine = replace(typed, base=group.stamp)
        return _form(group, mine, say(clash), theirs=True), clash.status
    except Refusal as refusal:
        return _form(_group(group_id), typed, say(refusal)), refusal.status
    flash(_("The group was changed. Searches use it from now on."), "success")
    flash(f"synonyms-{group_id}", "saved-draft")
    return redirect("/search/glossary")


@glossary.post("/<int:group_id>/restore")
@needs(Permission.EDIT_GLOSSARY)
def restore(group_id: int) -> ResponseReturnValue:
    """Undo: give the group an earlier state of its history."""
    base, entry = (whole_number(request.form.get(name)) for name in ("base", "entry"))
    with transaction() as session:
        services.restore_group(session, actor(), group_id, base, entry)
    flash(_("The group is as it was then."), "success")
    return redirect(f"/search/glossary/{group_id}")


@glossary.post("/<int:group_id>/archive")
@needs(Permission.EDIT_GLOSSARY)
def archive(group_id: int) -> ResponseReturnValue:
    """Take a group out of use."""
    with transaction() as session:
        services.archive_group(session, actor(), group_id)
    flash(_("The group is archived: searches no longer use it. It can be brought back below."))
    return redirect("/search/glossary")


@glossary.post("/<int:group_id>/bring-back")
@needs(Permission.EDIT_GLOSSARY)
def bring_back(group_id: int) -> ResponseReturnValue:
    """Use an archived group again."""
    with transaction() as session:
        services.bring_back_group(session, actor(), group_id)
    flash(_("Searches use the group again."), "success")
    return redirect("/search/glossary")


def _typed() -> _Typed:
    form = request.form
    expressions = form.get("expressions", "").replace("\r\n", "\n")
    said = Explanations(form.get("explanation_ru", ""), form.get("explanation_en", ""))
    return _Typed(expressions, form.get("note", ""), whole_number(form.get("base")), said)


def _group(group_id: int) -> Group:
    group = queries.group_by_id(fresh_reading(), group_id)
    if group is None:
        raise Missing()
    return group


def _form(group: Group | None, typed: _Typed, problem: str = "", theirs: bool = False) -> str:
    return render_template(
        "search/glossary/form.html",
        group=group,
        expressions=typed.expressions[:_LONGEST_SHOWN],
        note=typed.note[: 2 * LONGEST_NOTE],
        explanations=[said[: 2 * LONGEST_EXPLANATION] for said in typed.explanations],
        base=typed.base,
        problem=problem,
        theirs=theirs,
        versions=queries.versions_of(reading(), group.id) if group else [],
        action_name=action_name,
        longest_explanation=LONGEST_EXPLANATION,
        limits={"fewest": FEWEST, "most": MOST, "longest": LONGEST_EXPRESSION},
    )
