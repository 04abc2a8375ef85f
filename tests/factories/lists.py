"""Lists of clients, products and sellers for tests: files, planned and written as people do it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.factories.pages import desk_of
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.lists.choosing import checked, guess
from wiki.lists.plans import Chosen, Plan
from wiki.lists.services import new_load, start
from wiki.lists.sheets import Sheet, read_sheet
from wiki.lists.sorts import Sort
from wiki.lists.writing import Order, write_list
from wiki.locale import force_locale

REAL_DEALS = (
    Path(__file__).parent.parent.parent.parent / "shared" / "data" / ("crm-sales-opportunities")
)


def real_file(name: str) -> Path:
    """A file of the real sample; a test that needs it says plainly when it is absent."""
    path = REAL_DEALS / name
    if not path.is_file():
        pytest.skip("the folder of real deal records is not beside this checkout")
    return path


def csv_of(heading: str, *rows: str) -> bytes:
    """A file with these lines."""
    return "\r\n".join((heading, *rows, "")).encode()


class Lists:
    """One sort of list in an application."""

    def __init__(self, app: Flask, sort: Sort) -> None:
        self._app, self._sort = app, sort
        self._database: Database = app.extensions["database"]

    def chosen(
        self, actor: Actor, sheet: Sheet, settings: Mapping[str, str], drop: Sequence[str]
    ) -> Chosen:
        """What is guessed of a sheet, with these settings."""
        with self._database.reading() as session:
            found = guess(session, actor, self._sort, sheet)
            wanted = Chosen(found.columns, {**found.settings, **settings}, tuple(drop))
            return checked(session, actor, self._sort, sheet, wanted)

    def plan(self, actor: Actor, content: bytes, drop: Sequence[str] = (), **settings: str) -> Plan:
        """What a file would do."""
        sheet = read_sheet(content)
        with self._app.app_context(), force_locale("en"), self._database.reading() as session:
            chosen = self.chosen(actor, sheet, settings, drop)
            return self._sort.plan(session, actor, sheet, chosen)

    def write(
        self, actor: Actor, content: bytes, drop: Sequence[str] = (), **settings: str
    ) -> Mapping[str, Any]:
        """Write a file; its report."""
        sheet = read_sheet(content)
        with self._app.app_context(), force_locale("en"):
            chosen = self.chosen(actor, sheet, settings, drop)
            with self._database.transaction() as session:
                load = new_load(actor, self._sort, "list.csv", "", chosen)
                start(session, actor, load)
            order = Order(self._sort, actor, sheet, chosen)
            return write_list(desk_of(self._app), order, load.id)


def figures(report: Mapping[str, Any]) -> tuple[int, int, int, int, int]:
    """New, changed, same, repeated, refused."""
    refused = report["refused"]["count"]
    found = (*(report[name] for name in ("new", "changed", "same", "repeated")), refused)
    assert sum(found) == report["rows"]
    return found


def sentences(report: Mapping[str, Any], part: str) -> list[str]:
    """The refusals or remarks of a report."""
    return [line["sentence"] for line in report[part]["lines"]]
