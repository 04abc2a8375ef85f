"""A list of clients: by what they are known, what changes, what is refused and what is told."""

from datetime import date

from sqlalchemy import func, select

from dossiers.clients.changes import deeds_of
from dossiers.clients.models import Assignment, CardFact, Client
from dossiers.facts.models import Change, Source
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from tests.conftest import Cast, SetClock
from tests.dossiers.clients.importing.cards import cards_in
from tests.dossiers.clients.making import MET, made
from tests.factories.lists import Lists, csv_of, figures, sentences
from wiki.database import Database

HOLDING = csv_of(
    "account,sector,office_location,subsidiary_of",
    "Bluth Company,technolgy,United States,Acme Corporation",
    "dambase,marketing,Germany,",
    "Gekko & Co,retail,Philipines,Nobody Known",
    "Acme Corporation,technology,Korea,",
    "Xx-holding,retail,Россия,Gekko & Co",
)


def test_parents_may_stand_in_any_row_and_are_never_invented(
    lists: Lists, cast: Cast, database: Database
) -> None:
    report = lists.write(cast.vera, HOLDING)
    assert figures(report) == (5, 0, 0, 0, 0)
    found = cards_in(database)
    assert found["Bluth Company"]["parent"] == "Acme Corporation"
    assert found["Xx-holding"] == {"name": "Xx-holding", "country": "RU", "segment": "retail",
                                   "parent": "Gekko & Co"}  # fmt: skip
    assert "parent" not in found["Gekko & Co"]
    assert found["Gekko & Co"]["further"] == {"subsidiary_of": "Nobody Known"}
    assert "Nobody Known" not in found
    remarks = " ".join(sentences(report, "remarks"))
    assert "There is no client called “Nobody Known”" in remarks


def test_what_is_no_country_is_kept_as_text_and_slips_are_told(
    lists: Lists, cast: Cast, database: Database
) -> None:
    report = lists.write(cast.vera, HOLDING)
    found = cards_in(database)
    assert found["Gekko & Co"]["region"] == "Philipines"
    assert found["Acme Corporation"]["region"] == "Korea"
    assert "country" not in found["Gekko & Co"]
    assert found["Bluth Company"]["segment"] == "technolgy"
    remarks = " ".join(sentences(report, "remarks"))
    for told in (
        "technolgy” in the column “sector",
        "“technology”",
        "philippines",
        "“Korea” is not",
    ):
        assert told in remarks


def test_the_same_list_again_changes_nothing_whoever_sends_it_when(
    lists: Lists, cast: Cast, database: Database, clock: SetClock
) -> None:
    lists.write(cast.vera, HOLDING)
    before = cards_in(database)
    clock.forward(days=40)
    assert figures(lists.write(cast.vera, HOLDING)) == (0, 0, 5, 0, 0)
    assert figures(lists.write(cast.anna, HOLDING)) == (0, 0, 5, 0, 0)
    assert cards_in(database) == before
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Change)) == 5


def test_a_client_is_known_by_tax_number_then_by_domain_then_by_exact_name(
    lists: Lists, cast: Cast, database: Database
) -> None:
    for name, card in (
        ("By number", {"tax_number": "7707083893", "country": "RU"}),
        ("By domain", {"domains": ("domain.ru",)}),
        ("By Name", {}),
    ):
        made(database, cast.anna, name, **card)
    report = lists.write(
        cast.anna,
        csv_of(
            "name,inn,website,segment",
            "Number Ltd,7707 083 893,,a",
            "Domain Ltd,,https://www.Domain.ru/about,b",
            "by name,,,c",
            "By Nam,,,d",
        ),
        country="RU",
    )
    assert figures(report) == (1, 3, 0, 0, 0)
    assert {name: card["segment"] for name, card in cards_in(database).items()} == {
        "Number Ltd": "a", "Domain Ltd": "b", "by name": "c", "By Nam": "d",
    }  # fmt: skip


def test_clients_with_different_tax_numbers_are_two_whatever_they_share(
    lists: Lists, cast: Cast, database: Database
) -> None:
    rows = csv_of(
        "name,tax_number,domain",
        "Twin,7707083893,twin.ru",
        "Twin,7736050003,twin.ru",
        "Twin,,",
    )
    report = lists.write(cast.anna, rows, country="RU")
    assert figures(report) == (2, 0, 0, 0, 1)
    assert "fits two clients of this file" in sentences(report, "refused")[0]
    again = lists.write(cast.anna, rows, country="RU")
    assert figures(again) == (0, 0, 2, 0, 1)


