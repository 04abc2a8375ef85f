"""A review of the demonstration that was signed some months ago, so that one sees what changed."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.clients.kinds import Duty
from dossiers.clients.models import Assignment, Client
from dossiers.facts.models import NEVER, Change
from dossiers.renewals.kinds import Verdict
from dossiers.renewals.models import Contract, FollowUp, Review
from dossiers.renewals.reviews.follow_ups import end_follow_up
from dossiers.renewals.reviews.looking import look_of
from dossiers.renewals.reviews.sealing import digest_of
from dossiers.renewals.reviews.services import (
    Signature,
    Task,
    give_follow_up,
    open_review,
    remark,
    sign_review,
)
from wiki import clock
from wiki.accounts.actor import Actor

_SIGNED = 130
_ENDED = 95
"""Days ago."""
_WORDS = (
    "Продление возможно, но держится на одном человеке. Нужен второй сторонник и подтверждённый "
    "путь согласования до следующего разбора."
)
_TASKS = (
    ("Познакомиться с финансовым директором лично", 30),
    ("Подтвердить у клиента путь согласования", 45),
)


def add_review(session: Session, people: Mapping[str, Actor]) -> None:
    """The director looked at the liveliest dossier and gave two follow-ups; one of them is done."""
    director = next(person for person in people.values() if person.is_director)
    by_number = {person.id: person for person in people.values()}
    client = session.get_one(Client, _liveliest(session))
    lead = by_number[_lead(session, client.id)]
    changed_at, now = client.changed_at, clock.now()
    with clock.at(now - timedelta(days=_SIGNED)):
        review = _reviewed(session, director, client.id, lead)
    with clock.at(now - timedelta(days=_ENDED)):
        _end_one(session, lead, review)
    client.changed_at = changed_at


def _liveliest(session: Session) -> int:
    """The dossier in which most happened since, so that there is something to read."""
    signed_at = clock.now() - timedelta(days=_SIGNED)
    wanted = select(Change.client_id).where(Change.at > signed_at).group_by(Change.client_id)
    return session.scalars(wanted.order_by(func.count().desc(), Change.client_id)).first() or 0


def _lead(session: Session, client_id: int) -> int:
    wanted = select(Assignment.user_id).where(
        Assignment.client_id == client_id,
        Assignment.duty == Duty.LEAD,
        Assignment.superseded_at == NEVER,
    )
    return session.scalars(wanted.order_by(Assignment.id.desc())).first() or 0


def _reviewed(session: Session, director: Actor, client_id: int, lead: Actor) -> Review:
    review = open_review(session, director, client_id, _contract(session, client_id))
    said = "Подтверждал ли кто-нибудь путь в этом году?"
    remark(session, director, client_id, review.id, "check:path", said)
    today = clock.today()
    for what, days in _TASKS:
        task = Task(what, lead.id, today + timedelta(days=days))
        give_follow_up(session, director, client_id, review.id, task)
    look = look_of(session, client_id, review, clock.today(director.time_zone))
    signed = Signature(Verdict.AT_RISK, _WORDS, digest_of(look.after))
    return sign_review(session, director, client_id, review.id, signed)


def _contract(session: Session, client_id: int) -> int | None:
    wanted = select(Contract.id).where(
        Contract.client_id == client_id, Contract.created_at <= clock.now()
    )
    return session.scalars(wanted.order_by(Contract.id)).first()


def _end_one(session: Session, lead: Actor, review: Review) -> None:
    wanted = select(FollowUp.id).where(FollowUp.review_id == review.id).order_by(FollowUp.id)
    first = session.scalars(wanted).first() or 0
    end_follow_up(
        session, lead, first, "Встретились на выставке, договорились о звонке раз в месяц"
    )
