"""Lists of reviews and follow-ups over all dossiers that a person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from dossiers.clients.models import Client
from dossiers.deals.queries import seen_clients
from dossiers.renewals.kinds import FollowUpState, ReviewState
from dossiers.renewals.models import FollowUp, Review
from dossiers.renewals.reviews.queries import LIGHT, given
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing

MOST = 200


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """A follow-up with its client, its colleague and who gave it."""

    row: FollowUp
    client_id: int
    client: str
    user: str
    giver: str | None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed and it is still open."""
        return self.row.state is FollowUpState.OPEN and self.row.due_on < today


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review with its client and who opened or signed it."""

    row: Review
    client_id: int
    client: str
    author: str | None


def follow_ups_visible_to(
    session: Session,
    actor: Actor,
    user_id: int | None = None,
    state: FollowUpState = FollowUpState.OPEN,
) -> list[FollowUpLine]:
    """What signed reviews want done, the first due first; of one colleague, or of all."""
    wanted = _follow_ups(actor).where(FollowUp.state == state)
    if user_id is not None:
        wanted = wanted.where(FollowUp.user_id == user_id)
    order = (FollowUp.due_on, FollowUp.id)
    if state is not FollowUpState.OPEN:
        order = (FollowUp.ended_at.desc(), FollowUp.id)  # type: ignore[assignment]
    return [FollowUpLine(*row) for row in session.execute(wanted.order_by(*order).limit(MOST))]


def follow_up_visible_to(session: Session, actor: Actor, follow_up_id: int) -> FollowUpLine:
    """One of them. Raises `Missing` for absent and unseen alike."""
    row = session.execute(_follow_ups(actor).where(FollowUp.id == follow_up_id)).first()
    if row is None:
        raise Missing()
    return FollowUpLine(*row)


def open_follow_ups(session: Session, actor: Actor, user_id: int) -> int:
    """How many a colleague has to do."""
    own = _seen(actor), FollowUp.user_id == user_id, FollowUp.state == FollowUpState.OPEN
    wanted = select(func.count(FollowUp.id)).join(Review, Review.id == FollowUp.review_id)
    return session.scalar(wanted.where(*own, Review.state == ReviewState.SIGNED)) or 0


def _seen(actor: Actor) -> ColumnElement[bool]:
    return FollowUp.client_id.in_(seen_clients(actor))


def _follow_ups(actor: Actor) -> Select[FollowUp, int, str, str, str]:
    giver = aliased(User)
    return (
        select(FollowUp, Client.id, Client.name, User.name, giver.name)
        .join(Review, Review.id == FollowUp.review_id)
        .join(Client, Client.id == FollowUp.client_id)
        .join(User, User.id == FollowUp.user_id)
        .outerjoin(giver, giver.id == FollowUp.created_by)
        .where(Review.state == ReviewState.SIGNED, given(), _seen(actor))
    )


def reviews_visible_to(session: Session, actor: Actor, state: ReviewState) -> list[ReviewLine]:
    """Reviews in that state, the newest first; only directors see those that are not signed."""
    if state is not ReviewState.SIGNED and not actor.is_director:
        return []
    who = Review.signed_by if state is ReviewState.SIGNED else Review.opened_by
    wanted = (
        select(Review, Client.id, Client.name, User.name)
        .options(*LIGHT)
        .join(Client, Client.id == Review.client_id)
        .outerjoin(User, User.id == who)
        .where(Review.state == state, Review.client_id.in_(seen_clients(actor)))
        .order_by(Review.id.desc())
        .limit(MOST)
    )
    return [ReviewLine(*row) for row in session.execute(wanted)]


def names_of(session: Session, users: Sequence[int | None]) -> dict[int, str]:
    """The names of colleagues by their numbers."""
    idents = {ident for ident in users if ident is not None}
    return dict(session.execute(select(User.id, User.name).where(User.id.in_(idents))).all())