def test_a_row_that_means_two_clients_is_refused_and_names_them(
    lists: Lists, cast: Cast, database: Database
) -> None:
    made(database, cast.anna, "One", tax_number="7707083893", country="RU")
    made(database, cast.anna, "Two", domains=("two.ru",))
    report = lists.write(
        cast.anna, csv_of("name,tax_number,domain", "One,7707083893,two.ru"), country="RU"
    )
    assert figures(report) == (0, 0, 0, 0, 1)
    assert "One (/clients/1), Two (/clients/2)" in sentences(report, "refused")[0]


def test_near_twins_are_never_merged(lists: Lists, cast: Cast, database: Database) -> None:
    names = ("Dontechi", "Hottechi", "Opentech", "Scottech", "Betatech", "Zoomit", "Zotware")
    report = lists.write(cast.vera, csv_of("account", *names))
    assert figures(report) == (7, 0, 0, 0, 0)
    assert set(cards_in(database)) == set(names)


def test_rows_of_one_client_are_put_together_or_all_refused(
    lists: Lists, cast: Cast, database: Database
) -> None:
    report = lists.write(
        cast.anna,
        csv_of(
            "name,region,tags,domain",
            "Whole,North,one,whole.ru",
            "Whole,,two,whole.com",
            "Whole,North,one,whole.ru",
            "Torn,East,,",
            "Torn,West,,",
            "Fine,,,",
        ),
    )
    assert figures(report) == (2, 0, 0, 2, 2)
    found = cards_in(database)
    assert found["Whole"]["tags"] == ["one", "two"]
    assert found["Whole"]["domains"] == ["whole.com", "whole.ru"]
    assert "Torn" not in found
    assert all("Rows 5, 6" in text and "region" in text for text in sentences(report, "refused"))


def test_a_wrong_tax_number_refuses_its_row_alone(
    lists: Lists, cast: Cast, database: Database
) -> None:
    rows = csv_of("name,tax_number,country", "Bad,7707083894,RU", "Good,7707083893,RU")
    report = lists.write(cast.anna, rows)
    assert figures(report) == (1, 0, 0, 0, 1)
    assert list(cards_in(database)) == ["Good"]
    assert report["refused"]["lines"][0]["column"] == "tax_number"


def test_an_empty_cell_takes_nothing_away_and_lists_are_added_to(
    lists: Lists, cast: Cast, database: Database
) -> None:
    made(
        database, cast.anna, "Full", region="North", tags=("old",), domains=("full.ru",),
        legal_name="OOO Full",
    )  # fmt: skip
    rows = csv_of("name,region,tags,domain,legal name", "Full,,new,full.com,")
    assert figures(lists.write(cast.anna, rows)) == (0, 1, 0, 0, 0)
    assert cards_in(database)["Full"] == {
        "name": "Full", "legal_name": "OOO Full", "region": "North", "team": cast.anna.team_id,
        "tags": ["new", "old"], "domains": ["full.ru", "full.com"],
    }  # fmt: skip


def test_columns_without_a_place_are_kept_in_the_notes_or_left_as_one_says(
    lists: Lists, cast: Cast, database: Database, clock: SetClock
) -> None:
    rows = csv_of("account,revenue,employees,year", "Acme,1100.04,2822,1996")
    report = lists.write(cast.anna, rows, drop=("year",))
    assert (report["kept"], report["left"]) == (["revenue", "employees"], ["year"])
    assert cards_in(database)["Acme"]["further"] == {"revenue": "1100.04", "employees": "2822"}
    clock.forward(days=1)
    more = csv_of("account,revenue,employees,year", "Acme,1200.50,2822,1996")
    assert figures(lists.write(cast.anna, more, drop=("year",))) == (0, 1, 0, 0, 0)
    assert cards_in(database)["Acme"]["further"] == {"revenue": "1200.50", "employees": "2822"}
    assert figures(lists.write(cast.anna, more, drop=("*",))) == (0, 0, 1, 0, 0)
    with database.reading() as session:
        # What was there stays with the day on which it was learnt, and versions keep the rest.
        assert [deed.deed.action for deed in deeds_of(session, 1)] == ["import client"]


