"""Files of deals written: once, again, cut off in the middle, and with clients kept from sight."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.clients.mappings import remember_mapping
from dossiers.deals.files.loading import Plan, foresee, load_of, write_load
from dossiers.deals.files.opened import OpenedFile
from dossiers.deals.files.reading import Chosen
from dossiers.deals.files.rows import Item
from dossiers.deals.files.services import guess, new_load, plain_choice, start_load
from dossiers.deals.files.sources import open_source, source_named
from dossiers.deals.kinds import DealKind, LoadState, SourceKind
from dossiers.deals.models import Deal, DealChange, DealCompany, DealLoad, DealSource, ProductName
from tests.conftest import Cast, SetClock
from tests.dossiers.deals.files import PIPELINE, planned, reasons, written
from tests.factories.deals import make_source
from tests.factories.dossiers import make_client
from wiki.database import Database
from wiki.errors import Refusal
from wiki.history.models import HistoryEntry


def deals(session: Session) -> dict[str, Deal]:
    session.expire_all()
    return {deal.external_id: deal for deal in session.scalars(select(Deal))}


def test_the_made_up_pipeline_comes_out_exactly(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        for name in ("Dontex", "Hontex", "dambo", "Gecko & Sons"):
            make_client(session, cast.anna, name)
        report = written(session, cast.vera, PIPELINE, currency="USD")
        assert report["deals"] == {"created": 8, "changed": 0, "same": 0}
        found = deals(session)
        kinds = [deal.kind for deal in found.values()]
        assert [kinds.count(kind) for kind in DealKind] == [4, 2, 2]
        assert [found[one].amount for one in ("A1", "A3", "A5")] == [Decimal(990), Decimal(0), None]
        assert [one for one, deal in found.items() if deal.client_id is None] == ["A6", "A7"]
        assert [one for one, deal in found.items() if deal.company_id is None] == ["A6", "A7"]
        waiting = session.scalars(select(ProductName.name).where(ProductName.page_id.is_(None)))
        assert "ZipPro" in set(waiting)
        assert {s["kind"]: (s["amount"], s["unsaid"]) for s in report["sums"]} == {
            "won": ("1170", 0),
            "lost": ("0", 0),
            "open": (None, 4),
        }


def test_the_same_file_again_changes_nothing(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        written(session, cast.vera, PIPELINE)
        before = {one.external_id: (one.clocks, one.changed_at) for one in deals(session).values()}
        clock.forward(days=1)
        report = written(session, cast.vera, PIPELINE)
        assert report["deals"] == {"created": 0, "changed": 0, "same": 8}
        after = {one.external_id: (one.clocks, one.changed_at) for one in deals(session).values()}
        assert (after, session.scalars(select(DealChange)).all()) == (before, [])


def test_a_later_file_changes_what_it_says_and_nothing_else(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        written(session, cast.vera, PIPELINE, currency="USD")
        clock.forward(days=1)
        report = written(session, cast.vera, "id,stage,amount\nA5,Won,700\nA6,Engaging,\n")
        assert report["deals"] == {"created": 0, "changed": 1, "same": 1}
        deal = deals(session)["A5"]
        assert (deal.kind, deal.amount, deal.currency) == (DealKind.WON, Decimal(700), "USD")
        assert deal.company_id is not None


def test_two_sources_with_the_same_numbers_are_two_deals(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        written(session, cast.vera, PIPELINE, source="Old")
        report = written(session, cast.vera, PIPELINE, source="New")
        assert report["deals"]["created"] == 8
        assert session.scalar(select(func.count()).select_from(Deal)) == 16


def test_columns_that_were_read_wrongly_can_be_read_anew(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    text = "id,stage,closed on,updated at\n1,Won,03/04/2026,2026-01-05\n"
    with database.transaction() as session:
        written(session, cast.vera, text, order="month")
        again = written(session, cast.vera, text, order="day", anew=True)
        assert again["deals"]["changed"] == 1
        assert str(deals(session)["1"].closed_on) == "2026-04-03"
        back = written(session, cast.vera, text, order="month", anew=True)
        assert back["deals"]["changed"] == 1
        assert str(deals(session)["1"].closed_on) == "2026-03-04"


class PowerCut(Exception):
    """The machine stops."""


class _CutOff(Plan):
    """A plan whose rows end with a power cut after so many deals."""

    after = 0

    def items(self) -> Iterator[Item]:
        yield from islice(super().items(), self.after)
        raise PowerCut


def test_what_was_cut_off_goes_on_where_it_ended(
    database: Database, cast: Cast, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dossiers.deals.files.loading.AT_ONCE", 3)
    text = PIPELINE + "A9,Ben Reed,ZipPro,,Won,2025-01-01,soon,5\r\n"
    whole = planned(text)
    chosen = Chosen(whole.reading.columns, whole.reading.settings)
    with database.transaction() as session:
        load = new_load(cast.vera, "deals.csv", chosen)
        start_load(session, cast.vera, load, "CRM")
    cut = _CutOff(OpenedFile(text.encode()), chosen, "UTC")
    cut.after = 7
    with pytest.raises(PowerCut):
        write_load(database, cast.vera, load.id, cut)
    with database.reading() as session:
        assert load_of(session, load.id).place == 6
    told: list[tuple[int, int]] = []
    write_load(database, cast.vera, load.id, whole, lambda done, of: told.append((done, of)))
    assert told == [(9, 9)]
    with database.transaction() as session:
        load = load_of(session, load.id)
        assert (load.state, load.place) == (LoadState.DONE, 9)
        assert load.report["rows"] == 9
        assert load.report["deals"] == {"created": 8, "changed": 0, "same": 0}
        assert load.report["refused"]["count"] == 1
        again = written(session, cast.vera, PIPELINE)
        assert again["deals"]["same"] == 8


def test_what_a_dry_run_foresees_is_what_then_happens(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    later = PIPELINE.replace("A5,Ada", "A5,Ben").replace("A8,", "B8,") + "B9,x,,,Won,,,-1\r\n"
    with database.transaction() as session:
        assert foresee(session, cast.vera, planned(PIPELINE), None).counts.created == 8
        written(session, cast.vera, PIPELINE)
    with database.reading() as session:
        source = source_named(session, "CRM")
        foreseen = planned(later).report(foresee(session, cast.vera, planned(later), source))
    with database.transaction() as session:
        report = written(session, cast.vera, later)
    assert foreseen["deals"] == report["deals"] == {"created": 1, "changed": 1, "same": 6}
    assert report["refused"] == foreseen["refused"]
    assert reasons(report) == ["10 close_value: “-1” is less than zero."]


def test_counts_do_not_tell_a_restricted_deal_from_one_that_is_not_there(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    text = "id,company,amount\nS1,Secret,10\nO1,Open,10\n"
    guessed = "id,company,amount\nS1,Secret,10\nO1,Open,10\nN1,,10\n"
    with database.transaction() as session:
        make_client(session, cast.anna, "Secret", restricted=True)
        make_client(session, cast.anna, "Open")
        written(session, cast.anna, text)
        source = source_named(session, "CRM")
        mine = foresee(session, cast.anna, planned(guessed), source).counts
        other = foresee(session, cast.boris, planned(guessed), source).counts
        assert (mine.created, mine.changed, mine.same) == (1, 0, 2)
        assert (other.created, other.changed, other.same) == (2, 0, 1)
        report = written(session, cast.boris, guessed)
        assert report["deals"] == {"created": 2, "changed": 0, "same": 1}
        assert session.scalar(select(func.count()).select_from(Deal)) == 3


def test_a_file_takes_no_deal_from_a_client_that_its_sender_may_not_see(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        secret = make_client(session, cast.anna, "Secret", restricted=True)
        make_client(session, cast.anna, "Open")
        written(session, cast.anna, "id,company,amount\nS1,Secret,10\nS2,Secret,10\nO1,Open,10\n")
        clock.forward(minutes=1)
        text = "id,company,amount\nS1,,11\nS2,Open,11\nO1,,11\n"
        written(session, cast.boris, text)
        found = deals(session)
        assert [found[one].client_id for one in ("S1", "S2", "O1")] == [secret.id, secret.id, None]
        assert [found[one].amount for one in ("S1", "S2", "O1")] == [Decimal(11)] * 3
        clock.forward(minutes=1)
        written(session, cast.anna, "id,company,amount\nS1,,11\n")
        assert deals(session)["S1"].client_id is None


def test_near_twins_among_companies_stay_apart_and_slips_are_only_told(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    text = "id,company,stage\n" + "".join(
        f"{n},{name},{stage}\n"
        for n, (name, stage) in enumerate(
            [("Dontex", "Qualified"), ("Hontex", "Qualified"), ("Dontex", "Qualifed")]
        )
    )
    with database.transaction() as session:
        report = written(session, cast.vera, text)
        assert {one.name for one in session.scalars(select(DealCompany))} == {"Dontex", "Hontex"}
        assert [deal.stage for deal in deals(session).values()].count("Qualifed") == 1
    said = [one["sentence"] for one in report["remarks"]]
    assert any(
        "“Qualifed” in the column “stage” (1 times) looks like “Qualified”" in s for s in said
    )
    assert any("the stage “Qualifed”" in s for s in said)


def test_columns_that_mean_nothing_are_named_and_stay_in_the_raw_record(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        report = written(session, cast.vera, "id,stage,Colour\n1,Won,red\n")
        assert any("Colour" in one["sentence"] for one in report["remarks"])
        assert deals(session)["1"].raw == {"id": "1", "stage": "Won", "Colour": "red"}


def test_a_remembered_mapping_fits_the_next_file_with_its_stages_and_source(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    text = "Nr,Phase,Wert\n1,Fertig,10\n"
    columns = {"external_id": "Nr", "stage": "Phase", "amount": "Wert"}
    plan = planned(text, columns, kinds={"Fertig": "won"}, currency="EUR")
    with database.transaction() as session:
        kept: dict[str, Any] = plain_choice(Chosen(columns, plan.reading.settings))
        remember_mapping(session, cast.anna, "deals", "German", {**kept, "source": "SAP"})
        chosen, source = guess(session, OpenedFile(text.encode()))
        assert (chosen.columns, source) == (columns, "SAP")
        assert chosen.settings == plan.reading.settings
        other, source = guess(session, OpenedFile(b"id,stage\n1,Won\n"))
        assert (other.columns, source) == ({"external_id": "id", "stage": "stage"}, "")


def test_a_source_that_is_fetched_takes_no_files_and_its_name_has_a_limit(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        make_source(session, "Tryton", SourceKind.TRYTON)
        make_source(session, "Pushed", SourceKind.API)
        with pytest.raises(Refusal, match="fetched by a connector"):
            source_named(session, "Tryton")
        assert source_named(session, " Pushed ") is not None
        for name in ("", " ", "x" * 101):
            with pytest.raises(Refusal, match="1 to 100"):
                open_source(session, cast.vera, name)
        assert session.scalar(select(func.count()).select_from(DealSource)) == 2


def test_the_history_tells_of_each_import(database: Database, cast: Cast, clock: SetClock) -> None:
    with database.transaction() as session:
        written(session, cast.vera, PIPELINE)
        entry = session.scalars(
            select(HistoryEntry).where(HistoryEntry.action == "import deals")
        ).one()
        load = session.scalars(select(DealLoad)).one()
        assert (entry.actor_id, entry.subject_id) == (cast.vera.id, load.id)
        assert load.ended_at is not None
        assert load.ended_at - load.created_at < timedelta(minutes=1)
