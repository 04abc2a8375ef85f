"""The client's approval path with the days by which each step must begin to be signed in time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dossiers.approvals.dates import Span, expected, latest
from dossiers.approvals.document import PathDocument
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.queries import Version, paths_of, version_in_force
from dossiers.approvals.shown import StepShown, steps_shown
from dossiers.approvals.signature import up_to_signature
from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.renewals.models import Contract
from wiki.errors import Refusal


@dataclass(frozen=True, slots=True)
class Way:
    """The version of the path in force, its steps, and their spans by code.

    Counted back from `wanted`, the day by which it must be signed, or from today on without one.
    """

    path_id: int
    subject: str
    number: int
    confirmed_on: date | None
    steps: Sequence[StepShown]
    spans: Mapping[str, Span]
    wanted: date | None

    @property
    def starts_by(self) -> date | None:
        """The last day on which the first step may begin."""
        return min((span.start for span in self.spans.values()), default=None)

    @property
    def signers(self) -> frozenset[int]:
        """The positions that act at its steps."""
        return frozenset(seat.id for step in self.steps for seat in step.seats)


def way_of(session: Session, client: Client, contract: Contract | None, day: date) -> Way | None:
    """The path by which the contract is renewed, else the client's first one; `None` without."""
    path = _path(paths_of(session, client.id), contract)
    if path is None or not path.newest:
        return None
    version = version_in_force(session, path.id, day)
    wanted = _wanted(contract, day)
    confirmed = version.confirmation.told_on if version.confirmation else None
    return Way(
        path.id, path.subject, version.row.number, confirmed,
        steps_shown(session, client.id, version.document, Moment(day)),
        _spans(version, client.country, wanted, day), wanted,
    )  # fmt: skip


def _path(paths: Sequence[ApprovalPath], contract: Contract | None) -> ApprovalPath | None:
    chosen = contract.path_id if contract else None
    return next((path for path in paths if path.id == chosen), paths[0] if paths else None)


def _wanted(contract: Contract | None, day: date) -> date | None:
    """The day on which the old contract ends, while that lies ahead."""
    end = contract.ends_on if contract else None
    return end if end is not None and end >= day else None


def _spans(version: Version, country: str, wanted: date | None, day: date) -> Mapping[str, Span]:
    try:
        return _counted(version.document, country, wanted, day)
    except Refusal:
        # A calendar without any day on which a step could happen leaves the days open.
        return {}


def _counted(
    document: PathDocument, country: str, wanted: date | None, day: date
) -> Mapping[str, Span]:
    steps = up_to_signature(document.by_code) or document.by_code
    calendar = document.calendar(country)
    return latest(steps, calendar, wanted) if wanted else expected(steps, calendar, day)
