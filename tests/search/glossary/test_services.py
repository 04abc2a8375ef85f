"""The director changes the glossary; searches see it at once."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from search.glossary.models import SynonymGroup
from search.glossary.queries import KIND, group_by_id, groups, read_synonyms, versions_of
from search.glossary.rules import LONGEST_EXPLANATION, Explanations
from search.glossary.seeds import USUAL, add_usual_groups
from search.glossary.services import (
    add_group,
    archive_group,
    bring_back_group,
    change_group,
    restore_group,
)
from search.synonyms import Synonyms
from tests.conftest import Cast
from tests.counting import counting
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal
from wiki.history.models import HistoryEntry
from wiki.history.services import record

KP = ["КП", "коммерческое предложение", "quote"]
KP_TERMS = (("кп",), ("коммерческ", "предложен"), ("quot",))


def _add(database: Database, cast: Cast, *expressions: str) -> SynonymGroup:
    with database.transaction() as session:
        return add_group(session, cast.vera, expressions or KP)


def _synonyms(database: Database) -> Synonyms:
    with database.reading() as session:
        return read_synonyms(session)


def test_searches_know_a_new_group_at_once(database: Database, cast: Cast) -> None:
    assert _synonyms(database) == Synonyms()
    _add(database, cast)
    assert _synonyms(database) == Synonyms((KP_TERMS,))


def test_an_archived_group_is_used_no_longer_and_comes_back(database: Database, cast: Cast) -> None:
    group = _add(database, cast)
    with database.transaction() as session:
        archive_group(session, cast.vera, group.id)
    assert _synonyms(database) == Synonyms()
    with database.transaction() as session:
        bring_back_group(session, cast.vera, group.id)
    assert _synonyms(database) == Synonyms((KP_TERMS,))


def test_a_change_that_is_taken_back_is_not_remembered(database: Database, cast: Cast) -> None:
    _add(database, cast)
    with pytest.raises(ZeroDivisionError), database.transaction() as session:  # noqa: PT012
        add_group(session, cast.vera, ["ТЗ", "техническое задание"])
        assert len(read_synonyms(session).groups) == 2
        raise ZeroDivisionError
    assert _synonyms(database) == Synonyms((KP_TERMS,))


def test_reading_costs_one_statement_however_many_groups_there_are(
    database: Database, cast: Cast
) -> None:
    for number in range(30):
        _add(database, cast, f"слово{number}", f"word{number}")
    assert len(_synonyms(database).groups) == 30
    with counting(database) as sent:
        _synonyms(database)
    assert len([one for one in sent if one.startswith("SELECT")]) == 1


def test_one_expression_is_not_in_two_groups(database: Database, cast: Cast) -> None:
    _add(database, cast)
    with pytest.raises(Refusal, match="«quotes» already stands in the group «КП"):
        _add(database, cast, "quotes", "offer")


def test_an_archived_group_holds_nothing_back_but_must_fit_when_it_comes_back(
    database: Database, cast: Cast
) -> None:
    group = _add(database, cast)
    with database.transaction() as session:
        archive_group(session, cast.vera, group.id)
    _add(database, cast, "quote", "offer")
    with pytest.raises(Refusal, match="already stands"), database.transaction() as session:
        bring_back_group(session, cast.vera, group.id)


def test_a_group_may_keep_its_own_expressions(database: Database, cast: Cast) -> None:
    group = _add(database, cast)
    with database.transaction() as session:
        change_group(session, cast.vera, group.id, 1, [*KP, "offer"], "цены")
    with database.reading() as session:
        (shown,) = groups(session)
    assert (shown.expressions, shown.note, shown.stamp) == ((*KP, "offer"), "цены", 2)


def test_who_wrote_on_an_older_state_overwrites_nothing(database: Database, cast: Cast) -> None:
    group = _add(database, cast)
    with database.transaction() as session:
        change_group(session, cast.vera, group.id, 1, [*KP, "offer"], "")
    with pytest.raises(Clash), database.transaction() as session:
        change_group(session, cast.adam, group.id, 1, [*KP, "bid"], "")
    with database.reading() as session:
        assert groups(session)[0].expressions == (*KP, "offer")


def test_an_earlier_state_can_be_made_so_again(database: Database, cast: Cast) -> None:
    group = _add(database, cast)
    with database.transaction() as session:
        change_group(session, cast.vera, group.id, 1, ["КП", "предложение"], "note")
    with database.reading() as session:
        first = versions_of(session, group.id)[-1]
    with database.transaction() as session:
        restore_group(session, cast.adam, group.id, 2, first.id)
    with database.reading() as session:
        (shown,) = groups(session)
        deeds = [(one.action, one.author) for one in versions_of(session, group.id)]
    assert (shown.expressions, shown.note) == (tuple(KP), "")
    assert deeds == [("restore", "Adam"), ("change", "Vera"), ("create", "Vera")]


def test_the_history_of_another_group_restores_nothing(database: Database, cast: Cast) -> None:
    group, other = _add(database, cast), _add(database, cast, "ТЗ", "техническое задание")
    with database.reading() as session:
        foreign = versions_of(session, other.id)[0]
    with pytest.raises(Missing), database.transaction() as session:
        restore_group(session, cast.vera, group.id, 1, foreign.id)


def test_the_history_says_who_and_what_and_nothing_when_nothing_changed(
    database: Database, cast: Cast
) -> None:
    group = _add(database, cast)
    with database.transaction() as session:
        change_group(session, cast.vera, group.id, 1, KP, "")
    with database.reading() as session:
        entries = list(
            session.scalars(select(HistoryEntry).where(HistoryEntry.subject_kind == KIND))
        )
    assert [(e.action, e.actor_id, e.subject_id) for e in entries] == [
        ("create", cast.vera.id, group.id)
    ]
    assert entries[0].after == {
        "expressions": "\n".join(KP),
        "note": "",
        "explanation_ru": "",
        "explanation_en": "",
        "archived": False,
    }


@pytest.mark.parametrize("name", ["nina", "anna", "boris"])
def test_only_directors_change_it(database: Database, cast: Cast, name: str) -> None:
    group = _add(database, cast)
    person = getattr(cast, name)
    for act in (
        lambda s: add_group(s, person, ["a", "b"]),
        lambda s: change_group(s, person, group.id, 1, ["a", "b"], ""),
        lambda s: archive_group(s, person, group.id),
        lambda s: bring_back_group(s, person, group.id),
        lambda s: restore_group(s, person, group.id, 1, 1),
    ):
        with pytest.raises(Forbidden), database.transaction() as session:
            act(session)
    assert _synonyms(database) == Synonyms((KP_TERMS,))


def test_the_usual_groups_fill_only_an_empty_glossary(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        assert add_usual_groups(session, cast.vera) == len(USUAL)
        assert add_usual_groups(session, cast.vera) == 0
    assert len(_synonyms(database).groups) == len(USUAL)


def test_of_many_who_add_one_expression_at_once_one_gets_through(
    database: Database, cast: Cast
) -> None:
    start, refused = Barrier(6), []

    def add(number: int) -> None:
        start.wait()
        try:
            _add(database, cast, "слово", f"word{number}")
        except Refusal as refusal:
            refused.append(refusal)

    threads = [Thread(target=add, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 5
    assert len(_synonyms(database).groups) == 1


def test_an_explanation_is_kept_changed_and_brought_back(database: Database, cast: Cast) -> None:
    said, other = Explanations("Письмо с ценами.", ""), Explanations("Цены.", "Prices.")
    with database.transaction() as session:
        group = add_group(session, cast.vera, KP, "", said)
    with database.transaction() as session:
        change_group(session, cast.vera, group.id, 1, KP, "")
        change_group(session, cast.vera, group.id, 1, KP, "", other)
    with database.reading() as session:
        versions = versions_of(session, group.id)
        assert [one.explanations for one in versions] == [other, said]
    with database.transaction() as session:
        restore_group(session, cast.vera, group.id, 2, versions[1].id)
    with database.reading() as session:
        found = group_by_id(session, group.id)
    assert found is not None
    assert found.explanations == said


def test_a_state_from_before_explanations_leaves_them_as_they_are(
    database: Database, cast: Cast
) -> None:
    said = Explanations("Письмо с ценами.", "A letter.")
    with database.transaction() as session:
        group = add_group(session, cast.vera, KP, "", said)
        then = {"expressions": "\n".join(KP), "note": "then", "archived": False}
        record(session, cast.vera, "change", KIND, group.id, None, then)
        session.flush()
        newest = select(HistoryEntry).order_by(HistoryEntry.id.desc()).limit(1)
        old = session.scalars(newest).one()
    with database.transaction() as session:
        restore_group(session, cast.vera, group.id, 1, old.id)
    with database.reading() as session:
        found = group_by_id(session, group.id)
    assert found is not None
    assert (found.note, found.explanations) == ("then", said)


def test_a_long_explanation_is_refused(database: Database, cast: Cast) -> None:
    long = Explanations("", "x" * (LONGEST_EXPLANATION + 1))
    with pytest.raises(Refusal), database.transaction() as session:
        add_group(session, cast.vera, KP, "", long)
