"""Which version of a path is taken out, read once for all kinds of exports."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dossiers.approvals.exports.clean import CleanPath, clean_steps
from dossiers.approvals.exports.printed import Printed
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.queries import (
    Version,
    newest_version,
    version_in_force,
    version_numbered,
)
from dossiers.approvals.paths.standing import told_by
from dossiers.approvals.shown import category_names, steps_shown
from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from wiki import clock
from wiki.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """A client's path, the version that is asked for (`None`: the usual one), and the day."""

    client: Client
    path: ApprovalPath
    number: int | None
    day: date


def printed_path(session: Session, actor: Actor, asked: Asked) -> Printed:
    """The path for our own paper: usually the version in force. Raises `Missing`."""
    if asked.number is None:
        version = version_in_force(session, asked.path.id, asked.day)
    else:
        version = version_numbered(session, asked.path.id, asked.number)
    confirmed = told_by(session, [version.confirmation]) if version.confirmation else {}
    return Printed(
        client=asked.client.name,
        subject=asked.path.subject,
        number=version.row.number,
        valid_from=version.row.valid_from,
        confirmed=next(iter(confirmed.values()), None),
        document=version.document,
        steps=steps_shown(session, asked.client.id, version.document, Moment(asked.day)),
        category_names=category_names(session, [version.document]),
        on=asked.day,
        reader=actor.name,
        at=clock.now(),
    )


def path_for_client(session: Session, asked: Asked) -> CleanPath:
    """The path for the client's eyes: usually what was saved last, as that is to be confirmed.

    Raises `Missing`.
    """
    version = _to_confirm(session, asked)
    steps = steps_shown(session, asked.client.id, version.document, Moment(asked.day))
    return CleanPath(
        client=asked.client.name,
        subject=asked.path.subject,
        version=version.row.number,
        on=asked.day,
        steps=clean_steps(steps, category_names(session, [version.document])),
    )


def _to_confirm(session: Session, asked: Asked) -> Version:
    if asked.number is None:
        return newest_version(session, asked.path)
    return version_numbered(session, asked.path.id, asked.number)
