"""From a file of the tree to the content of a page."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from wiki.errors import Refusal
from wiki.pages.categories import Tree as Shelves
from wiki.pages.content import Content, FactValue, normalise
from wiki.pages.fact_shapes import check_fact
from wiki.pages.facts import Field, parse
from wiki.pages.rules import MOST_TAGS, check_content
from wiki.pages.transfer.links import Atlas, rewrite_links
from wiki.pages.transfer.marks import convert
from wiki.pages.transfer.outlines import Opened, Outline
from wiki.pages.transfer.own_files import inward, path_of
from wiki.pages.transfer.report import Report
from wiki.pages.transfer.shelving import find_shelf

_SHAPES = ({"value", "unit"}, {"amount", "currency"}, {"url"})


@dataclass(frozen=True)
class Surroundings:
    """What a page's text and facts refer to: other pages, files, categories."""

    atlas: Atlas
    shelves: Shelves
    file_names: Mapping[int, str]
    page_id_of: Callable[[str], int | None]


def content_of_file(
    opened: Opened, outline: Outline, around: Surroundings, report: Report
) -> Content:
    """The content of the page, normalised and within the rules. Raises `Refusal`.

    `outline` has the settled title; what was converted or could not be is noted in the report.
    """
    shelf = find_shelf(around.shelves, outline.category) if outline.category else None
    category_id = shelf.id if shelf else None
    if outline.head.own:
        body = _own_body(opened.body, outline, around)
    else:
        body = _foreign_body(opened.body, outline, around, report)
    content = normalise(
        Content(
            title=outline.title,
            body=body,
            facts=_facts(outline, around.shelves.fields(category_id), around, report),
            tags=outline.head.tags[:MOST_TAGS],
            category_id=category_id,
            archived=outline.head.archived,
        )
    )
    check_content(content)
    return content


def hash_of_content(content: Content) -> str:
    """A fingerprint by which the same import is known again."""
    plain = json.dumps(asdict(content), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def _own_body(body: str, outline: Outline, around: Surroundings) -> str:
    def address(ident: int) -> str | None:
        return around.atlas.attach(path_of(ident, around.file_names[ident]))

    return inward(body, outline.path, around.file_names, address)


def _foreign_body(body: str, outline: Outline, around: Surroundings, report: Report) -> str:
    converted = convert(body, outline.language)
    rewritten = rewrite_links(converted.text, outline, around.atlas)
    report.conversions.update(+converted.counts)
    report.conversions["link to a page or file"] += rewritten.links
    report.conversions["image taken along"] += rewritten.images
    report.unresolved += rewritten.unresolved
    report.missing_images += rewritten.missing_images
    return rewritten.text


def _facts(
    outline: Outline, fields: tuple[Field, ...], around: Surroundings, report: Report
) -> dict[str, FactValue]:
    known = {field.key: field for field in fields}
    facts: dict[str, FactValue] = {}
    for key, value in outline.head.facts.items():
        try:
            facts[key] = _checked(key, _fact(value, known.get(key), outline, around))
        except Refusal as refusal:
            report.remark(outline.path, refusal)
    return facts


def _fact(value: Any, field: Field | None, outline: Outline, around: Surroundings) -> FactValue:
    if isinstance(value, str) and field is not None and not outline.head.own:
        typed = parse(field, value, outline.language)
        return typed if typed is not None else value
    if isinstance(value, str | bool):
        return value
    if isinstance(value, dict) and set(value) in _SHAPES:
        return {part: str(text) for part, text in value.items()}
    page_id = around.page_id_of(str(value["page"])) if _is_page_link(value) else None
    if page_id is not None:
        return {"page": page_id}
    raise _not_taken(value)


def _checked(key: str, value: FactValue) -> FactValue:
    try:
        check_fact(key, value)
    except ValueError:
        raise _not_taken(value) from None
    return value


def _not_taken(value: object) -> Refusal:
    return Refusal("A fact could not be taken: %(value)s.", value=str(value)[:200])


def _is_page_link(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"page"}
