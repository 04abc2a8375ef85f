"""Whoever tries the demonstration finds no empty room of learning and selling."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from products.catalogue.care.models import Contradiction, FactCare
from products.catalogue.contradictions.keeping import Watch
from products.catalogue.selling.parts import PartKind
from products.catalogue.selling.sections import read_parts
from products.demonstration.seed import seed_if_empty
from products.onboarding.kinds import GapState, MarkState
from products.onboarding.models import Gap, QuestionAttempt, Reading, UnclearMark
from products.onboarding.paths.queries import path_lines
from products.onboarding.reading.queries import changed_visible_to
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.database import Database
from wiki.pages.models import Page, Revision

LISTED = "/contradictions?which=all"
SOLD = ("Пельмени «Домашние»", "Пельмени «Столовские»", "Пельмени «Халяль с говядиной»")


@pytest.mark.slow
def test_the_demonstration_has_something_in_every_room(
    app: Flask, database: Database, browser_of: Callable[[Actor | None], FlaskClient]
) -> None:
    seed_if_empty(app)
    watch = Watch(database)
    while watch.look():
        pass
    with database.reading() as session:
        check_paths(session)
        check_readings(session)
        check_answers(session)
        check_facts(session)
        check_contradictions(session)
        check_open_questions(session)
        check_sales_talks(session)
        nina, vera = person(session, "nina"), person(session, "vera")
    check_words(browser_of(nina).get("/reading").text, browser_of(vera).get(LISTED).text)


def check_words(changed_page: str, listed: str) -> None:
    """A new price is told once though text and facts have it; labels are in the reader's words."""
    assert changed_page.count("319,00") == 1
    assert changed_page.count("398,75") == 1
    assert ">Цена по прайсу за упаковку: <span" in listed
    assert ">List price per pack: <span" not in listed


def check_paths(session: Session) -> None:
    titles = sorted(line.title for line in path_lines(session))
    assert titles == ["Первая неделя новичка", "Цены и продление"]


def check_readings(session: Session) -> None:
    """Nina and Anna each find one page that changed since; nobody read before it was written."""
    assert [page.title for page in changed(session, "nina")] == ["Пельмени «Домашние»"]
    assert [page.title for page in changed(session, "anna")] == ["Договор и документы"]
    assert changed(session, "boris") == []
    written = dict(session.execute(select(Page.id, Page.created_at)).all())
    readings = list(session.scalars(select(Reading)))
    assert readings
    assert all(written[one.page_id] < one.at < clock.now() for one in readings)


def changed(session: Session, name: str) -> Sequence[Any]:
    return changed_visible_to(session, person(session, name))


def person(session: Session, name: str) -> Actor:
    ident = session.scalars(select(User.id).where(User.email_folded == f"{name}@pelmen.example"))
    found = actor_of(session, ident.one())
    assert found
    return found


def check_answers(session: Session) -> None:
    attempts = session.scalars(select(QuestionAttempt).order_by(QuestionAttempt.begun_at))
    assert [(one.passed, one.right < len(one.asked)) for one in attempts] == [
        (True, False),
        (True, False),
        (False, True),
    ]


def check_facts(session: Session) -> None:
    """Two prices grew old, each on both pages of its product; most are verified."""
    stale = (
        select(Page.title)
        .join(FactCare, FactCare.page_id == Page.id)
        .where(FactCare.verified_until < clock.today(), Page.language == "ru")
    )
    assert sorted(session.scalars(stale)) == ["Вареники с вишней", "Морозильный ларь МЛ-300"]
    handed = select(FactCare.key).where(FactCare.owner_id == person(session, "vera").id)
    assert list(session.scalars(handed)) == ["certificate_until"]


def check_contradictions(session: Session) -> None:
    """The price that was raised in one language only, and a warranty that two pages tell."""
    found = session.scalars(select(Contradiction.quantity))
    assert sorted(found) == ["fact:list_price", "warranty"]


def check_open_questions(session: Session) -> None:
    marks = list(session.scalars(select(UnclearMark.state).order_by(UnclearMark.id)))
    assert marks == [MarkState.ANSWERED, MarkState.OPEN]
    gaps = select(Gap.state, Gap.page_id.is_not(None)).order_by(Gap.id)
    assert session.execute(gaps).all() == [(GapState.ANSWERED, True), (GapState.OPEN, False)]


def check_sales_talks(session: Session) -> None:
    """All parts stand on the main products, in both languages."""
    groups = select(Page.twin_group).where(Page.title.in_(SOLD))
    bodies = list(
        session.scalars(
            select(Revision.body)
            .join(Page, Page.current_revision_id == Revision.id)
            .where(Page.twin_group.in_(groups))
        )
    )
    assert len(bodies) == 2 * len(SOLD)
    for body in bodies:
        parts = read_parts(body)
        assert all(parts[kind].rows for kind in PartKind)
