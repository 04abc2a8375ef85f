"""Writing a page: the form, the save, the preview, and who else is at it."""

from flask import flash, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from wtforms import SelectChoice  # type: ignore[attr-defined]  # the stubs lack it

from wiki.accounts.access import actor, needs
from wiki.accounts.actor import EVERYONE, Actor
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Clash, Refusal
from wiki.locale import _, language, say
from wiki.pages.categories import Tree, tree
from wiki.pages.content import Content, clean_text, one_line
from wiki.pages.drawing import render_context
from wiki.pages.editing import mark_editing, others_editing
from wiki.pages.facts import CURRENCIES
from wiki.pages.forms import (
    PageForm,
    Typed,
    drafted_content,
    number_in_address,
    reason_of,
    save_key_of,
    typed_facts,
    typed_of,
    whole_number,
)
from wiki.pages.models import Page, Revision
from wiki.pages.revisions import Deed
from wiki.pages.rooms import check_may_write
from wiki.pages.rules import check_body
from wiki.pages.saving import Draft, InConflict, new_page, save_page, visible_revision
from wiki.pages.services import check_may_be_translated, new_save_key, pair_twins
from wiki.pages.views.blueprint import desk, no_store, pages, preview_renderer
from wiki.pages.views.conflict import conflict_page
from wiki.pages.views.rooms import seen_revision
from wiki.pages.views.saved import saved_answer


@pages.get("/pages/new")
@needs(Permission.WRITE_PAGES)
def new() -> ResponseReturnValue:
    """The form for a new page; `?title=`, `?category=`, `?language=`, `?twin=` fill it."""
    form = PageForm()
    form.language.data = _asked_language()
    form.title.data = one_line(request.args.get("title", ""))
    category = _category(request.args.get("category", ""))
    typed = Typed()
    twin = request.args.get("twin", type=number_in_address)
    if twin:
        typed, category = _fill_from_twin(form, twin)
    elif category is not None:
        form.body.data = tree(reading()).shelves[category].template(form.language.data)
    form.category.data = str(category or "")
    form.save_key.data = new_save_key()
    return _show(form, typed, None)


@pages.post("/pages/new")
@needs(Permission.WRITE_PAGES)
def create() -> ResponseReturnValue:
    """Save a new page."""
    form, typed = PageForm(), typed_facts(request.form)
    wanted = form.language.data if form.language.data in ("ru", "en") else language()
    try:
        twin = _twin_to_pair(form, wanted)
        content = _content(form, typed, {}, archived=False)
        deed = Deed("create", reason_of(form.reason.data), None, save_key_of(form.save_key.data))
        saved = new_page(desk(), actor(), wanted, content, deed)
    except Refusal as refusal:
        return _refused(form, typed, None, refusal)
    if twin:
        with transaction() as db:
            pair_twins(db, actor(), saved.page_id, twin)
    session["saved_draft"] = "new-page"
    flash(_("Saved as version %(number)d.", number=saved.number), "success")
    return redirect(f"/pages/{saved.page_id}")


@pages.get("/pages/<int:page_id>/edit")
@needs(Permission.WRITE_PAGES)
def edit(page_id: int) -> ResponseReturnValue:
    """The form with the current text."""
    page, current = _writable(page_id)
    form = PageForm()
    form.title.data, form.body.data = current.title, current.body
    form.category.data = str(current.category_id or "")
    form.tags.data = ", ".join(current.tags)
    form.base_number.data = str(current.number)
    form.save_key.data = new_save_key()
    form.reason.data = ""
    return _show(form, typed_of(current.facts), page)


@pages.post("/pages/<int:page_id>/edit")
@needs(Permission.WRITE_PAGES)
def save(page_id: int) -> ResponseReturnValue:
    """Save the form; what others saved meanwhile is merged in, or asked about."""
    page, current = visible_revision(reading(), actor(), page_id)
    form, typed = PageForm(), typed_facts(request.form)
    try:
        content = _content(form, typed, _base_facts(page, current, form), page.archived)
        draft = _draft(form, content)
        outcome = save_page(desk(), actor(), page_id, draft)
    except Refusal as refusal:
        return _refused(form, typed, page, refusal)
    if isinstance(outcome, InConflict):
        return conflict_page(page, outcome)
    return saved_answer(page_id, outcome)


@pages.post("/pages/preview")
@needs(Permission.WRITE_PAGES)
def preview() -> ResponseReturnValue:
    """The text as it would be shown, by the same renderer."""
    content = Content("preview", clean_text(request.form.get("body", "")), {}, (), None)
    check_body(content.body)
    wanted = request.form.get("language", "")
    spoken = wanted if wanted in ("ru", "en") else language()
    context, _meant = render_context(reading(), None, EVERYONE, spoken, content, ())
    return Markup(preview_renderer().render(content.body, context).html)  # noqa: S704 - sanitised


