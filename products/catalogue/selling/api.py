"""The programs' door to what a page says for a sales talk."""

from flask import jsonify
from pydantic import BaseModel, ConfigDict, Field
from spectree import Response

from products.catalogue.selling.forms import MOST_COMPETITORS, MOST_ROWS
from products.catalogue.selling.parts import COLUMNS, Part, PartKind, Parts
from products.catalogue.selling.queries import product_visible_to
from products.catalogue.selling.sections import read_parts
from products.catalogue.selling.services import Deed, save_parts
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading
from wiki.errors import Clash, Refusal
from wiki.pages.api_shapes import RowNumber
from wiki.pages.forms import reason_of, save_key_of
from wiki.pages.saving import InConflict
from wiki.pages.views.blueprint import desk

_TAGS = ("pages",)


class PartOut(BaseModel):
    """One part: its rows by the names of their columns, and the words that stand beside them.

    Rows of `competitors` have `theirs`, one cell for each of `names`.
    """

    rows: list[dict[str, str | list[str]]]
    names: list[str]
    words: list[str]


class SellingOut(BaseModel):
    """All parts by name: audience, benefits, objections, competitors, limits and so on."""

    id: int
    revision: int
    parts: dict[str, PartOut]
    missing: list[str]


class PartIn(BaseModel):
    """The rows that a part is to have; columns that are left out are empty."""

    model_config = ConfigDict(extra="forbid")

    rows: list[dict[str, str | list[str]]] = Field(default_factory=list, max_length=MOST_ROWS)
    names: list[str] = Field(default_factory=list, max_length=MOST_COMPETITORS)


class SellingIn(BaseModel):
    """Parts to be written on top of a version; those that are left out stay as they are."""

    model_config = ConfigDict(extra="forbid")

    base_revision: RowNumber
    parts: dict[PartKind, PartIn]
    reason: str = ""
    save_key: str | None = Field(
        default=None, description="A UUID: the same request sent twice saves once"
    )


@api.get("/pages/<int:page_id>/selling")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=SellingOut, HTTP_404=Failure), tags=_TAGS)
def get_selling(page_id: int) -> Answer:
    """What a page says for a sales talk."""
    page, current = product_visible_to(reading(), actor(), page_id)
    return jsonify(_as_json(page.id, current.number, read_parts(current.body)))


@api.put("/pages/<int:page_id>/selling")
@for_programs
@needs(Permission.WRITE_PAGES)
@spec.validate(
    json=SellingIn,
    resp=Response(HTTP_200=SellingOut, HTTP_404=Failure, HTTP_409=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def set_selling(page_id: int, json: SellingIn) -> Answer:
    """Save some parts as a new version; what others saved since the base is merged."""
    product_visible_to(reading(), actor(), page_id)
    parts = Parts({kind: _part(kind, asked) for kind, asked in json.parts.items()})
    deed = Deed(json.base_revision, reason_of(json.reason), save_key_of(json.save_key))
    outcome = save_parts(desk(), actor(), page_id, parts, deed)
    if isinstance(outcome, InConflict):
        raise Clash(
            "Somebody else changed the same words meanwhile. Nothing was saved: read the page "
            "again and write on top of its newest version."
        )
    page, current = product_visible_to(fresh_reading(), actor(), page_id)
    return jsonify(_as_json(page.id, current.number, read_parts(current.body)))


def _as_json(page_id: int, number: int, parts: Parts) -> dict[str, object]:
    return {
        "id": page_id,
        "revision": number,
        "parts": {kind.value: _part_json(parts[kind]) for kind in PartKind},
        "missing": [kind.value for kind in parts.missing],
    }


def _part_json(part: Part) -> dict[str, object]:
    columns = COLUMNS[part.kind]
    rows: list[dict[str, object]] = []
    for row in part.rows:
        cells: dict[str, object] = dict(zip(columns, row, strict=False))
        if part.kind is PartKind.COMPETITORS:
            cells["theirs"] = list(row[len(columns) :])
        rows.append(cells)
    return {"rows": rows, "names": list(part.names), "words": list(part.words)}


def _part(kind: PartKind, asked: PartIn) -> Part:
    rows = tuple(_row(kind, row, len(asked.names)) for row in asked.rows)
    return Part(kind, rows, tuple(asked.names) if kind is PartKind.COMPETITORS else ())


def _row(kind: PartKind, asked: dict[str, str | list[str]], competitors: int) -> tuple[str, ...]:
    theirs = asked.get("theirs", [])
    others = set(asked) - {*COLUMNS[kind], *(["theirs"] if kind is PartKind.COMPETITORS else [])}
    cells = [asked.get(column, "") for column in COLUMNS[kind]]
    if others or not isinstance(theirs, list) or len(theirs) > competitors:
        raise _odd(kind)
    if any(not isinstance(cell, str) for cell in cells):
        raise _odd(kind)
    return tuple(map(str, (*cells, *theirs)))


def _odd(kind: PartKind) -> Refusal:
    return Refusal(
        "A row of %(part)s has the columns %(columns)s. Nothing was saved.",
        part=kind.value,
        columns=", ".join(COLUMNS[kind]),
    )
