"""The real list of 85 accounts, through the doors that people use."""

from collections import Counter

from tests.conftest import Cast
from tests.dossiers.clients.importing.cards import cards_in
from tests.factories.lists import Lists, figures, real_file, sentences
from wiki.database import Database


def test_the_85_accounts_come_in_with_their_holdings_and_nothing_is_lost(
    lists: Lists, cast: Cast, database: Database
) -> None:
    content = real_file("accounts.csv").read_bytes()
    report = lists.write(cast.vera, content)
    assert figures(report) == (85, 0, 0, 0, 0)
    assert report["kept"] == ["year_established", "revenue", "employees"]
    found = cards_in(database)
    parents = Counter(card["parent"] for card in found.values() if "parent" in card)
    assert parents == {
        "Acme Corporation": 4, "Sonron": 3, "Bubba Gump": 2, "Inity": 2, "Golddex": 2,
        "Massive Dynamic": 1, "Warephase": 1,
    }  # fmt: skip
    assert {"dambase", "Gekko & Co", "Xx-holding", "Y-corporation", "Zoomit", "Zotware"} <= set(
        found
    )
    assert sum(card["segment"] == "technolgy" for card in found.values()) == 12
    places = {card["region"] for card in found.values() if "region" in card}
    assert places == {"Philipines", "Korea"}
    assert sum("country" in card for card in found.values()) == 83
    assert found["Acme Corporation"]["further"] == {
        "year_established": "1996", "revenue": "1100.04", "employees": "2822",
    }  # fmt: skip
    assert report["remarks"]["count"] == 3
    assert "philippines" in " ".join(sentences(report, "remarks"))
    assert figures(lists.write(cast.vera, content)) == (0, 0, 85, 0, 0)
