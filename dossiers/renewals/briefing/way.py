"""The client's approval path with the days of its steps: those by which the contract is renewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dossiers.approvals.dates import Span, expected, last_day, latest
from dossiers.approvals.document import PathDocument
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.queries import (
    Version,
    paths_of,
    version_in_force,
    version_numbered,
)
from dossiers.approvals.shown import StepShown, steps_shown
from dossiers.approvals.signature import up_to_signature
from dossiers.approvals.steps import Step, Steps, needed_for
from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.renewals.contracts.bought import purchases_of
from dossiers.renewals.kinds import OVER
from dossiers.renewals.models import Contract
from wiki.errors import Refusal


@dataclass(frozen=True, slots=True)
class Start:
    """What was worked out for the contract: one must begin by that day to be signed by the other.

    `days` has the working days of each step for which it was worked out.
    """

    begin_by: date
    signed_by: date
    version: int
    country: str
    days: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Way:
    """The version of the path, its steps, and their spans by code.

    Counted back from the signature where the contract has a `start` and that day lies ahead, else
    from today on. `begun_today` is the day on which it would be signed then.
    """

    path_id: int
    subject: str
    confirmed_on: date | None
    steps: Sequence[StepShown]
    spans: Mapping[str, Span]
    start: Start | None
    is_counted_back: bool
    begun_today: date | None

    @property
    def signers(self) -> frozenset[int]:
        """The positions that act at its steps."""
        return frozenset(seat.id for step in self.steps for seat in step.seats)


def way_of(session: Session, client: Client, contract: Contract | None, day: date) -> Way | None:
    """The path by which the contract is renewed, else the client's first one; `None` without."""
    path = _path(paths_of(session, client.id), contract)
    if path is None or not path.newest:
        return None
    start = _start(contract, path.id)
    version = _version(session, path.id, start, day)
    needed = _needed(session, version.document, contract if start else None)
    forward, back = _spans(version.document, needed, client.country, start, day)
    return Way(
        path.id, path.subject,
        version.confirmation.told_on if version.confirmation else None,
        steps_shown(session, client.id, version.document, Moment(day)),
        back or forward, start, bool(back), last_day(forward, day) if forward else None,
    )  # fmt: skip


def _path(paths: Sequence[ApprovalPath], contract: Contract | None) -> ApprovalPath | None:
    chosen = contract.path_id if contract else None
    return next((path for path in paths if path.id == chosen), paths[0] if paths else None)


def _start(contract: Contract | None, path_id: int) -> Start | None:
    """As it stands with the contract, so that the calendar and the briefing say the same."""
    if contract is None or contract.start_by is None or contract.state in OVER:
        return None
    why = contract.start_by_why
    if why.get("path") != path_id:
        return None
    return Start(
        contract.start_by, date.fromisoformat(why["signed_by"]), why["version"], why["country"],
        why["days"],
    )  # fmt: skip


def _version(session: Session, path_id: int, start: Start | None, day: date) -> Version:
    if start is None:
        return version_in_force(session, path_id, day)
    return version_numbered(session, path_id, start.version)


def _needed(session: Session, document: PathDocument, contract: Contract | None) -> Steps:
    """The steps up to the signature; of a contract only those that its renewal goes through."""
    steps: Steps = document.by_code
    if contract is not None:
        steps = needed_for(steps, purchases_of(session, [contract])[contract.id]).steps
    return up_to_signature(steps) or steps


def _spans(
    document: PathDocument, steps: Steps, country: str, start: Start | None, day: date
) -> tuple[Mapping[str, Span], Mapping[str, Span]]:
    """The spans from today on, and those counted back from the signature if that is ahead."""

    def days_of(step: Step) -> int:
        return start.days.get(step.code, step.duration.median) if start else step.duration.median

    calendar = document.calendar(start.country if start else country)
    try:
        forward = expected(steps, calendar, day, days_of)
        if start is None or start.signed_by < day:
            return forward, {}
        return forward, latest(steps, calendar, start.signed_by, days_of)
    except Refusal:
        # A calendar without any day on which a step could happen leaves the days open.
        return {}, {}
