"""The director's door: categories, their places, and the facts they ask for."""

from dataclasses import replace

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from slugify import slugify

from products.catalogue.selling.sections import with_missing_parts
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _, say
from wiki.pages.categories import Shelf, Tree, tree
from wiki.pages.content import clean_text, one_line
from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.forms import number_in_address, whole_number
from wiki.pages.shelving import Plan, add_category, change_category, set_category_archived

categories = Blueprint("categories", __name__, url_prefix="/products/categories")

SPARE_ROWS = 3
PARTS = "parts"


@categories.get("")
@needs(Permission.EDIT_CATEGORIES)
def index() -> ResponseReturnValue:
    """All categories, also the archived ones."""
    return render_template("products/catalogue/categories.html", shelves=tree(reading()))


@categories.get("/new")
@needs(Permission.EDIT_CATEGORIES)
def new() -> ResponseReturnValue:
    """The form for a new category."""
    parent = request.args.get("parent", type=number_in_address)
    return _form(None, _with_selling_parts(Plan("", "", parent_id=parent)))


@categories.post("/new")
@needs(Permission.EDIT_CATEGORIES)
def create() -> ResponseReturnValue:
    """Add a category."""
    plan = _typed_plan()
    if request.form.get("add") == PARTS:
        return _form(None, _with_selling_parts(plan))
    try:
        with transaction() as session:
            category = add_category(session, actor(), plan)
    except Refusal as refusal:
        return _refused(None, plan, refusal)
    flash(_("The category was added."), "success")
    return redirect(f"/products/{category.slug}")


@categories.get("/<int:category_id>")
@needs(Permission.EDIT_CATEGORIES)
def edit(category_id: int) -> ResponseReturnValue:
    """The form with the category as it is."""
    shelf = _shelf(category_id)
    plan = Plan(
        shelf.name_ru,
        shelf.name_en,
        shelf.slug,
        shelf.parent_id,
        *shelf.templates,
        shelf.own_fields,
    )
    return _form(shelf, plan)


@categories.post("/<int:category_id>")
@needs(Permission.EDIT_CATEGORIES)
def save(category_id: int) -> ResponseReturnValue:
    """Change a category and its fact list."""
    shelf, plan = _shelf(category_id), _typed_plan()
    if request.form.get("add") == PARTS:
        return _form(shelf, _with_selling_parts(plan))
    try:
        with transaction() as session:
            change_category(session, actor(), category_id, plan)
    except Refusal as refusal:
        return _refused(shelf, plan, refusal)
    flash(_("The category was changed. Facts that pages already carry stay."), "success")
    return redirect(f"/products/{shelf.slug}")


@categories.post("/<int:category_id>/archive")
@needs(Permission.EDIT_CATEGORIES)
def archive(category_id: int) -> ResponseReturnValue:
    """Take the category out of use, or bring it back."""
    archived = not _shelf(category_id).archived
    with transaction() as session:
        set_category_archived(session, actor(), category_id, archived)
    flash(_("The category is archived.") if archived else _("The category is in use again."))
    return redirect("/products/categories")


def _with_selling_parts(plan: Plan) -> Plan:
    """The plan with a heading in both texts for each part that a salesperson needs; unsaved."""
    return replace(
        plan,
        template_ru=with_missing_parts(plan.template_ru, "ru"),
        template_en=with_missing_parts(plan.template_en, "en"),
    )


def _shelf(category_id: int) -> Shelf:
    shelf = tree(reading()).shelves.get(category_id)
    if shelf is None:
        raise Missing()
    return shelf


def _form(shelf: Shelf | None, plan: Plan) -> ResponseReturnValue:
    shelves: Tree = tree(reading())
    rows = [*plan.fields, *[None] * SPARE_ROWS]
    return render_template(
        "products/catalogue/category_form.html",
        shelf=shelf,
        plan=plan,
        rows=rows,
        kinds=list(Kind),
        shelves=shelves,
        inherited=shelves.fields(plan.parent_id),
    )


def _refused(shelf: Shelf | None, plan: Plan, refusal: Refusal) -> ResponseReturnValue:
    flash(say(refusal), "danger")
    answer = make_response(_form(shelf, plan))
    answer.status_code = refusal.status
    return answer


def _typed_plan() -> Plan:
    form = request.form
    return Plan(
        name_ru=one_line(form.get("name_ru", "")),
        name_en=one_line(form.get("name_en", "")),
        slug=form.get("slug", "")[:100],
        parent_id=whole_number(form.get("parent")) or None,
        template_ru=clean_text(form.get("template_ru", "")),
        template_en=clean_text(form.get("template_en", "")),
        fields=tuple(field for n in range(100) if (field := _typed_field(n))),
    )


def _typed_field(n: int) -> Field | None:
    form = request.form
    label_ru = one_line(form.get(f"label_ru-{n}", ""))[:100]
    label_en = one_line(form.get(f"label_en-{n}", ""))[:100]
    kind = form.get(f"kind-{n}", "")
    if not (label_ru or label_en) or kind not in list(Kind):
        return None
    return Field(
        key=one_line(form.get(f"key-{n}", ""))[:60] or _slug(label_en or label_ru, 60),
        label_ru=label_ru or label_en,
        label_en=label_en or label_ru,
        kind=Kind(kind),
        unit=one_line(form.get(f"unit-{n}", ""))[:20],
        choices=_typed_choices(form.get(f"choices-{n}", "")),
        required=form.get(f"required-{n}") == "yes",
    )


def _typed_choices(typed: str) -> tuple[Choice, ...]:
    """One answer a line: `code = русский = English`; a line of one part serves for all three."""
    choices = []
    for line in typed.splitlines()[:100]:
        parts = [one_line(part)[:100] for part in line.split("=")]
        if not parts[0]:
            continue
        ru = parts[1] if len(parts) > 1 else parts[0]
        en = parts[2] if len(parts) > 2 else ru
        choices.append(Choice(_slug(parts[0], 60), ru, en))
    return tuple(choices)


def _slug(text: str, longest: int) -> str:
    return str(slugify(text, max_length=longest, separator="_"))
