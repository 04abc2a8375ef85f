"""The tables of contracts, opinions and reviews."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.facts.models import choice_of
from dossiers.renewals.kinds import FollowUpState, RenewalState, ReviewState, Verdict, Voice
from wiki.database import Base
from wiki.money import Money


class Contract(Base):
    """A contract as it stands now; every earlier wording is a `ContractVersion`.

    Without `ends_on` it is open-ended. `notice_days` before its end one must say that one leaves;
    `renews_months` is by how long it renews itself (`None`: it does not). `path_id` is the approval
    path by which the client renews. `notice_by` and `start_by` are worked out when the contract or
    the path changes, `start_by_why` says how; all dates are days of the client.
    """

    __tablename__ = "contracts"
    __table_args__ = (
        Index(None, "client_id", "ends_on"),
        Index(None, "source", "external_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    number: Mapped[str] = mapped_column(String(100))
    number_folded: Mapped[str] = mapped_column(String(120), index=True)
    subject: Mapped[str] = mapped_column(String(250), default="")
    products: Mapped[list[Any]] = mapped_column(JSON, default=list)
    value: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str] = mapped_column(String(3), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None] = mapped_column(index=True)
    notice_days: Mapped[int] = mapped_column(default=0)
    renews_months: Mapped[int | None]
    index_clause: Mapped[str] = mapped_column(String(500), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[RenewalState] = mapped_column(choice_of(RenewalState), index=True)
    path_id: Mapped[int | None] = mapped_column(ForeignKey("approval_paths.id"), index=True)
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"), index=True)
    notice_by: Mapped[date | None]
    start_by: Mapped[date | None] = mapped_column(index=True)
    start_by_why: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    newest: Mapped[int] = mapped_column(default=0)
    archived: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str | None] = mapped_column(String(100))
    external_id: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ContractVersion(Base):
    """The terms of a contract as somebody saved them."""

    __tablename__ = "contract_versions"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    terms: Mapped[dict[str, Any]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(String(300), default="")
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("dossier_changes.id"), index=True)


class ContractFile(Base):
    """A file of a contract."""

    __tablename__ = "contract_files"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), primary_key=True)
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]


class Opinion(Base):
    """How machine, manager or director saw a renewal at a checkpoint; the newest of each holds.

    `days_before` names the checkpoint. For the machine, `checks` are what its checks saw and
    `rules` the number of the rules by which they went.
    """

    __tablename__ = "renewal_opinions"
    __table_args__ = (Index(None, "contract_id", "days_before", "voice"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    days_before: Mapped[int]
    voice: Mapped[Voice] = mapped_column(choice_of(Voice))
    verdict: Mapped[Verdict] = mapped_column(choice_of(Verdict))
    words: Mapped[str] = mapped_column(String(2000), default="")
    checks: Mapped[list[Any]] = mapped_column(JSON, default=list)
    rules: Mapped[int | None]
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    is_newest: Mapped[bool] = mapped_column(default=True)


class ReviewRules(Base):
    """Which checks the machine makes with which limits, and other figures that directors set."""

    __tablename__ = "review_rules"

    number: Mapped[int] = mapped_column(primary_key=True)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(String(300), default="")
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Review(Base):
    """A director's look at a dossier. Once signed, its snapshot never changes.

    `snapshot` is the whole dossier as it was, `changes` what was other than at `since_id`, the
    signed review before, `checks` what the machine saw, all kept when the review is signed.
    """

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"), index=True)
    since_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id"))
    state: Mapped[ReviewState] = mapped_column(choice_of(ReviewState), index=True)
    verdict: Mapped[Verdict | None] = mapped_column(choice_of(Verdict))
    words: Mapped[str] = mapped_column(Text, default="")
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    changes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    checks: Mapped[list[Any]] = mapped_column(JSON, default=list)
    rules: Mapped[int | None]
    seal: Mapped[str] = mapped_column(String(64), default="")
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ReviewRemark(Base):
    """What somebody wrote beside one line of a review; `line` is the line's stable name."""

    __tablename__ = "review_remarks"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), index=True)
    line: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(String(2000))
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]


class FollowUp(Base):
    """What a director wants done after a review, by whom and until when."""

    __tablename__ = "follow_ups"
    __table_args__ = (Index(None, "user_id", "state", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    what: Mapped[str] = mapped_column(String(500))
    due_on: Mapped[date]
    state: Mapped[FollowUpState] = mapped_column(choice_of(FollowUpState))
    result: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class CalendarFeed(Base):
    """The secret address of somebody's calendar; only its hash is kept."""

    __tablename__ = "calendar_feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class Briefing(Base):
    """A briefing on paper: of one client, or of all renewals of a month."""

    __tablename__ = "briefings"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    month: Mapped[date | None]
    language: Mapped[str] = mapped_column(String(5))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_for: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    made_at: Mapped[datetime]


class WeeklyDigest(Base):
    """That somebody got the letter of a week; `week` is its Monday."""

    __tablename__ = "weekly_digests"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime]
