"""Invitations: a link by which somebody makes their own account."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, mail
from wiki.accounts import letters, rules, secret_words, wording
from wiki.accounts.actor import Actor, Role
from wiki.accounts.models import Invitation, Team, User
from wiki.accounts.services.lookup import check_email_is_free, check_team, existing
from wiki.accounts.services.people import NewPerson, add_user
from wiki.errors import Missing
from wiki.history.services import record

LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Acceptance:
    """What the invited person says about themself."""

    name: str
    password_hash: str
    language: str
    time_zone: str


@dataclass(frozen=True)
class Wanted:
    """Whom to invite, as what, and in which language the letter is written."""

    email: str
    role: Role
    team_id: int | None
    language: str


def invite(session: Session, actor: Actor | None, wanted: Wanted, base_url: str) -> str:
    """Write the invitation and its letter; returns the link, which cannot be had again."""
    rules.check_gives(actor, wanted.role)
    email = wording.check_email(wanted.email)
    check_email_is_free(session, email)
    secret = secret_words.new_secret()
    row = _add(session, actor, wanted, email, secret)
    link = f"{base_url}/account/invitation/{secret}"
    inviter = actor.name if actor else ""
    mail.post(session, email, *letters.invitation(wanted.language, inviter, link))
    record(session, actor, "invite", "invitation", row.id, after=_state(row))
    return link


def withdraw(session: Session, actor: Actor | None, invitation_id: int) -> None:
    """Make an invitation worthless that has not been accepted."""
    row = existing(session, Invitation, invitation_id)
    rules.check_gives(actor, row.role)
    if row.accepted_at is None and row.withdrawn_at is None:
        row.withdrawn_at = clock.now()
        record(session, actor, "withdraw", "invitation", row.id, before=_state(row))


def valid_invitation(session: Session, secret: str) -> Invitation:
    """The invitation of a link; raises `Missing` when it was used, withdrawn or is too old."""
    row = session.scalar(
        select(Invitation)
        .where(
            Invitation.secret_hash == secret_words.hash_of(secret),
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
        .with_for_update()
    )
    if row is None:
        raise Missing(
            "This invitation has been used, withdrawn or is too old. No account was made. "
            "Ask whoever invited you for a new one."
        )
    return row


def accept(session: Session, secret: str, said: Acceptance) -> User:
    """Make the account of an invited person and use the invitation up."""
    row = valid_invitation(session, secret)
    row.accepted_at = clock.now()
    new = NewPerson(
        email=row.email,
        name=said.name,
        role=row.role,
        team_id=_team_still_there(session, row.team_id),
        language=said.language,
        time_zone=said.time_zone,
        password_hash=said.password_hash,
    )
    user = add_user(session, None, new)
    record(session, user, "accept", "invitation", row.id)
    return user


def _add(
    session: Session, actor: Actor | None, wanted: Wanted, email: str, secret: str
) -> Invitation:
    now = clock.now()
    row = Invitation(
        secret_hash=secret_words.hash_of(secret),
        email=email,
        role=wanted.role,
        team_id=check_team(session, wanted.team_id),
        invited_by=actor.id if actor else None,
        created_at=now,
        expires_at=now + LASTS,
    )
    session.add(row)
    session.flush()
    return row


def _team_still_there(session: Session, team_id: int | None) -> int | None:
    """A team archived since the invitation must not keep the person out."""
    team = session.get(Team, team_id) if team_id is not None else None
    return team.id if team is not None and team.archived_at is None else None


def _state(row: Invitation) -> dict[str, object]:
    return {"email": row.email, "role": row.role.value, "team": row.team_id}
