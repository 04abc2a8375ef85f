"""The listed renewals as a CSV file."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from dossiers.renewals.calendar.queries import Renewal, Wanted, renewals_visible_to
from wiki.accounts.actor import Actor
from wiki.tables.cells import MARK, csv_line

#: In one file.
MOST = 20_000
COLUMNS = (
    "client", "number", "subject", "value", "currency", "manager", "state", "colour", "start_by",
    "notice_by", "ends_on",
)  # fmt: skip


def exported(session: Session, actor: Actor, wanted: Wanted, today: date) -> list[Renewal]:
    """What such a file holds, at most `MOST`."""
    return renewals_visible_to(session, actor, wanted, today, MOST)


def renewals_csv(renewals: Sequence[Renewal]) -> Iterator[str]:
    """The lines, with a mark at the beginning; cells that look like formulas are quoted."""
    yield MARK + csv_line(COLUMNS)
    for one in renewals:
        yield csv_line(_cells(one))


def _cells(one: Renewal) -> list[str]:
    value = f"{one.value:f}" if one.value is not None else ""
    days = [day.isoformat() if day else "" for day in (one.start_by, one.notice_by, one.ends_on)]
    client = one.home.name if one.home else ""
    texts = [client, one.number, one.subject, value, one.currency, one.manager or ""]
    return [*texts, one.state, one.colour, *days]
