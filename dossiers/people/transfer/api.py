"""The programs' door to imports: rows, or the text of a CSV, into a client's chart."""

from datetime import date
from typing import Any

from flask import jsonify
from pydantic import BaseModel, Field
from spectree import Response

from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.mapping import checked_mapping, guess_mapping
from dossiers.people.transfer.planning import Wanted
from dossiers.people.transfer.reading import read_table
from dossiers.people.transfer.report import report_of
from dossiers.people.transfer.report_text import changes_in
from dossiers.people.transfer.services import mappings_of, plan_table, write_table
from dossiers.people.transfer.vocabulary import known_words
from wiki import clock
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.tables.tables import MOST_COLUMNS, MOST_ROWS, Table, table_of

_MOST_LISTED = 2_000


class ImportIn(BaseModel):
    """Rows of a client's people: `rows` as objects by column, or `csv` as text; one of the two.

    `map` says which column is which field; without it the headings are guessed. `absent` is
    "leave" or "end", for positions that are not in the rows.
    """

    rows: list[dict[str, str | int | float | bool | None]] | None = Field(
        default=None, max_length=MOST_ROWS
    )
    csv: str | None = None
    map: dict[str, str] = {}
    as_of: date | None = None
    absent: Absent | None = None
    dry_run: bool = False
    name: str = Field(default="API", max_length=250)


class ImportOut(BaseModel):
    """What the import did, or would do. Every row is in just one of the four counts."""

    dry_run: bool
    change: int | None
    day: date
    absent: Absent
    rows: int
    going: int
    same: int
    repeated: int
    refused: dict[str, Any]
    remarks: dict[str, Any]
    changes: dict[str, int]
    differences: list[dict[str, Any]]


@api.post("/clients/<int:client_id>/people/import")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(
    json=ImportIn,
    resp=Response(
        HTTP_200=ImportOut, HTTP_403=Failure, HTTP_404=Failure, HTTP_413=Failure, HTTP_422=Failure
    ),
    tags=["Clients"],
)
def import_people(client_id: int, json: ImportIn) -> Answer:
    """Import positions and people as of a day: one change, which can be taken back."""
    table, words, change = _table(json), known_words(), None
    wanted = _wanted(json, table)
    if json.dry_run:
        plan = plan_table(reading(), actor(), client_id, table, wanted, words)
    else:
        with transaction() as session:
            name = one_line(json.name)
            change, plan = write_table(
                session, actor(), client_id, table, wanted, words, name, is_looked_at=False
            )
    report = report_of(plan, table)
    answer = {name: report[name] for name in ImportOut.model_fields if name in report}
    return jsonify(
        **answer,
        dry_run=json.dry_run,
        change=change.id if change else None,
        differences=changes_in(plan)[:_MOST_LISTED],
    )


def _table(json: ImportIn) -> Table:
    if (json.rows is None) == (json.csv is None):
        raise Refusal("Send either rows or csv. Nothing was changed.")
    if json.csv is not None:
        return read_table(json.csv.encode("utf-8", "replace"))
    names = dict.fromkeys(name for row in json.rows or () for name in row)
    # One more than an import takes is enough to be refused; each row may bring names of its own.
    headings = list(names)[: MOST_COLUMNS + 1]
    lines = [[_cell(row.get(name)) for name in headings] for row in json.rows or ()]
    return table_of([headings, *lines], "", "json")


def _cell(value: str | int | float | bool | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _wanted(json: ImportIn, table: Table) -> Wanted:
    if json.map:
        mapping = checked_mapping(json.map, table.headings)
    else:
        mapping = guess_mapping(table, mappings_of(reading()))
    return Wanted(mapping, json.as_of or clock.today(actor().time_zone), json.absent)
