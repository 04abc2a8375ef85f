"""Changing the category tree and the fact lists of its categories."""

from dataclasses import asdict, dataclass, field

from slugify import slugify
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Missing, Refusal
from wiki.history.services import record
from wiki.outbox import changed_many
from wiki.pages.categories import load_tree
from wiki.pages.content import one_line
from wiki.pages.facts import Field, Kind
from wiki.pages.models import Category, CategoryStamp, FactField, Page, Revision
from wiki.pages.rules import check_body

LONGEST_NAME = 100
MOST_FIELDS = 60
# Other rooms have these addresses already: /products/compare.
RESERVED_SLUGS = frozenset({"categories", "compare", "import", "unfiled"})


@dataclass(frozen=True)
class Plan:
    """What a category is to be."""

    name_ru: str
    name_en: str
    slug: str = ""
    parent_id: int | None = None
    template_ru: str = ""
    template_en: str = ""
    fields: tuple[Field, ...] = field(default=())


def add_category(session: Session, actor: Actor, plan: Plan) -> Category:
    """A new category. Raises `Refusal` when a name is missing, `Clash` when the slug is taken."""
    require(actor, Permission.EDIT_CATEGORIES)
    _check_names(plan)
    _check_place(session, None, plan.parent_id)
    slug = slugify(plan.slug or plan.name_en, max_length=100) or "category"
    _check_slug_is_free(session, slug, None)
    category = Category(slug=slug, parent_id=plan.parent_id, name_ru="", name_en="")
    _fill(category, plan)
    session.add(category)
    session.flush()
    _set_fields(session, category, plan.fields)
    _told(session, actor, "add category", category, None)
    return category


def change_category(session: Session, actor: Actor, category_id: int, plan: Plan) -> Category:
    """Give a category new names, place and fact list. Facts already written stay in their pages."""
    require(actor, Permission.EDIT_CATEGORIES)
    category = _category(session, category_id)
    _check_names(plan)
    _check_place(session, category_id, plan.parent_id)
    before = _as_record(session, category)
    category.parent_id = plan.parent_id
    _fill(category, plan)
    _set_fields(session, category, plan.fields)
    _told(session, actor, "change category", category, before)
    return category


def set_category_archived(session: Session, actor: Actor, category_id: int, archived: bool) -> None:
    """Take a category out of use or bring it back; its pages stay where they are."""
    require(actor, Permission.EDIT_CATEGORIES)
    category = _category(session, category_id)
    before = _as_record(session, category)
    category.archived_at = clock.now() if archived else None
    _told(
        session, actor, "archive category" if archived else "unarchive category", category, before
    )


def check_fields(fields: tuple[Field, ...]) -> None:
    """Raise `Refusal` when a fact list cannot be."""
    if len(fields) > MOST_FIELDS:
        raise Refusal("A category has at most %(limit)d facts of its own.", limit=MOST_FIELDS)
    keys = [f.key for f in fields]
    if len(set(keys)) < len(keys):
        raise Refusal("Two facts have the same key. Give each its own.")
    for f in fields:
        if not f.key or not f.label_ru or not f.label_en:
            raise Refusal("Each fact needs a key and a name in both languages.")
        _check_choices(f)


def _check_choices(field: Field) -> None:
    if field.kind is not Kind.CHOICE:
        return
    if not field.choices:
        raise Refusal("«%(name)s» is a choice and needs its answers.", name=field.label_en)
    codes = {choice.code for choice in field.choices} - {""}
    if len(codes) < len(field.choices):
        raise Refusal(
            "Each answer of «%(name)s» needs a code of its own, in letters or digits: "
            "code = русский = English.",
            name=field.label_en,
        )


def _category(session: Session, category_id: int) -> Category:
    category = session.get(Category, category_id, with_for_update=True)
    if category is None:
        raise Missing()
    return category


def _check_names(plan: Plan) -> None:
    check_fields(plan.fields)
    check_body(plan.template_ru)
    check_body(plan.template_en)
    for name in (plan.name_ru, plan.name_en):
        if not one_line(name) or len(name) > LONGEST_NAME:
            raise Refusal(
                "A category needs a name of at most %(limit)d characters in both languages.",
                limit=LONGEST_NAME,
            )


def _check_slug_is_free(session: Session, slug: str, category_id: int | None) -> None:
    taken = session.scalar(select(Category.id).where(Category.slug == slug))
    if slug in RESERVED_SLUGS or (taken is not None and taken != category_id):
        raise Clash("There is already a category with the address %(slug)s.", slug=slug)


def _check_place(session: Session, category_id: int | None, parent_id: int | None) -> None:
    shelves = load_tree(session)
    if parent_id is not None and parent_id not in shelves.shelves:
        raise Missing()
    if category_id is not None and parent_id in shelves.below(category_id):
        raise Refusal("A category cannot stand below itself. Nothing was changed.")


def _fill(category: Category, plan: Plan) -> None:
    category.name_ru, category.name_en = one_line(plan.name_ru), one_line(plan.name_en)
    category.template_ru, category.template_en = plan.template_ru, plan.template_en


def _set_fields(session: Session, category: Category, fields: tuple[Field, ...]) -> None:
    """Fields that are no longer named are archived, so that facts written with them keep names."""
    rows = session.scalars(select(FactField).where(FactField.category_id == category.id))
    known = {row.key: row for row in rows}
    for position, wanted in enumerate(fields):
        row = known.pop(wanted.key, None) or FactField(category_id=category.id, key=wanted.key)
        _fill_field(row, wanted, position)
        session.add(row)
    for row in known.values():
        row.archived_at = row.archived_at or clock.now()


def _fill_field(row: FactField, wanted: Field, position: int) -> None:
    row.label_ru, row.label_en = wanted.label_ru, wanted.label_en
    row.kind, row.unit, row.required = wanted.kind, wanted.unit, wanted.required
    row.choices = [{"code": c.code, "ru": c.label_ru, "en": c.label_en} for c in wanted.choices]
    row.position, row.archived_at = position, None


def _told(
    session: Session,
    actor: Actor,
    action: str,
    category: Category,
    before: dict[str, object] | None,
) -> None:
    stamp = session.get(CategoryStamp, 1, with_for_update=True) or CategoryStamp(id=1, value=0)
    stamp.value += 1
    session.add(stamp)
    record(session, actor, action, "category", category.id, before, _as_record(session, category))
    below = load_tree(session).below(category.id)
    pages = select(Page.id).where(Page.category_id.in_(below))
    changed_many(session, "page", session.scalars(pages))
    revisions = select(Revision.id).where(Revision.category_id.in_(below))
    changed_many(session, "revision", session.scalars(revisions))


def _as_record(session: Session, category: Category) -> dict[str, object]:
    """All that is written over when the category is changed."""
    own = load_tree(session).shelves[category.id].own_fields
    return {
        "slug": category.slug,
        "name_ru": category.name_ru,
        "name_en": category.name_en,
        "parent": category.parent_id,
        "archived": category.archived_at is not None,
        "template_ru": category.template_ru,
        "template_en": category.template_en,
        "fields": {f.key: asdict(f) for f in own},
    }
