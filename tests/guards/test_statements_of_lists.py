"""What a list would do costs as many statements for many rows as for few."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.counting import counting
from tests.dossiers.clients.making import made
from tests.factories.lists import csv_of
from wiki.accounts.actor import Actor
from wiki.database import Database

FEW, MANY = 4, 60
LISTS = {
    "/clients/import": (
        "name,parent,domain,region,manager,revenue",
        "C{n},C{up},c{n}.ru,r,Anna,{n}",
    ),
    "/products/import": ("title,tags,price,stock", "P{n},t{n},{n} USD,{n}"),
    "/contracts/import": (
        "client,number,starts on,manager,previous",
        "C{n},K{n},2026-01-01,Anna,",
    ),
    "/deals/sellers/import": ("name,manager,office", "S{n},M{up},O{up}"),
}


@pytest.mark.parametrize("address", LISTS)
def test_statements_do_not_grow_with_the_rows(
    address: str, cast: Cast, database: Database, browser_of: Callable[[Actor], FlaskClient]
) -> None:
    heading, row = LISTS[address]
    for number in range(MANY):
        made(database, cast.anna, f"C{number}", domains=(f"c{number}.ru",))
    vera, counts = browser_of(cast.vera), []
    for rows in (FEW, MANY):
        lines = (row.format(n=n, up=n // 3) for n in range(1, rows + 1))
        sent = {"file": (BytesIO(csv_of(heading, *lines)), "list.csv")}
        here = vera.post(address, data=sent).location
        if "sellers" in address:
            chosen = {"column-name": "name", "column-manager": "manager", "setting-source": "CRM"}
            vera.post(here, data=chosen)
        vera.get(f"{here}/preview")
        for page in (here, f"{here}/preview", f"{here}/refused.csv", address):
            with counting(database) as statements:
                vera.get(page)
            counts.append(len(statements))
    assert counts[:4] == counts[4:]
    assert max(counts) < 25
