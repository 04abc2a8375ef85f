"""Where the past is told: pages by their titles, people by their names, days gone by."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.pages.models import Page
from wiki.pages.saving import Desk


@dataclass(frozen=True)
class Stage:
    """The house, its people by short names, and its pages by titles."""

    desk: Desk
    people: Mapping[str, Actor]
    pages: Mapping[str, int]

    @contextmanager
    def past(self, ago: float) -> Iterator[Session]:
        """One transaction that many days ago."""
        with self.then(ago), self.desk.database.transaction() as session:
            yield session

    @contextmanager
    def then(self, ago: float) -> Iterator[None]:
        """The clock as it stood that many days ago."""
        with clock.at(clock.now() - timedelta(days=ago)):
            yield


def stage_of(desk: Desk, people: Mapping[str, Actor]) -> Stage:
    """The stage as it stands now."""
    with desk.database.reading() as session:
        pages = dict(session.execute(select(Page.title, Page.id)).all())
    return Stage(desk, people, pages)
