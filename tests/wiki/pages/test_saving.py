"""Saving: what others saved meanwhile is kept, a form sent twice saves once, nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import Cast, SetClock
from tests.factories.pages import desk_of, revision_of, rewrite_page, write_page
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal, TooLarge
from wiki.pages.content import Content
from wiki.pages.merge import Choice
from wiki.pages.models import Page, Revision
from wiki.pages.restoring import restore_revision, set_archived, undo_revision
from wiki.pages.revisions import Deed
from wiki.pages.saving import (
    Desk,
    Draft,
    InConflict,
    Saved,
    Settled,
    Unchanged,
    new_page,
    save_page,
)
from wiki.rendering.pool import RenderPool
from wiki.rendering.shapes import RenderContext, Rendered

BODY = "First part.\n\nSecond part.\n\nThird part.\n"

Read = Callable[..., Revision]


@pytest.fixture
def page(app: Flask, cast: Cast) -> int:
    return write_page(app, cast.anna, "Pelmeni", BODY)


@pytest.fixture
def read(database: Database) -> Read:
    """A version of a page, by default the newest."""

    def find(page_id: int, number: int | None = None) -> Revision:
        with database.reading() as session:
            page = session.get_one(Page, page_id)
            return revision_of(session, page_id, number or page.current_number)

    return find


def numbers(database: Database, page_id: int) -> list[int]:
    with database.reading() as session:
        wanted = select(Revision.number).where(Revision.page_id == page_id)
        return list(session.scalars(wanted.order_by(Revision.number)))


def test_a_save_makes_the_next_revision_and_the_one_before_stays(
    app: Flask, cast: Cast, page: int, read: Read, clock: SetClock
) -> None:
    clock.forward(minutes=5)
    saved = rewrite_page(app, cast.boris, page, body="New.", reason="Because")
    assert isinstance(saved, Saved)
    assert (saved.number, saved.merged) == (2, None)
    new, old = read(page), read(page, 1)
    assert (new.body, new.reason, new.author_id, new.at) == (
        "New.\n", "Because", cast.boris.id, clock.moment,
    )  # fmt: skip
    assert (old.body, old.author_id) == (BODY, cast.anna.id)


@pytest.mark.parametrize("body", [BODY, BODY + "\n\n ", BODY.replace("\n", "\r\n")])
def test_nothing_changed_is_no_revision(
    app: Flask, cast: Cast, page: int, database: Database, body: str
) -> None:
    assert rewrite_page(app, cast.boris, page, body=body) == Unchanged(page, 1)
    assert numbers(database, page) == [1]
    assert isinstance(rewrite_page(app, cast.boris, page, body=BODY + "More."), Saved)


def test_changes_that_do_not_touch_are_put_together_and_say_so(
    app: Flask, cast: Cast, page: int, read: Read
) -> None:
    rewrite_page(app, cast.anna, page, body=BODY.replace("First", "Anna's"), tags=("north",))
    saved = rewrite_page(app, cast.boris, page, base=1, body=BODY.replace("Third", "Boris's"))
    assert isinstance(saved, Saved)
    assert saved.merged is not None
    assert (saved.merged.blocks, saved.merged.fields) == (1, ("tags",))
    assert read(page).body == "Anna's part.\n\nSecond part.\n\nBoris's part.\n"
    assert read(page).tags == ["north"]
    assert read(page).base_number == 1


def test_the_same_words_changed_by_two_wait_for_a_person(
    app: Flask, cast: Cast, page: int, database: Database
) -> None:
    rewrite_page(app, cast.anna, page, body=BODY.replace("Second", "Anna's"))
    outcome = rewrite_page(app, cast.boris, page, base=1, body=BODY.replace("Second", "Boris's"))
    assert isinstance(outcome, InConflict)
    assert outcome.theirs_number == 2
    (hunk,) = outcome.conflict.text.hunks
    assert (hunk.ours, hunk.theirs) == ("Boris's part.", "Anna's part.")
    assert numbers(database, page) == [1, 2]


def test_what_a_person_decided_is_saved(app: Flask, cast: Cast, page: int, read: Read) -> None:
    rewrite_page(app, cast.anna, page, body=BODY.replace("Second", "Anna's"))
    mine = Content("Pelmeni", BODY.replace("Second", "Boris's"), {}, (), None)
    answers = Settled(2, {"hunk-1": Choice("theirs_then_ours")})
    outcome = save_page(desk_of(app), cast.boris, page, Draft(mine, 1, settled=answers))
    assert isinstance(outcome, Saved)
    assert read(page).body == ("First part.\n\nAnna's part.\n\nBoris's part.\n\nThird part.\n")


def test_a_third_save_while_somebody_decides_asks_only_about_what_is_new(
    app: Flask, cast: Cast, page: int, read: Read
) -> None:
    rewrite_page(app, cast.anna, page, body=BODY.replace("Second", "Anna's"))
    mine = Content("Pelmeni", BODY.replace("Second", "Boris's"), {}, (), None)
    rewrite_page(app, cast.vera, page, body=read(page).body.replace("Anna's", "Vera's"))
    answers = Settled(2, {"hunk-1": Choice("written", "Our own words.")})
    asked = save_page(desk_of(app), cast.boris, page, Draft(mine, 1, settled=answers))
    assert isinstance(asked, InConflict)
    assert asked.theirs_number == 3
    assert asked.conflict.text.hunks[0].ours == "Our own words."
    assert (asked.draft.base_number, asked.draft.settled) == (2, None)
    again = Draft(asked.draft.content, 2, settled=Settled(3, {"hunk-1": Choice("ours")}))
    assert isinstance(save_page(desk_of(app), cast.boris, page, again), Saved)
    assert "Our own words." in read(page).body


def test_a_third_save_elsewhere_goes_in_without_a_question(
    app: Flask, cast: Cast, page: int, read: Read
) -> None:
    rewrite_page(app, cast.anna, page, body=BODY.replace("Second", "Anna's"))
    rewrite_page(app, cast.vera, page, body=read(page).body.replace("Third", "Vera's"))
    mine = Content("Pelmeni", BODY.replace("Second", "Boris's"), {}, (), None)
    answers = Settled(2, {"hunk-1": Choice("ours")})
    saved = save_page(desk_of(app), cast.boris, page, Draft(mine, 1, settled=answers))
    assert isinstance(saved, Saved)
    assert saved.merged is not None
    assert read(page).body == "First part.\n\nBoris's part.\n\nVera's part.\n"


def test_an_undecided_place_saves_nothing(
    app: Flask, cast: Cast, page: int, database: Database
) -> None:
    rewrite_page(app, cast.anna, page, body=BODY.replace("Second", "Anna's"))
    mine = Content("Pelmeni", BODY.replace("Second", "Boris's"), {}, (), None)
    with pytest.raises(Refusal, match="not decided yet"):
        save_page(desk_of(app), cast.boris, page, Draft(mine, 1, settled=Settled(2, {})))
    assert numbers(database, page) == [1, 2]


def test_the_same_form_sent_twice_saves_once(
    app: Flask, cast: Cast, page: int, database: Database
) -> None:
    key = str(uuid4())
    first = rewrite_page(app, cast.boris, page, body="New.", save_key=key)
    again = rewrite_page(app, cast.boris, page, base=1, body="New.", save_key=key)
    assert first == again
    assert numbers(database, page) == [1, 2]


def test_the_same_form_sent_twice_saves_once_even_after_a_merge_and_another_save(
    app: Flask, cast: Cast, page: int, database: Database
) -> None:
    key, mine = str(uuid4()), BODY.replace("Third", "Boris's")
    rewrite_page(app, cast.anna, page, body=BODY.replace("First", "Anna's"))
    first = rewrite_page(app, cast.boris, page, base=1, body=mine, save_key=key)
    rewrite_page(app, cast.vera, page, body="Everything else.")
    again = rewrite_page(app, cast.boris, page, base=1, body=mine, save_key=key)
    assert isinstance(first, Saved)
    assert isinstance(again, Saved)
    assert first.number == again.number == 3
    assert numbers(database, page) == [1, 2, 3, 4]


def test_an_old_form_with_new_words_in_it_is_saved_though_its_key_is_known(
    app: Flask, cast: Cast, page: int, read: Read
) -> None:
    key = str(uuid4())
    rewrite_page(app, cast.boris, page, body=BODY + "\nOne.", save_key=key)
    saved = rewrite_page(app, cast.boris, page, base=1, body=BODY + "\nOne.\n\nTwo.", save_key=key)
    assert isinstance(saved, Saved | InConflict)
    found = read(page).body if isinstance(saved, Saved) else saved.draft.content.body
    assert "Two." in found


def test_a_key_of_somebody_else_or_of_another_page_is_worth_nothing(
    app: Flask, cast: Cast, page: int, read: Read
) -> None:
    key, other = str(uuid4()), write_page(app, cast.anna, "Vareniki", BODY)
    rewrite_page(app, cast.anna, page, body="New.", save_key=key)
    for actor, where in ((cast.anna, other), (cast.boris, other), (cast.boris, page)):
        body = f"By {actor.name} on {where}."
        assert isinstance(rewrite_page(app, actor, where, body=body, save_key=key), Saved)
        assert read(where).body == body + "\n"


def test_a_new_page_sent_twice_is_one_page(app: Flask, cast: Cast, database: Database) -> None:
    content, deed = Content("Pelmeni", BODY, {}, (), None), Deed("create", save_key=str(uuid4()))
    first = new_page(desk_of(app), cast.anna, "en", content, deed)
    assert new_page(desk_of(app), cast.anna, "en", content, deed) == first
    with pytest.raises(Clash, match="already a page"):
        new_page(desk_of(app), cast.anna, "en", content, Deed("create", save_key=str(uuid4())))
    with pytest.raises(Clash, match="already a page"):
        new_page(desk_of(app), cast.boris, "en", content, deed)
    with database.reading() as session:
        assert len(list(session.scalars(select(Page)))) == 1


def test_a_new_page_sent_twice_at_the_same_moment_is_one_page(
    app: Flask, cast: Cast, database: Database
) -> None:
    content, deed = Content("Pelmeni", BODY, {}, (), None), Deed("create", save_key=str(uuid4()))
    with ThreadPoolExecutor(6) as threads:
        sent = [
            threads.submit(new_page, desk_of(app), cast.anna, "en", content, deed)
            for _time in range(6)
        ]
    assert len({future.result().page_id for future in sent}) == 1
    with database.reading() as session:
        assert len(list(session.scalars(select(Page)))) == 1


def test_a_title_taken_by_many_at_the_same_moment_goes_to_one_of_them(
    app: Flask, cast: Cast, database: Database
) -> None:
    def write(number: int) -> bool:
        try:
            write_page(app, cast.anna, "Pelmeni", f"Text {number}.")
        except Clash:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(write, range(6))) == 1


def test_saves_of_many_at_the_same_moment_lose_no_word_and_leave_no_gap(
    app: Flask, cast: Cast, database: Database, read: Read
) -> None:
    people = (cast.anna, cast.boris, cast.vera, cast.adam)
    body = "\n\n".join(f"Paragraph {n} of this page, nobody's yet." for n in range(4))
    page = write_page(app, cast.anna, "Pelmeni", body)

    def write(place: int) -> None:
        for time in range(3):
            mine = read(page)
            words = f"nobody's yet, word{place}x{time}"
            lines = mine.body.split("\n\n")
            lines[place] = lines[place].replace("nobody's yet", words)
            outcome = rewrite_page(
                app, people[place], page, base=mine.number, body="\n\n".join(lines)
            )
            assert isinstance(outcome, Saved)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    found = read(page)
    assert numbers(database, page) == list(range(1, 14))
    assert all(f"word{place}x{time}" in found.body for place in range(4) for time in range(3))


def test_the_same_form_sent_many_times_at_the_same_moment_is_one_revision(
    app: Flask, cast: Cast, page: int, database: Database
) -> None:
    key = str(uuid4())
    with ThreadPoolExecutor(5) as threads:
        sent = [
            threads.submit(rewrite_page, app, cast.anna, page, 1, body="New.", save_key=key)
            for _time in range(5)
        ]
    found = {future.result().number for future in sent}
    assert found == {2}
    assert numbers(database, page) == [1, 2]


@pytest.mark.parametrize("base", [0, -5, 2, 2**40])
def test_a_forged_base_saves_nothing(
    app: Flask, cast: Cast, page: int, database: Database, base: int
) -> None:
    content = Content("Pelmeni", "New.", {}, (), None)
    with pytest.raises(Refusal, match="Nothing was saved"):
        save_page(desk_of(app), cast.anna, page, Draft(content, base))
    assert numbers(database, page) == [1]


def test_a_text_too_large_is_refused_before_it_is_merged(app: Flask, cast: Cast, page: int) -> None:
    rewrite_page(app, cast.boris, page, body="New.")
    with pytest.raises(TooLarge, match="300 kB is the limit"):
        rewrite_page(app, cast.anna, page, base=1, body="слово " * 800_000)


@pytest.mark.parametrize("title", ["Pelmeni", "PELMENI", " pelmeni ", "Пельмёни", "ПЕЛЬМЕНИ"])
def test_a_title_is_free_once_in_each_language(app: Flask, cast: Cast, title: str) -> None:
    write_page(app, cast.anna, "Pelmeni")
    write_page(app, cast.anna, "Пельмени")
    with pytest.raises(Clash, match="already a page"):
        write_page(app, cast.boris, title)
    write_page(app, cast.boris, title, language="ru")


def test_a_rename_to_a_taken_title_is_refused_and_an_archived_page_keeps_none(
    app: Flask, cast: Cast, page: int
) -> None:
    other = write_page(app, cast.anna, "Vareniki")
    with pytest.raises(Clash, match="still in the form"):
        rewrite_page(app, cast.anna, other, title="pelmeni")
    set_archived(desk_of(app), cast.vera, page, True)
    assert isinstance(rewrite_page(app, cast.anna, other, title="pelmeni"), Saved)
    with pytest.raises(Clash, match="already a page"):
        set_archived(desk_of(app), cast.vera, page, False)


def test_restoring_makes_a_new_revision_that_says_the_old(
    app: Flask, cast: Cast, page: int, read: Read, database: Database
) -> None:
    rewrite_page(app, cast.boris, page, body="Spoilt.", title="Spoilt", tags=("x",))
    outcome = restore_revision(desk_of(app), cast.vera, page, 1, "As it was")
    assert isinstance(outcome, Saved)
    found = read(page)
    assert (found.number, found.kind, found.reason) == (3, "restore", "As it was")
    assert (found.title, found.body, found.tags) == ("Pelmeni", BODY, [])
    assert isinstance(restore_revision(desk_of(app), cast.vera, page, 1, ""), Unchanged)
    with pytest.raises(Missing):
        restore_revision(desk_of(app), cast.vera, page, 99, "")


def test_a_middle_revision_is_undone_and_what_came_after_stays(
    app: Flask, cast: Cast, page: int, read: Read
) -> None:
    rewrite_page(app, cast.boris, page, body=BODY.replace("First", "Bad"))
    rewrite_page(app, cast.anna, page, body=read(page).body.replace("Third", "Good"))
    assert isinstance(undo_revision(desk_of(app), cast.vera, page, 2, ""), Saved)
    assert read(page).body == BODY.replace("Third", "Good")
    assert read(page).kind == "undo"


def test_what_cannot_be_undone_alone_is_left_as_it_is(
    app: Flask, cast: Cast, page: int, read: Read, database: Database
) -> None:
    rewrite_page(app, cast.boris, page, body=BODY.replace("First", "Bad"))
    rewrite_page(app, cast.anna, page, body=BODY.replace("First", "Good"))
    with pytest.raises(Clash, match="later versions changed the same words"):
        undo_revision(desk_of(app), cast.vera, page, 2, "")
    with pytest.raises(Clash, match="first version cannot be undone"):
        undo_revision(desk_of(app), cast.vera, page, 1, "")
    assert numbers(database, page) == [1, 2, 3]


def test_who_may_not_write_saves_nothing(app: Flask, cast: Cast, page: int) -> None:
    with pytest.raises(Forbidden):
        rewrite_page(app, cast.nina, page, body="New.")
    with pytest.raises(Forbidden):
        set_archived(desk_of(app), cast.anna, page, True)
    with pytest.raises(Forbidden):
        write_page(app, cast.nina, "Vareniki")


def test_who_may_not_see_a_page_can_do_nothing_with_it(app: Flask, cast: Cast) -> None:
    page = write_page(app, cast.boris, "Secret", audience=f"team:{cast.boris.team_id}")
    desk = desk_of(app)
    assert isinstance(rewrite_page(app, cast.boris, page, body="New."), Saved)
    for deed in (
        lambda: rewrite_page(app, cast.anna, page, body="Spoilt."),
        lambda: restore_revision(desk, cast.anna, page, 1, ""),
        lambda: undo_revision(desk, cast.anna, page, 2, ""),
        lambda: set_archived(desk, cast.vera, page, True),
    ):
        with pytest.raises(Missing):
            deed()


def test_who_is_overtaken_at_every_attempt_is_saved_under_the_lock(
    app: Flask, cast: Cast, database: Database, read: Read
) -> None:
    page = write_page(app, cast.anna, "Pelmeni", "First.\n\nSecond.")
    desk = desk_of(app)
    overtaking = iter(range(100))

    class Overtaken(RenderPool):
        def render(self, text: str, context: RenderContext) -> Rendered:
            if next(overtaking) < 5:
                words = f"First, {read(page).number}."
                rewrite_page(app, cast.boris, page, body=f"{words}\n\nSecond.")
            return desk.renderer.render(text, context)

    text = Content("Pelmeni", "First.\n\nSecond, mine.", {}, (), None)
    mine = Draft(text, 1)
    outcome = save_page(Desk(database, Overtaken()), cast.anna, page, mine)
    assert isinstance(outcome, Saved)
    assert read(page).body.strip() == "First, 5.\n\nSecond, mine."
    assert numbers(database, page) == list(range(1, 8))
