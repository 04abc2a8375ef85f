"""Files written into the dossier of a client of Anna's team."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.models import Change
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.mapping import guess_mapping
from dossiers.people.transfer.planning import Plan, Wanted
from dossiers.people.transfer.reading import read_table
from dossiers.people.transfer.services import write_table
from dossiers.people.transfer.vocabulary import codes_only
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client
from wiki.database import Database

Write = Callable[..., tuple[Change | None, Plan]]


@pytest.fixture
def session(database: Database, clock: SetClock) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def romashka(session: Session, cast: Cast) -> Client:
    return make_client(session, cast.anna)


@pytest.fixture
def write(session: Session, cast: Cast, romashka: Client) -> Write:
    """Writes a CSV as of a day, as Anna; for the client Romashka unless another is given."""

    def written(
        text: str, day: date, absent: Absent | None = None, client: Client | None = None
    ) -> tuple[Change | None, Plan]:
        table = read_table(text.encode())
        wanted = Wanted(guess_mapping(table), day, absent)
        return write_table(
            session, cast.anna, (client or romashka).id, table, wanted, codes_only(), "file.csv",
            is_looked_at=False,
        )  # fmt: skip

    return written