@pages.get("/pages/facts-form")
@needs(Permission.WRITE_PAGES)
def facts_form() -> ResponseReturnValue:
    """The fields of another category, with what was typed so far."""
    typed = typed_facts(request.args)
    fields = tree(reading()).fields(_category(request.args.get("category", "")))
    return render_template(
        "wiki/pages/_facts_form.html", fields=fields, typed=typed, currencies=CURRENCIES
    )


@pages.post("/pages/<int:page_id>/editing")
@needs(Permission.WRITE_PAGES)
def editing(page_id: int) -> ResponseReturnValue:
    """Say that I am at it, and hear who else is."""
    person = actor()
    page, _current = visible_revision(reading(), person, page_id)
    others = others_editing(reading(), person, page_id)
    with transaction() as db:
        mark_editing(db, person, page_id)
    base = request.form.get("base_number", request.args.get("base", ""))
    newer = page.current_number if whole_number(base) < page.current_number else None
    return render_template("wiki/pages/_editing.html", others=others, newer=newer, page=page)


def _writable(page_id: int) -> tuple[Page, Revision]:
    """The page for somebody who may change it: better refused now than after they have typed."""
    page, current = seen_revision(page_id)
    check_may_write(reading(), actor(), page)
    return page, current


def _category_choices(shelves: Tree, chosen: int | None) -> list[SelectChoice]:
    """All categories in use, and the chosen one though it be archived: the page stays in it."""
    indent, words = "\u2003", language()
    offered = [(s.id, indent * depth + s.name(words)) for depth, s in shelves.walk()]
    if chosen is not None and chosen not in dict(offered):
        offered.append((chosen, shelves.shelves[chosen].name(words)))
    return [
        SelectChoice("", _("No category")),
        *(SelectChoice(str(ident), name) for ident, name in offered),
    ]


def _category(typed: str | None) -> int | None:
    """The category a form or address names, by id or slug; `None` when there is no such one."""
    shelves = tree(reading())
    number = whole_number(typed)
    if number in shelves.shelves:
        return number
    shelf = shelves.by_slug(typed or "")
    return shelf.id if shelf else None


def _asked_language() -> str:
    wanted = request.args.get("language", "")
    return wanted if wanted in ("ru", "en") else language()


def _fill_from_twin(form: PageForm, twin: int) -> tuple[Typed, int | None]:
    """A translation begins from the other page's text, facts and category."""
    page, current = seen_revision(twin)
    check_may_be_translated(page)
    form.language.data = "en" if page.language == "ru" else "ru"
    form.body.data, form.tags.data = current.body, ", ".join(current.tags)
    form.title.data, form.twin.data = "", str(twin)
    return typed_of(current.facts), current.category_id


def _twin_to_pair(form: PageForm, wanted: str) -> int:
    """The page that the new one will translate, 0 for none; checked before anything is saved."""
    number = whole_number(form.twin.data)
    if number:
        page, _current = visible_revision(reading(), actor(), number)
        check_may_be_translated(page)
        if page.language == wanted:
            raise Clash("Both pages are in the same language, so one cannot translate the other.")
    return number


def _content(form: PageForm, typed: Typed, kept: dict[str, object], archived: bool) -> Content:
    category = _category(form.category.data)
    fields = tree(reading()).fields(category)
    content = drafted_content(form, typed, fields, kept, category, language(), archived)  # type: ignore[arg-type]
    if typed.refusals:
        raise Refusal(
            "Some facts could not be understood. Nothing was saved; they are marked below and "
            "everything you typed is still here."
        )
    return content


def _base_facts(page: Page, current: Revision, form: PageForm) -> dict[str, object]:
    number = whole_number(form.base_number.data)
    if not 1 <= number <= page.current_number:
        return dict(current.facts)
    _page, base = visible_revision(reading(), actor(), page.id, number)
    return dict(base.facts)


def _draft(form: PageForm, content: Content) -> Draft:
    return Draft(
        content=content,
        base_number=whole_number(form.base_number.data),
        reason=reason_of(form.reason.data),
        save_key=save_key_of(form.save_key.data),
    )


def _refused(
    form: PageForm, typed: Typed, page: Page | None, refusal: Refusal
) -> ResponseReturnValue:
    """The form again with everything that was typed, and the sentence."""
    flash(say(refusal), "danger")
    form.save_key.data = form.save_key.data or new_save_key()
    answer = make_response(_show(form, typed, page))
    answer.status_code = refusal.status
    return answer


def _show(form: PageForm, typed: Typed, page: Page | None) -> ResponseReturnValue:
    category = _category(form.category.data)
    form.category.choices = _category_choices(tree(reading()), category)
    person: Actor = actor()
    html = render_template(
        "wiki/pages/edit.html",
        form=form,
        typed=typed,
        page=page,
        fields=tree(reading()).fields(category),
        others=others_editing(reading(), person, page.id) if page else [],
        currencies=CURRENCIES,
    )
    return no_store(make_response(html))
