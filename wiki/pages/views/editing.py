"""Writing a page: the form, the save, the preview, and who else is at it."""

from flask import flash, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from wtforms import SelectChoice  # type: ignore[attr-defined]  # the stubs lack it

from wiki.accounts.access import actor, needs
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Refusal
from wiki.locale import _, language, say
from wiki.pages.categories import Tree, tree
from wiki.pages.content import Content
from wiki.pages.editing import mark_editing, others_editing
from wiki.pages.facts import CURRENCIES
from wiki.pages.forms import (
    PageForm,
    Typed,
    drafted_content,
    save_key_of,
    short_reason,
    typed_facts,
    typed_of,
    whole_number,
)
from wiki.pages.models import Page, Revision
from wiki.pages.revisions import Deed
from wiki.pages.saving import (
    Draft,
    InConflict,
    new_page,
    render_context,
    save_page,
    visible_revision,
)
from wiki.pages.services import new_save_key, pair_twins
from wiki.pages.views.blueprint import desk, no_store, pages
from wiki.pages.views.conflict import conflict_page
from wiki.pages.views.saved import saved_answer


@pages.get("/pages/new")
@needs(Permission.WRITE_PAGES)
def new() -> ResponseReturnValue:
    """The form for a new page; `?title=`, `?category=`, `?language=`, `?twin=` fill it."""
    form = _form()
    form.language.data = _asked_language()
    form.title.data = request.args.get("title", "")
    category = _category(request.args.get("category", ""))
    typed = Typed()
    twin = request.args.get("twin", type=int)
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
    form, typed = _form(), typed_facts(request)
    wanted = form.language.data if form.language.data in ("ru", "en") else language()
    try:
        content = _content(form, typed, {}, archived=False)
        deed = Deed("create", short_reason(form.reason.data), None, save_key_of(form.save_key.data))
        saved = new_page(desk(), actor(), wanted, content, deed)
    except Refusal as refusal:
        return _refused(form, typed, None, refusal)
    _pair_with_twin(saved.page_id, whole_number(form.twin.data))
    session["saved_draft"] = "new-page"
    flash(_("Saved as version %(number)d.", number=saved.number), "success")
    return redirect(f"/pages/{saved.page_id}")


@pages.get("/pages/<int:page_id>/edit")
@needs(Permission.WRITE_PAGES)
def edit(page_id: int) -> ResponseReturnValue:
    """The form with the current text."""
    page, current = visible_revision(reading(), actor(), page_id)
    form = _form()
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
    form, typed = _form(), typed_facts(request)
    try:
        content = _content(form, typed, _base_facts(page, current, form), page.archived)
        draft = _draft(form, content)
        outcome = save_page(desk(), actor(), page_id, draft)
    except Refusal as refusal:
        return _refused(form, typed, page, refusal)
    if isinstance(outcome, InConflict):
        return conflict_page(page, draft, outcome)
    return saved_answer(page_id, outcome)


@pages.post("/pages/preview")
@needs(Permission.WRITE_PAGES)
def preview() -> ResponseReturnValue:
    """The text as it would be shown, by the same renderer."""
    body = request.form.get("body", "")
    content = Content("preview", body, {}, (), None)
    wanted = request.form.get("language", "")
    context, _meant = render_context(reading(), None, "all", wanted or language(), content, ())
    return Markup(desk().renderer.render(body, context).html)  # noqa: S704 - sanitised HTML


@pages.get("/pages/facts-form")
@needs(Permission.WRITE_PAGES)
def facts_form() -> ResponseReturnValue:
    """The fields of another category, with what was typed so far."""
    typed = Typed({k.removeprefix("fact-"): v for k, v in request.args.items() if k[:5] == "fact-"})
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


def _form() -> PageForm:
    form = PageForm()
    shelves = tree(reading())
    form.category.choices = [SelectChoice("", _("No category")), *_category_choices(shelves)]
    return form


def _category_choices(shelves: Tree) -> list[SelectChoice]:
    indent, words = "\u2003", language()
    return [SelectChoice(str(s.id), indent * depth + s.name(words)) for depth, s in shelves.walk()]


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
    page, current = visible_revision(reading(), actor(), twin)
    form.language.data = "en" if page.language == "ru" else "ru"
    form.body.data, form.tags.data = current.body, ", ".join(current.tags)
    form.title.data, form.twin.data = "", str(twin)
    return typed_of(current.facts), current.category_id


def _pair_with_twin(page_id: int, twin_id: int) -> None:
    if twin_id:
        visible_revision(reading(), actor(), twin_id)
        with transaction() as db:
            pair_twins(db, actor(), page_id, twin_id)


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
        reason=short_reason(form.reason.data),
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
