"""The real pipeline through the doors of a user: the figures of its SOURCE.md come out exactly."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from dossiers.clients.cli import clients_commands
from dossiers.clients.models import Client
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealCompany, DealLine, ProductName
from tests.conftest import Cast
from tests.dossiers.deals.files import command
from wiki.database import Database
from wiki.money import sum_parts, whole_sum

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "crm-sales-opportunities"
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("cast")]


@pytest.fixture
def pipeline() -> str:
    if not FOLDER.is_dir():
        pytest.skip("the folder of real deals is not beside this checkout")
    return str(FOLDER / "sales_pipeline.csv")


def imported(app: Flask, file: str) -> dict[str, Any]:
    said = ("--source", "CRM", "--currency", "USD", "--json")
    done = command(app, "import", file, *said)
    assert done.exit_code == 0, done.output
    report: dict[str, Any] = json.loads(done.output)
    return report


def test_the_figures_of_the_real_pipeline_come_out_and_nothing_is_invented(
    app: Flask, database: Database, cast: Cast, pipeline: str
) -> None:
    report = imported(app, pipeline)
    assert report["deals"] == {"created": 8_800, "changed": 0, "same": 0}
    assert (report["taken"], report["refused"]["count"], report["repeated"]) == (8_800, 0, 0)
    with database.reading() as session:
        stages = Counter(session.scalars(select(Deal.stage)))
        assert stages == {"Won": 4_238, "Lost": 2_473, "Engaging": 1_589, "Prospecting": 500}
        kinds = Counter(session.scalars(select(Deal.kind)))
        assert kinds == {DealKind.WON: 4_238, DealKind.LOST: 2_473, DealKind.OPEN: 2_089}
        days = select(
            func.min(Deal.began_on), func.max(Deal.began_on),
            func.min(Deal.closed_on), func.max(Deal.closed_on),
        )  # fmt: skip
        assert [str(day) for day in session.execute(days).one()] == [
            "2016-10-20", "2017-12-27", "2017-03-01", "2017-12-31",
        ]  # fmt: skip
        alone = Counter(session.scalars(select(Deal.stage).where(Deal.company_id.is_(None))))
        assert alone == {"Engaging": 1_088, "Prospecting": 337}
        amounts = Counter(
            (stage, "none" if amount is None else "zero" if amount == 0 else "more")
            for stage, amount in session.execute(select(Deal.stage, Deal.amount))
        )
        assert amounts == {
            ("Won", "more"): 4_238, ("Lost", "zero"): 2_473,
            ("Engaging", "none"): 1_589, ("Prospecting", "none"): 500,
        }  # fmt: skip
        won = select(*sum_parts(Deal.amount)).where(Deal.kind == DealKind.WON)
        assert whole_sum(*session.execute(won).one()) == 10_005_534
        lines = select(ProductName.name, func.count()).join(
            DealLine, DealLine.product_id == ProductName.id
        )
        sold = dict(session.execute(lines.group_by(ProductName.name)).all())
        assert (sum(sold.values()), sold["GTXPro"], "GTX Pro" in sold) == (8_800, 1_480, False)
        assert session.scalar(select(func.count()).select_from(DealCompany)) == 85
        assert session.scalar(select(func.count()).select_from(Client)) == 0


def test_with_the_real_accounts_all_but_the_deals_without_one_are_in_dossiers(
    app: Flask, database: Database, pipeline: str
) -> None:
    accounts = str(Path(pipeline).with_name("accounts.csv"))
    done = app.test_cli_runner().invoke(clients_commands, ["import", accounts, "--json"])
    assert done.exit_code == 0, done.output
    imported(app, pipeline)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Client)) == 85
        alone = Counter(session.scalars(select(Deal.stage).where(Deal.client_id.is_(None))))
        assert alone == {"Engaging": 1_088, "Prospecting": 337}
        strayed = (
            select(Client.name, DealCompany.name)
            .join(Deal, Deal.client_id == Client.id)
            .join(DealCompany, DealCompany.id == Deal.company_id)
            .where(Client.name != DealCompany.name)
        )
        assert session.execute(strayed.distinct()).all() == []
        owners = select(func.count(Deal.client_id.distinct()))
        assert session.scalar(owners) == 85


def test_the_real_pipeline_again_changes_nothing(app: Flask, pipeline: str) -> None:
    imported(app, pipeline)
    assert imported(app, pipeline)["deals"] == {"created": 0, "changed": 0, "same": 8_800}
