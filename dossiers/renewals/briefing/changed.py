"""What is other in the chart than at the last signed review, or than three months ago."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.changes import Deed, deeds_of
from dossiers.clients.queries import dossier_ids
from dossiers.facts.asking import Moment
from dossiers.people.chart.compare import Difference, changes_between
from dossiers.people.chart.names import Names
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.deed_words import PEOPLE_DEEDS
from dossiers.renewals.kinds import ReviewState
from dossiers.renewals.models import Review

WITHOUT_REVIEW = timedelta(days=90)
#: So many deeds are looked through for those that the chart does not tell.
_MOST_DEEDS = 60


@dataclass(frozen=True, slots=True)
class Changed:
    """Since when, whether that was a signed review, and what is other since."""

    since: date
    review: Review | None
    differences: list[Difference]
    names: Names
    deeds: list[Deed]


def changed_since(session: Session, client_id: int, chart: Chart, zone: str) -> Changed:
    """What changed up to the day of the chart."""
    review = last_signed(session, client_id)
    since = _day_of(review, zone) or chart.day - WITHOUT_REVIEW
    known = review.signed_at if review else None
    before = chart_of(session, client_id, Moment(since, known))
    return Changed(
        since, review, changes_between(before, chart), Names.of(before, chart),
        _others(session, client_id, since, known, zone),
    )  # fmt: skip


def last_signed(session: Session, client_id: int) -> Review | None:
    """The newest signed review of a dossier."""
    wanted = select(Review).where(
        Review.client_id.in_(dossier_ids(client_id)), Review.state == ReviewState.SIGNED
    )
    return session.scalar(wanted.order_by(Review.signed_at.desc(), Review.id.desc()).limit(1))


def _day_of(review: Review | None, zone: str) -> date | None:
    if review is None or review.signed_at is None:
        return None
    return review.signed_at.astimezone(ZoneInfo(zone)).date()


def _others(
    session: Session, client_id: int, since: date, known: datetime | None, zone: str
) -> list[Deed]:
    """Deeds about paths, deals, contracts, contacts and promises, the newest first."""
    start = known or datetime(since.year, since.month, since.day, tzinfo=ZoneInfo(zone))
    listed = deeds_of(session, client_id, limit=_MOST_DEEDS)
    return [
        one.deed
        for one in listed
        if one.deed.at > start and not one.is_undone and not _tells_of_chart(one.deed)
    ]


def _tells_of_chart(deed: Deed) -> bool:
    """Whether the comparison of the charts tells of it, and better."""
    return deed.action == "undo" or deed.action in PEOPLE_DEEDS
