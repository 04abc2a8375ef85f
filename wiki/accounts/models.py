"""The tables of people who use the wiki."""

from datetime import datetime

from sqlalchemy import Enum, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wiki.accounts.actor import Role
from wiki.database import Base

_ROLE = Enum(
    Role,
    native_enum=False,
    length=20,
    create_constraint=False,
    values_callable=lambda roles: list(roles),
)


class Team(Base):
    """A group of managers who share clients."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    archived_at: Mapped[datetime | None]


class User(Base):
    """A colleague with an account; never deleted, only deactivated."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_folded: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[Role] = mapped_column(_ROLE)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    time_zone: Mapped[str] = mapped_column(String(60))
    daily_mail: Mapped[bool] = mapped_column(default=True)
    session_epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    deactivated_at: Mapped[datetime | None]
    unread_notices: Mapped[int] = mapped_column(default=0)
    unread_finds: Mapped[int] = mapped_column(default=0)


class Invitation(Base):
    """A link by which somebody may make an account; only the hash of its secret is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[Role] = mapped_column(_ROLE)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class PasswordReset(Base):
    """A link by which a person sets a new password, once."""

    __tablename__ = "password_resets"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiToken(Base):
    """A secret by which a program acts for a person; only its hash is kept."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignInFailure(Base):
    """A failed attempt to sign in, kept for an hour to slow down guessing."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (
        Index(None, "email_folded", "address", "at"),
        Index(None, "address", "at"),
        Index(None, "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email_folded: Mapped[str] = mapped_column(String(254))
    address: Mapped[str] = mapped_column(String(60))
    device: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime]
