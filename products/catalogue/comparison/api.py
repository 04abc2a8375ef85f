"""The programs' door to products side by side."""

from flask import jsonify
from pydantic import BaseModel, ConfigDict, Field
from spectree import Response

from products.catalogue.comparison.asking import Asked
from products.catalogue.comparison.rows import MOST_COMPARED, CompareRow
from products.catalogue.comparison.table import comparison_visible_to
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading
from wiki.locale import language
from wiki.pages.api_shapes import RowNumber

_TAGS = ("pages",)


class CompareProductsQuery(BaseModel):
    """Which products: `?page=1&page=2`, in the order of the columns."""

    model_config = ConfigDict(extra="forbid")

    page: list[RowNumber] = Field(default_factory=list, max_length=MOST_COMPARED)


class ComparedOut(BaseModel):
    """One of the products."""

    id: int
    title: str
    language: str
    url: str
    archived: bool


class CompareRowOut(BaseModel):
    """One thing that is compared: what each product says, line by line."""

    key: str
    label: str
    cells: list[list[str]]
    differs: bool


class ComparisonOut(BaseModel):
    """Products side by side; those that one may not see are left out."""

    products: list[ComparedOut]
    facts: list[CompareRowOut]
    talk: list[CompareRowOut]


@api.get("/products/compare")
@needs(Permission.READ)
@spec.validate(
    query=CompareProductsQuery,
    resp=Response(HTTP_200=ComparisonOut, HTTP_422=Failure),
    tags=_TAGS,
)
def compare_products(query: CompareProductsQuery) -> Answer:
    """Products side by side, row by row."""
    asked = Asked(tuple(dict.fromkeys(query.page)))
    found = comparison_visible_to(reading(), actor(), asked, language())
    return jsonify(
        products=[
            {
                "id": one.id,
                "title": one.title,
                "language": one.language,
                "url": one.url,
                "archived": one.archived,
            }
            for one in found.products
        ],
        facts=[_row_json(row) for row in found.facts],
        talk=[_row_json(row) for row in found.talk],
    )


def _row_json(row: CompareRow) -> dict[str, object]:
    cells = [list(cell.lines) for cell in row.cells]
    return {"key": row.key, "label": row.label, "cells": cells, "differs": row.differs}
