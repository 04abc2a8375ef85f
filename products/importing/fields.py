"""What a column of a list of products can mean: the parts of a page, and the facts it can carry."""

from collections.abc import Mapping
from enum import StrEnum

from wiki.lists.sorts import ListField
from wiki.locale import _l, language
from wiki.pages.categories import Tree
from wiki.pages.facts import Field, Kind, unit_name
from wiki.tables.mapping import folded_heading


class Part(StrEnum):
    """A part of a page; the codes stand behind `--map`."""

    TITLE = "title"
    CATEGORY = "category"
    TAGS = "tags"
    TEXT = "text"


PRICE = Field("list_price", "Цена по прайсу", "List price", Kind.MONEY)
_PRICE_WORDS = (
    "list price", "цена по прайсу", "sales price", "price", "цена", "прайсовая цена", "прайс",
    "цена продажи", "unit price", "стоимость", "retail price", "розничная цена", "базовая цена",
)  # fmt: skip
_PARTS: Mapping[str, ListField] = {
    Part.TITLE: ListField(
        _l("Title"),
        (
            "title", "product", "product name", "название", "наименование", "товар", "продукт",
            "номенклатура", "name", "название товара", "наименование товара", "item",
        ),
        _l("By it the page is known, or by what somebody decided it to mean."),
        True,
    ),
    Part.CATEGORY: ListField(
        _l("Category"),
        ("category", "категория", "раздел", "группа", "группа товаров", "product category"),
        _l("Its name, or names from the top down with / between them."),
        True,
    ),
    Part.TAGS: ListField(
        _l("Tags"),
        ("tags", "теги", "метки", "series", "серия", "линейка", "product line", "family"),
        _l("Divided by commas; they are added to those that are there."),
        True,
    ),
    Part.TEXT: ListField(
        _l("Text"),
        ("text", "description", "описание", "текст", "product description"),
        _l("For pages that have no text yet."),
        True,
    ),
}  # fmt: skip


def facts_by_code(tree: Tree) -> dict[str, Field]:
    """The facts that a column can mean, by code: the price, and what categories in use ask for."""
    found: dict[str, Field] = {PRICE.key: PRICE}
    for _depth, shelf in tree.walk():
        for field in shelf.own_fields:
            found.setdefault(f"fact:{field.key}" if field.key in _PARTS else field.key, field)
    return found


def fields_of(tree: Tree) -> dict[str, ListField]:
    """What columns can mean, by code."""
    return {**_PARTS, **{code: _fact(field) for code, field in facts_by_code(tree).items()}}


def _fact(field: Field) -> ListField:
    own = tuple(
        dict.fromkeys(folded_heading(n) for n in (field.key, field.label_ru, field.label_en))
    )
    is_price = field.key == PRICE.key
    words = tuple(dict.fromkeys((*own, *_PRICE_WORDS))) if is_price else own
    unit = unit_name(field.unit, language()) if field.kind is Kind.NUMBER else ""
    return ListField(field.label(language()), words, unit, is_price)
