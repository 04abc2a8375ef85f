"""The rows: pages, people, paths through all pages, and who has read what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from products.onboarding.kinds import ItemKind
from products.onboarding.models import (
    Enrolment,
    PageToRead,
    Reading,
    ReadingConfirmation,
    ReadingPath,
    ReadingPathVersion,
)
from products.onboarding.paths.rules import Item
from products.onboarding.paths.stored import as_rows
from wiki import clock
from wiki.accounts.actor import EVERYONE, Role
from wiki.accounts.models import User
from wiki.database import Base, Database
from wiki.pages.models import Page, Revision

PEOPLE, PAGES, PATHS = 200, 2_000, 20
LEARNER = "nina@bench.example"
_ON_A_PATH = PAGES // PATHS
_MATERIAL = 3


@dataclass
class Made:
    """What was made, and two deeds that go on from there."""

    paths: Sequence[int]
    readings: int
    chance: Random = field(default_factory=lambda: Random(11))

    def confirm(self, database: Database) -> None:
        """Somebody confirms the newest version of a page."""
        with database.transaction() as session:
            row = session.scalars(
                select(Reading).limit(1).offset(self.chance.randrange(1000))
            ).one()
            row.revision = max(row.revision, _MATERIAL)
            session.add(
                ReadingConfirmation(
                    user_id=row.user_id, page_id=row.page_id, revision=row.revision, at=clock.now()
                )
            )

    def change(self, database: Database) -> None:
        """A page has a new version that everybody must read."""
        page = 1 + self.chance.randrange(PAGES)
        with database.transaction() as session:
            row = update(PageToRead).where(PageToRead.page_id == page)
            session.execute(row.values(material=PageToRead.material + 1))


def fill(session: Session) -> Made:
    """Everybody is on all paths and has read between nothing and everything of each."""
    people = _people(session)
    _write(session, Page, [_page(number) for number in range(PAGES)])
    _write(session, Revision, [_revision(number) for number in range(PAGES)])
    session.execute(update(Page).values(current_revision_id=Page.id))
    _write(session, PageToRead, [_weight(number) for number in range(PAGES)])
    paths = [_path(session, number) for number in range(PATHS)]
    _write(session, Enrolment, [_enrolment(path, one, people) for path in paths for one in people])
    readings = list(_readings(people))
    # Confirmed by chance one after another, as in life, not person by person.
    Random(3).shuffle(readings)
    _write(session, Reading, readings)
    _write(session, ReadingConfirmation, [_confirmation(row) for row in readings])
    return Made(paths, len(readings))


def _write(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    assert isinstance(table.__table__, Table)
    session.execute(insert(table.__table__), rows)


def _people(session: Session) -> list[int]:
    """The learner who looks at their own page, and 199 others."""
    learner = session.scalars(select(User.id).where(User.email == LEARNER)).one()
    made = [
        User(
            email=f"l{number}@bench.example", email_folded=f"l{number}@bench.example",
            name=f"Learner Number {number}", role=Role.NEWCOMER, language="ru",
            time_zone="Europe/Moscow", created_at=clock.now(),
        )
        for number in range(1, PEOPLE)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    return [learner, *(one.id for one in made)]


def _page(number: int) -> dict[str, Any]:
    title, at = f"Печь хлебопекарная, выпуск {number}", clock.now() - timedelta(days=90)
    return {
        "audience": EVERYONE, "language": "ru", "title": title, "title_folded": title.lower(),
        "slug": f"page-{number}", "archived": False, "current_number": _MATERIAL, "stamp": 1,
        "open_comments": 0, "html_stale": False, "created_at": at, "changed_at": at,
    }  # fmt: skip


def _revision(number: int) -> dict[str, Any]:
    return {
        "page_id": number + 1, "number": _MATERIAL, "at": clock.now(), "kind": "edit",
        "title": f"Печь хлебопекарная, выпуск {number}", "body": "", "size": 0, "facts": {},
        "tags": [], "archived": False, "line_authors": [], "html": "", "toc": [],
        "plain_text": "", "renderer_version": 1,
    }  # fmt: skip


def _weight(number: int) -> dict[str, Any]:
    return {
        "page_id": number + 1, "material": _MATERIAL, "material_at": clock.now(),
        "seconds": 60 + number % 300,
    }  # fmt: skip


def _path(session: Session, number: int) -> int:
    path = ReadingPath(title=f"Программа {number + 1}", newest=1, created_at=clock.now())
    session.add(path)
    session.flush()
    first = number * _ON_A_PATH + 1
    items = [_item(first, place) for place in range(_ON_A_PATH)]
    version = ReadingPathVersion(
        path_id=path.id, number=1, items=as_rows(items), saved_at=clock.now()
    )
    session.add(version)
    session.flush()
    return path.id


def _item(first: int, place: int) -> Item:
    """Each fifth page waits for the one before; each is due a day later."""
    after = (f"c{place - 1}",) if place % 5 == 4 else ()
    return Item(f"c{place}", ItemKind.PAGE, first + place, "", place, after)


def _enrolment(path: int, person: int, people: Sequence[int]) -> dict[str, Any]:
    return {
        "path_id": path, "user_id": person, "mentor_id": people[1], "created_at": clock.now(),
        "began_on": clock.today() - timedelta(days=person % 120),
    }  # fmt: skip


def _readings(people: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Of each path the first so many pages; one of twenty in an older version."""
    chance = Random(7)
    for person in people:
        for path in range(PATHS):
            for place in range(chance.randrange(_ON_A_PATH + 1)):
                yield {
                    "user_id": person,
                    "page_id": path * _ON_A_PATH + place + 1,
                    "revision": _MATERIAL if chance.random() > 0.05 else 1,
                    "at": clock.now(),
                    "by_questions": False,
                }


def _confirmation(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("user_id", "page_id", "revision", "at")}
