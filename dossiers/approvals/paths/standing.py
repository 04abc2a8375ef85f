"""How paths stand on a day: draft or confirmed, by whom, and how many deals walk them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.approvals.document import kept_document
from dossiers.approvals.kinds import RunState
from dossiers.approvals.models import ApprovalPath, ApprovalRun, PathConfirmation, PathVersion
from dossiers.approvals.paths.queries import (
    Heading,
    Version,
    confirmations_of,
    heading_in_force,
    headings_of,
)
from dossiers.facts.kinds import Source
from dossiers.people.models import Person
from wiki.accounts.models import User

STALE_AFTER = 180
"""Days after which a confirmation is so old that the client should be asked again."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who told it, on which day, by which way; who of ours wrote it down."""

    on: date
    person_id: int | None
    name: str
    source: Source
    note: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The version in force of a path on a day, and what is newer than it.

    `unconfirmed_for` is the number of days for which nobody has confirmed it: since the last
    confirmation, or since the path was first written down. `is_back` tells that the newest version
    only brings back the one in force.
    """

    version: Version
    newest: int
    confirmed: Confirmed | None
    unconfirmed_for: int
    open_runs: int
    is_back: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether it is confirmed, but so long ago that the client should be asked again."""
        return self.confirmed is not None and self.unconfirmed_for > STALE_AFTER

    @property
    def has_newer_draft(self) -> bool:
        """Whether something was saved since that the client has not confirmed."""
        newer = self.newest > self.version.row.number
        return self.confirmed is not None and newer and not self.is_back


def standings_of(
    session: Session, paths: Sequence[ApprovalPath], day: date
) -> Mapping[int, Standing]:
    """By path id, in five statements; a path without versions is left out."""
    numbered = headings_of(session, [path.id for path in paths])
    chosen = {ident: heading_in_force(own, day) for ident, own in numbered.items()}
    versions = _loaded(session, [one.id for one in chosen.values()])
    told = told_by(session, [one.confirmation for one in versions.values() if one.confirmation])
    walking = _open_runs(session, list(numbered))
    return {
        ident: _standing(versions[chosen[ident].id], own, told, walking.get(ident, 0), day)
        for ident, own in numbered.items()
    }


def _loaded(session: Session, version_ids: Sequence[int]) -> Mapping[int, Version]:
    rows = session.scalars(select(PathVersion).where(PathVersion.id.in_(version_ids))).all()
    confirmations = confirmations_of(session, version_ids)
    return {
        row.id: Version(row, kept_document(row.document), confirmations.get(row.id)) for row in rows
    }


def told_by(session: Session, confirmations: Iterable[PathConfirmation]) -> Mapping[int, Confirmed]:
    """The confirmations with the names of those who told and who wrote it down, in one statement.

    By the number of the confirmation.
    """
    rows = {one.id: one for one in confirmations}
    wanted = (
        select(PathConfirmation.id, Person.name, User.name)
        .outerjoin(Person, Person.id == PathConfirmation.told_by_id)
        .outerjoin(User, User.id == PathConfirmation.recorded_by)
        .where(PathConfirmation.id.in_(rows))
    )
    return {
        ident: _confirmed(rows[ident], person, user)
        for ident, person, user in session.execute(wanted)
    }


def _confirmed(row: PathConfirmation, person: str | None, user: str | None) -> Confirmed:
    return Confirmed(
        row.told_on, row.told_by_id, person or row.told_by, row.source, row.note, user or ""
    )


def _open_runs(session: Session, path_ids: Sequence[int]) -> Mapping[int, int]:
    wanted = (
        select(ApprovalRun.path_id, func.count())
        .where(ApprovalRun.path_id.in_(path_ids), ApprovalRun.state == RunState.RUNNING)
        .where(ApprovalRun.taken_back_in.is_(None))
        .group_by(ApprovalRun.path_id)
    )
    return dict(session.execute(wanted).all())


def _standing(
    version: Version, own: Sequence[Heading], told: Mapping[int, Confirmed], walking: int, day: date
) -> Standing:
    confirmed = told[version.confirmation.id] if version.confirmation else None
    since = confirmed.on if confirmed else own[-1].saved_at.date()
    return Standing(
        version,
        own[0].number,
        confirmed,
        max(0, (day - since).days),
        walking,
        own[0].restored == version.row.number,
    )
