"""What the process keeps of readings is what the database says."""

from random import Random

from products.onboarding.progress.kept import CHANGED, READ, UNREAD, KeptReadings, Weighed
from tests.conftest import Cast
from tests.counting import counting
from tests.products.onboarding.progress.making import make_pages, read
from wiki.database import Database

NOT, AGAIN, DONE = UNREAD, CHANGED, READ


def states(
    database: Database, kept: KeptReadings, pages: list[Weighed], *people: int
) -> list[list[int]]:
    with database.reading() as session:
        found = kept.states(session, pages, people)
    return [list(found[ident]) for ident in people]


def test_what_was_confirmed_before_the_first_look_is_known(database: Database, cast: Cast) -> None:
    one, two, three = make_pages(database, cast.anna, 3)
    read(database, cast.nina, one, two)
    pages = [Weighed(two, 2), Weighed(three, 1), Weighed(one, 1)]
    found = states(database, KeptReadings(), pages, cast.nina.id, cast.boris.id)
    assert found == [[AGAIN, NOT, DONE], [NOT, NOT, NOT]]


def test_what_is_confirmed_later_is_known_at_the_next_look(database: Database, cast: Cast) -> None:
    one, two = make_pages(database, cast.anna, 2)
    kept, pages = KeptReadings(), [Weighed(one, 1), Weighed(two, 1)]
    assert states(database, kept, pages, cast.nina.id) == [[NOT, NOT]]
    read(database, cast.nina, two)
    read(database, cast.boris, one)
    found = states(database, kept, pages, cast.nina.id, cast.boris.id)
    assert found == [[NOT, DONE], [DONE, NOT]]


def test_a_material_change_is_known_at_once(database: Database, cast: Cast) -> None:
    (one,) = make_pages(database, cast.anna, 1)
    read(database, cast.nina, one)
    kept = KeptReadings()
    assert states(database, kept, [Weighed(one, 1)], cast.nina.id)[0][0] == DONE
    assert states(database, kept, [Weighed(one, 2)], cast.nina.id)[0][0] == AGAIN
    read(database, cast.nina, one, revision=2)
    assert states(database, kept, [Weighed(one, 2)], cast.nina.id)[0][0] == DONE


def test_questions_count_when_they_were_passed(database: Database, cast: Cast) -> None:
    one, two = make_pages(database, cast.anna, 2)
    kept, pages = KeptReadings(), [Weighed(one, 1), Weighed(two, 1), Weighed(two, 1, asks=True)]
    read(database, cast.nina, one, two)
    assert states(database, kept, pages, cast.nina.id) == [[DONE, DONE, NOT]]
    read(database, cast.nina, two, passed=True)
    assert states(database, kept, pages, cast.nina.id) == [[DONE, DONE, DONE]]
    read(database, cast.nina, two, revision=2)
    assert states(database, kept, pages, cast.nina.id) == [[DONE, DONE, DONE]]


def test_different_lists_of_pages_do_not_disturb_each_other(database: Database, cast: Cast) -> None:
    pages = make_pages(database, cast.anna, 30)
    kept = KeptReadings()
    read(database, cast.nina, *pages[::2])
    for number, page in enumerate(pages):
        found = states(database, kept, [Weighed(page, 1)], cast.nina.id)
        assert found == [[DONE if number % 2 == 0 else NOT]]
    assert states(database, kept, [], cast.nina.id) == [[]]


def test_a_look_costs_one_statement_and_the_first_one_two(database: Database, cast: Cast) -> None:
    pages = [Weighed(page, 1) for page in make_pages(database, cast.anna, 40)]
    read(database, cast.nina, *(page.page_id for page in pages))
    kept = KeptReadings()
    with counting(database) as first:
        states(database, kept, pages, cast.nina.id)
    with counting(database) as again:
        states(database, kept, pages, cast.nina.id, cast.boris.id)
    asked = [[one for one in sent if not one.startswith("BEGIN")] for sent in (first, again)]
    assert [len(sent) for sent in asked] == [2, 1]


def test_what_is_patched_is_what_would_be_computed_anew(database: Database, cast: Cast) -> None:
    """At random: pages change, once or many at a time, people confirm and pass, in two lists."""
    chance, kept = Random(5), KeptReadings()
    numbers, people = make_pages(database, cast.anna, 12), (cast.nina, cast.boris, cast.anna)
    newest = dict.fromkeys(numbers, 1)
    for _time in range(40):
        for page in chance.sample(numbers, chance.choice((0, 1, 1, 5))):
            newest[page] += chance.choice((1, 2))
        for page in chance.sample(numbers, chance.randrange(3)):
            reader, passed = chance.choice(people[:2]), chance.random() < 0.4
            read(database, reader, page, revision=newest[page], passed=passed)
        whole = [Weighed(page, newest[page], place % 4 == 0) for place, page in enumerate(numbers)]
        for pages in (whole, [*reversed(whole[:7]), whole[2]]):
            idents = [one.id for one in people[: chance.choice((1, 3))]]
            anew = states(database, KeptReadings(), pages, *idents)
            assert states(database, kept, pages, *idents) == anew


def test_a_list_that_was_read_a_moment_ago_is_right_again(database: Database, cast: Cast) -> None:
    """Two looks may come in another order than that of the changes that they saw."""
    one, two = make_pages(database, cast.anna, 2)
    read(database, cast.nina, one, two)
    kept = KeptReadings()
    before, after = [Weighed(one, 1), Weighed(two, 1)], [Weighed(one, 1), Weighed(two, 2)]
    for pages, expected in ((before, DONE), (after, AGAIN), (before, DONE), (after, AGAIN)):
        assert states(database, kept, pages, cast.nina.id) == [[DONE, expected]]
