"""The category tree with its fact fields as a file, `categories.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from wiki.errors import Refusal
from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.transfer.front_matter import safely_loaded

FILE_NAME = "categories.yaml"


@dataclass(frozen=True)
class ShelfSource:
    """One category as it stands in the file; `parent` is the slug of the one above."""

    slug: str
    parent: str | None
    name_ru: str
    name_en: str
    template_ru: str = ""
    template_en: str = ""
    archived: bool = False
    fields: tuple[Field, ...] = ()


def read_shelves(text: str) -> list[ShelfSource]:
    """The categories in the file, those above first. Raises `Refusal` when it has another form."""
    try:
        found = safely_loaded(text)
        return list(_below(None, _list(found.get("categories"))))
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise Refusal(
            "The file categories.yaml cannot be read, so categories were made from the folders."
        ) from error


def write_shelves(shelves: Iterable[ShelfSource]) -> str:
    """The file for these categories; `read_shelves` gives them back."""
    known = list(shelves)
    tree = {"categories": _nested(None, known)}
    text: str = yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    return text


def _below(parent: str | None, items: list[Mapping[str, Any]]) -> Iterable[ShelfSource]:
    for item in items:
        template = item.get("template") or {}
        shelf = ShelfSource(
            slug=str(item["slug"]),
            parent=parent,
            name_ru=str(item["name"]["ru"]),
            name_en=str(item["name"]["en"]),
            template_ru=str(template.get("ru", "")),
            template_en=str(template.get("en", "")),
            archived=item.get("archived") is True,
            fields=tuple(_field(field) for field in _list(item.get("facts"))),
        )
        yield shelf
        yield from _below(shelf.slug, _list(item.get("children")))


def _field(item: Mapping[str, Any]) -> Field:
    return Field(
        key=str(item["key"]),
        label_ru=str(item["label"]["ru"]),
        label_en=str(item["label"]["en"]),
        kind=Kind(item["kind"]),
        unit=str(item.get("unit") or ""),
        choices=tuple(
            Choice(str(one["code"]), str(one["label"]["ru"]), str(one["label"]["en"]))
            for one in _list(item.get("choices"))
        ),
        required=item.get("required") is True,
    )


def _nested(parent: str | None, shelves: list[ShelfSource]) -> list[dict[str, Any]]:
    return [_written(shelf, shelves) for shelf in shelves if shelf.parent == parent]


def _written(shelf: ShelfSource, shelves: list[ShelfSource]) -> dict[str, Any]:
    template = {"ru": shelf.template_ru, "en": shelf.template_en}
    item: dict[str, Any] = {
        "slug": shelf.slug,
        "name": {"ru": shelf.name_ru, "en": shelf.name_en},
        "archived": shelf.archived,
        "template": template if any(template.values()) else None,
        "facts": [_written_field(field) for field in shelf.fields],
        "children": _nested(shelf.slug, shelves),
    }
    return {name: value for name, value in item.items() if value}


def _written_field(field: Field) -> dict[str, Any]:
    item: dict[str, Any] = {
        "key": field.key,
        "label": {"ru": field.label_ru, "en": field.label_en},
        "kind": str(field.kind),
        "unit": field.unit,
        "required": field.required,
        "choices": [
            {"code": one.code, "label": {"ru": one.label_ru, "en": one.label_en}}
            for one in field.choices
        ],
    }
    return {name: value for name, value in item.items() if value}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
