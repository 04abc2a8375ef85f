from wiki.accounts.models import Team
from wiki.database import Database
from wiki.operations.pulse import Pulse


def test_the_pulse_changes_when_somebody_writes(database: Database) -> None:
    pulse = Pulse(database)
    before = pulse.take()
    with database.transaction() as session:
        session.add(Team(name="East"))
    assert pulse.take() != before
    pulse.close()


def test_on_sqlite_the_pulse_rests_while_nobody_writes(database: Database) -> None:
    pulse = Pulse(database)
    before = pulse.take()
    with database.reading() as session:
        session.get(Team, 1)
    if database.engine.dialect.name == "sqlite":
        assert pulse.take() == before
    pulse.close()
