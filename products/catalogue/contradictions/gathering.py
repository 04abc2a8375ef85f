"""The living pages as texts to be read for claims; of all audiences, for the worker only."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.catalogue.contradictions.cells import with_unit
from products.catalogue.contradictions.claim import FactText, Known, PageText
from products.catalogue.contradictions.quantities import Lexicon
from products.catalogue.contradictions.subjects import Titles
from products.catalogue.contradictions.units import unit_of
from wiki.pages.categories import Tree, load_tree
from wiki.pages.facts import Kind, currency_symbol, unit_name
from wiki.pages.models import Page, Revision

_MEASURED = (Kind.NUMBER, Kind.MONEY)


class Standing(NamedTuple):
    """A page and its newest version, without the text."""

    page_id: int
    number: int
    title: str
    product: int


def standings(session: Session) -> list[Standing]:
    """All pages that take part, in one statement: neither archived nor of a room."""
    statement = (
        select(Page.id, Page.current_number, Page.title, Page.twin_group)
        .where(Page.archived.is_(False), Page.room.is_(None))
        .order_by(Page.id)
    )
    rows = session.execute(statement).all()
    first: dict[int, int] = {}
    for row in rows:
        first.setdefault(_group_of(row.id, row.twin_group), row.id)
    return [
        Standing(row.id, row.current_number, row.title, first[_group_of(row.id, row.twin_group)])
        for row in rows
    ]


def _group_of(page_id: int, twin_group: int | None) -> int:
    """Translations are one product; a page without one is a group by itself."""
    return -page_id if twin_group is None else twin_group


def known_of(session: Session, pages: Iterable[Standing]) -> tuple[Known, Tree]:
    """All titles and all labels of facts, and the categories; two statements."""
    shelves = load_tree(session)
    titles = Titles((page.title, page.product) for page in pages)
    return Known(titles, Lexicon(_labels(shelves))), shelves


def _labels(shelves: Tree) -> Iterator[str]:
    for shelf in shelves.shelves.values():
        for field in shelf.own_fields:
            if field.kind in _MEASURED:
                yield from (with_unit(label)[0] for label in (field.label_ru, field.label_en))


def texts_of(session: Session, pages: Mapping[int, Standing], shelves: Tree) -> list[PageText]:
    """These pages with their text and facts, in one statement."""
    statement = (
        select(Page.id, Page.language, Revision.title, Revision.body, Revision.facts,
               Revision.category_id)
        .join(Revision, Revision.id == Page.current_revision_id)
        .where(Page.id.in_(list(pages)))
        .order_by(Page.id)
    )  # fmt: skip
    return [
        PageText(
            page_id, pages[page_id].product, language, title, body,
            tuple(_facts(facts, shelves, category_id, language)),
        )
        for page_id, language, title, body, facts, category_id in session.execute(statement)
    ]  # fmt: skip


def _facts(
    facts: Mapping[str, Any], shelves: Tree, category_id: int | None, language: str
) -> Iterator[FactText]:
    fields = {field.key: field for field in shelves.fields(category_id)}
    for key, value in facts.items():
        text = _written(value, language)
        if text and key in fields:
            yield FactText(key, fields[key].label(language), text)


def _written(value: Any, language: str) -> str:
    """A number or an amount as it would be written in a text; nothing for other facts."""
    match value:
        case {"value": str(number), "unit": str(unit)}:
            return f"{_figure(number, language)} {unit_name(unit, language)}".strip()
        case {"amount": str(amount), "currency": str(currency)}:
            return f"{_figure(amount, language)} {_sign(currency, language)}"
    return ""


def _sign(currency: str, language: str) -> str:
    sign = currency_symbol(currency, language)
    return sign if unit_of(sign) else currency


def _figure(number: str, language: str) -> str:
    return number.replace(".", ",") if language == "ru" else number
