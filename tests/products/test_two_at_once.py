"""Two clicks at once make one thing and no error, on either database."""

from collections.abc import Callable
from threading import Barrier, Thread

from flask import Flask
from sqlalchemy import select

from products.catalogue.care.life_saving import set_lives
from products.catalogue.care.models import FieldLife
from products.onboarding.gaps.services import Asked, ask
from products.onboarding.models import CheckQuestion, Gap
from products.onboarding.questions.editing import make_from_facts
from tests.conftest import Cast
from tests.factories.pages import rewrite_page
from tests.factories.questions import facts_of, product, product_category, whole_facts
from wiki.database import Database
from wiki.pages.models import FactField


def at_once(*deeds: Callable[[], object]) -> list[Exception]:
    """Do them at the same moment; what went wrong."""
    wrong: list[Exception] = []
    barrier = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> None:
        barrier.wait()
        try:
            deed()
        except Exception as error:
            wrong.append(error)

    threads = [Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_questions_are_made_once_of_each_fact(app: Flask, database: Database, cast: Cast) -> None:
    shelf = product_category(database, cast.vera)
    page = product(app, cast.anna, shelf, "Domashnie", whole_facts())

    def make() -> None:
        with app.app_context(), database.transaction() as session:
            make_from_facts(session, cast.anna, page)

    assert at_once(make, make, make) == []
    with database.reading() as session:
        keys = session.scalars(select(CheckQuestion.fact_key)).all()
    assert len(keys) == len(set(keys)) == 7


def test_a_price_that_is_saved_meanwhile_is_what_is_asked(
    app: Flask, database: Database, cast: Cast
) -> None:
    shelf = product_category(database, cast.vera)
    for number in range(3):
        page = product(app, cast.anna, shelf, f"Domashnie {number}", whole_facts())

        def make(page: int = page) -> None:
            with app.app_context(), database.transaction() as session:
                make_from_facts(session, cast.anna, page)

        def save(page: int = page) -> None:
            with app.app_context():
                rewrite_page(app, cast.boris, page, facts={**whole_facts(), **facts_of("999.00")})

        assert at_once(make, save) == []
        with database.reading() as session:
            [asked] = session.scalars(
                select(CheckQuestion).filter_by(page_id=page, fact_key="price")
            ).all()
        assert asked.answers[0]["value"]["amount"] == "999.00"


def test_one_life_of_a_field_is_kept(database: Database, cast: Cast) -> None:
    product_category(database, cast.vera)
    with database.reading() as session:
        fields = session.scalars(select(FactField.id)).all()

    def save() -> None:
        with database.transaction() as session:
            set_lives(session, cast.vera, dict.fromkeys(fields, "30"))

    assert at_once(save, save, save) == []
    with database.reading() as session:
        assert session.query(FieldLife).count() == len(fields)


def test_a_question_to_the_owner_is_asked_once(app: Flask, database: Database, cast: Cast) -> None:
    def send() -> None:
        with app.app_context(), database.transaction() as session:
            ask(session, cast.nina, Asked("How cold is it there?", None, "http://wiki"))

    assert at_once(send, send, send) == []
    with database.reading() as session:
        assert session.query(Gap).count() == 1