def test_each_changed_client_has_one_deed_that_can_be_taken_back(
    lists: Lists, cast: Cast, database: Database
) -> None:
    made(database, cast.anna, "Acme", region="South")
    rows = csv_of("name,region,segment,manager,employees", "Acme,North,retail,Anna,12")
    lists.write(cast.anna, rows)
    after = cards_in(database)["Acme"]
    assert (after["region"], after["segment"], after["manager"]) == (
        "North",
        "retail",
        cast.anna.id,
    )
    with database.transaction() as session:
        deeds = deeds_of(session, 1)
        assert [deed.deed.action for deed in deeds] == ["import card", "add client"]
        facts = session.execute(select(CardFact.value, CardFact.source)).all()
        sources = {source for value, source in facts if value in ("North", "retail")}
        assert sources == {Source.IMPORT}
        pen = open_dossier(session, cast.anna, 1, date(2026, 1, 1), MET)
        take_back(pen, deeds[0].deed.id)
    found = cards_in(database)["Acme"]
    assert found["region"] == "South"
    assert "manager" not in found
    assert "segment" not in found


def test_an_unknown_manager_is_a_remark_and_the_name_is_kept(
    lists: Lists, cast: Cast, database: Database
) -> None:
    report = lists.write(
        cast.anna, csv_of("name,manager", "One,boris@example.com", "Two,Somebody Else")
    )
    assert figures(report) == (2, 0, 0, 0, 0)
    found = cards_in(database)
    assert found["One"]["manager"] == cast.boris.id
    assert found["Two"]["further"] == {"manager": "Somebody Else"}
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Assignment)) == 1


def test_circles_are_left_out_whatever_the_order(
    lists: Lists, cast: Cast, database: Database
) -> None:
    made(database, cast.anna, "C")
    report = lists.write(cast.anna, csv_of("name,parent", "A,B", "B,A", "C,C", "D,A", "E,D"))
    found = cards_in(database)
    assert {name: card.get("parent") for name, card in found.items()} == {
        "A": None, "B": None, "C": None, "D": "A", "E": "D",
    }  # fmt: skip
    assert len([text for text in sentences(report, "remarks") if "above itself" in text]) == 2


def test_a_holding_can_be_turned_round_by_one_list(
    lists: Lists, cast: Cast, database: Database
) -> None:
    lists.write(cast.anna, csv_of("name,parent", "Low,High", "High,"))
    lists.write(cast.anna, csv_of("name,parent", "High,Low", "Low,Top", "Top,"))
    found = cards_in(database)
    assert (found["High"]["parent"], found["Low"]["parent"]) == ("Low", "Top")


def test_managers_change_clients_of_their_own_team_only(
    lists: Lists, cast: Cast, database: Database
) -> None:
    made(database, cast.boris, "Theirs", region="South")
    made(database, cast.anna, "Ours", region="South")
    rows = csv_of("name,region,team", "Theirs,North,", "Ours,North,", "New,,North", "Alien,,South")
    report = lists.write(cast.anna, rows)
    assert figures(report) == (1, 1, 0, 0, 2)
    found = cards_in(database)
    assert (found["Theirs"]["region"], found["Ours"]["region"]) == ("South", "North")
    assert "Alien" not in found
    assert "another team" in sentences(report, "refused")[0]
    same = csv_of("name,region", "Theirs,South")
    assert figures(lists.write(cast.anna, same)) == (0, 0, 1, 0, 0)


def test_who_sees_a_client_is_said_for_new_ones_only(
    lists: Lists, cast: Cast, database: Database
) -> None:
    made(database, cast.anna, "Hidden", restricted=True)
    rows = csv_of("name,restricted", "Hidden,no", "Secret,yes", "Odd,perhaps")
    report = lists.write(cast.anna, rows)
    assert figures(report) == (1, 0, 1, 0, 1)
    with database.reading() as session:
        assert set(session.scalars(select(Client.restricted))) == {True}
    assert "changed in its dossier alone" in " ".join(sentences(report, "remarks"))


def test_public_mail_hosts_and_nonsense_are_no_domains(
    lists: Lists, cast: Cast, database: Database
) -> None:
    report = lists.write(cast.anna, csv_of("name,website", "One,gmail.com one.ru", "Two,n/a"))
    assert figures(report) == (2, 0, 0, 0, 0)
    found = cards_in(database)
    assert found["One"]["domains"] == ["one.ru"]
    assert found["Two"]["further"] == {"website": "n/a"}
    assert report["remarks"]["count"] == 2
