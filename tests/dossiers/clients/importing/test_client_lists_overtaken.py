"""A list that others overtake, or that breaks off: nothing half, nothing twice, all counted."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from dossiers.clients.importing.sort import ClientSort
from dossiers.clients.models import Client
from tests.conftest import Cast
from tests.dossiers.clients.importing.cards import cards_in
from tests.dossiers.clients.making import made
from tests.factories.lists import Lists, csv_of, figures, sentences
from tests.factories.pages import desk_of, rewrite_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.lists.choosing import as_json
from wiki.lists.models import ListLoad
from wiki.lists.plans import Chosen, Plan, Thing
from wiki.lists.services import new_load, start
from wiki.lists.sheets import Sheet, read_sheet
from wiki.lists.sorts import By, Writer
from wiki.lists.writing import AT_ONCE, Order, write_list
from wiki.locale import force_locale
from wiki.pages.saving import Desk


class Overtaken(ClientSort):
    """Somebody does something while the list is being rendered."""

    def __init__(self, deed: Callable[[], object]) -> None:
        self._deed: Callable[[], object] | None = deed

    def writer(self, desk: Desk, actor: Actor, plan: Plan, by: By) -> Writer:
        inner, outer = super().writer(desk, actor, plan, by), self

        class Slow(Writer):
            def prepare(self, things: Sequence[Thing]) -> None:
                inner.prepare(things)
                deed, outer._deed = outer._deed, None
                if deed is not None:
                    deed()

            def write(self, session: Session, thing: Thing) -> None:
                inner.write(session, thing)

            def finish(self, session: Session) -> None:
                inner.finish(session)

        return Slow()


class BreaksOff(ClientSort):
    """The work ends in the middle of the second part."""

    def writer(self, desk: Desk, actor: Actor, plan: Plan, by: By) -> Writer:
        inner = super().writer(desk, actor, plan, by)
        write, written = inner.write, []

        def once_too_often(session: Session, thing: Thing) -> None:
            written.append(thing)
            if len(written) > AT_ONCE + 5:
                raise RuntimeError("the machine stops")
            write(session, thing)

        inner.write = once_too_often  # type: ignore[method-assign]
        return inner


def test_of_a_row_that_was_overtaken_nothing_stays_and_the_others_go_in(
    app: Flask, lists: Lists, cast: Cast, database: Database
) -> None:
    lists.write(cast.anna, csv_of("name,region,employees", "Acme,North,5"))
    with database.reading() as session:
        page = session.get_one(Client, 1).page_id or 0

    def meanwhile() -> None:
        rewrite_page(app, cast.anna, page, body="Somebody's words.\n")
        made(database, cast.anna, "Faster")

    rows = csv_of("name,region,employees", "Acme,South,6", "Faster,East,7", "Other,West,8")
    report = Lists(app, Overtaken(meanwhile)).write(cast.anna, rows)
    assert figures(report) == (1, 0, 0, 0, 2)
    told = sentences(report, "refused")
    assert "changed the notes of this client meanwhile" in told[0]
    assert "There is a client of this name already" in told[1]
    found = cards_in(database)
    assert found["Acme"]["region"] == "North"
    assert found["Acme"]["further"] == {}
    assert "region" not in found["Faster"]
    assert found["Other"]["further"] == {"employees": "8"}
    again = lists.write(cast.anna, rows)
    assert figures(again) == (0, 2, 1, 0, 0)


def order_of(app: Flask, actor: Actor, sort: ClientSort, sheet: Sheet) -> Order:
    chosen: Chosen = Lists(app, sort).chosen(actor, sheet, {}, ())
    return Order(sort, actor, sheet, chosen)


def test_what_broke_off_goes_on_and_the_report_counts_all_of_it(
    app: Flask, cast: Cast, database: Database
) -> None:
    rows = 2 * AT_ONCE
    made(database, cast.anna, "Client 7")
    lines = (f"Client {n},Client {(n + 40) % rows if n % 3 else ''}" for n in range(rows))
    sheet = read_sheet(csv_of("name,parent", *lines))
    with app.app_context(), force_locale("en"):
        broken = order_of(app, cast.anna, BreaksOff(), sheet)
        with database.transaction() as session:
            load = new_load(cast.anna, broken.sort, "list.csv", "", broken.chosen)
            start(session, cast.anna, load)
            assert load.choice == as_json(broken.chosen)
        with pytest.raises(RuntimeError):
            write_list(desk_of(app), broken, load.id)
        assert len(cards_in(database)) in (AT_ONCE, AT_ONCE + 1)
        whole = order_of(app, cast.anna, ClientSort(), sheet)
        report = write_list(desk_of(app), whole, load.id)
    assert figures(report) == (rows - 1, 1, 0, 0, 0)
    assert len(cards_in(database)) == rows
    with database.reading() as session:
        assert session.get_one(ListLoad, load.id).state == "done"
