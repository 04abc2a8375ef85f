"""Writing reviews: opening, remarking, giving follow-ups, signing. Only directors do so.

Every deed locks the client's row. What is signed is never changed, not even by taking back.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids, locked_client
from dossiers.facts.models import Change
from dossiers.interactions.promises.holders import holder_named
from dossiers.renewals.checks.checkpoints import checkpoint_on, verdicts_at
from dossiers.renewals.checks.rules_now import rules_in_force
from dossiers.renewals.checks.seen import plain_seen
from dossiers.renewals.kinds import FollowUpState, ReviewState, Verdict
from dossiers.renewals.models import Contract, FollowUp, Review, ReviewRemark
from dossiers.renewals.reviews.looking import look_of
from dossiers.renewals.reviews.queries import last_signed, open_review_of, review_in
from dossiers.renewals.reviews.rules import (
    LONGEST_LINE,
    LONGEST_REMARK,
    LONGEST_WORDS,
    check_directs,
    check_due,
    check_open,
    text_of,
    what_of,
    words_of,
)
from dossiers.renewals.reviews.sealing import digest_of, seal_of
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Missing, Refusal

OPENED = "open review"
DROPPED = "drop review"
SIGNED = "sign review"
REMARKED = "remark on review"
WITHDRAWN = "withdraw remark"
GIVEN = "give follow-up"
MOST_FOLLOW_UPS = 50
MOST_REMARKS = 500


@dataclass(frozen=True, slots=True)
class Signature:
    """With what a director signs. `read` is the digest of the dossier that was on the screen."""

    verdict: Verdict | None
    words: str
    read: str


def open_review(
    session: Session, actor: Actor, client_id: int, contract_id: int | None = None
) -> Review:
    """Open a review of a dossier; the one that is open already, if there is one.

    Raises `Missing` for a contract of another dossier, and `Forbidden` for who is no director.
    """
    client = _locked(session, actor, client_id)
    found = open_review_of(session, client_id)
    if found is not None:
        return found
    _check_contract(session, client_id, contract_id)
    since = last_signed(session, client_id)
    review = Review(
        client_id=client.id,
        contract_id=contract_id,
        since_id=since.id if since else None,
        state=ReviewState.OPEN,
        opened_at=clock.now(),
        opened_by=actor.id,
    )
    session.add(review)
    session.flush()
    begin_deed(session, actor, client, OPENED, ident=review.id)
    return review


def _locked(session: Session, actor: Actor, client_id: int) -> Client:
    client = locked_client(session, actor, client_id)
    check_directs(actor)
    return client


def _check_contract(session: Session, client_id: int, contract_id: int | None) -> None:
    if contract_id is None:
        return
    own = Contract.id == contract_id, Contract.client_id.in_(dossier_ids(client_id))
    if session.scalar(select(Contract.id).where(*own)) is None:
        raise Missing()


def _open_one(
    session: Session, actor: Actor, client_id: int, review_id: int
) -> tuple[Client, Review]:
    """The locked client and its review, which can still be written. Raises `Clash`."""
    client = _locked(session, actor, client_id)
    review = review_in(session, actor, client_id, review_id)
    check_open(review.state)
    return client, review


def drop_review(session: Session, actor: Actor, client_id: int, review_id: int) -> Change:
    """Leave a review unsigned; it stays, and can be taken up again."""
    client, review = _open_one(session, actor, client_id, review_id)
    change = begin_deed(session, actor, client, DROPPED, ident=review.id)
    review.state = ReviewState.DROPPED
    return change


def remark(
    session: Session, actor: Actor, client_id: int, review_id: int, line: str, words: str
) -> Change:
    """Write something beside a line of a review. Raises `Refusal` for no words or too many."""
    client, review = _open_one(session, actor, client_id, review_id)
    if not line.isprintable() or not 0 < len(line) <= LONGEST_LINE:
        raise Missing()
    _check_room(session, ReviewRemark, review.id, MOST_REMARKS)
    text = text_of(words, LONGEST_REMARK)
    row = ReviewRemark(review_id=review.id, line=line, words=text, at=clock.now(), by=actor.id)
    session.add(row)
    session.flush()
    return begin_deed(session, actor, client, REMARKED, ident=row.id, words=text[:200])


def _check_room(
    session: Session, table: type[ReviewRemark] | type[FollowUp], review_id: int, most: int
) -> None:
    wanted = select(func.count(table.id)).where(table.review_id == review_id)
    if (session.scalar(wanted) or 0) >= most:
        raise Refusal(
            "A review has room for %(limit)d of these. Nothing was changed. Say it in the words "
            "of the review.",
            limit=most,
        )


def withdraw_remark(
    session: Session, actor: Actor, client_id: int, review_id: int, remark_id: int
) -> Change:
    """Take a remark out of a review. Raises `Missing` for one that is not there."""
    client, review = _open_one(session, actor, client_id, review_id)
    row = session.get(ReviewRemark, remark_id)
    if row is None or row.review_id != review.id or row.withdrawn_at is not None:
        raise Missing()
    row.withdrawn_at = clock.now()
    return begin_deed(session, actor, client, WITHDRAWN, ident=row.id, words=row.words[:200])


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, by whom, until when."""

    what: str
    user_id: int
    due_on: date | None


def give_follow_up(
    session: Session, actor: Actor, client_id: int, review_id: int, task: Task
) -> Change:
    """Want something done after the review; whoever gets it sees it once the review is signed.

    Raises `Refusal` for no words, a past day, and a colleague who cannot work in the dossier.
    """
    client, review = _open_one(session, actor, client_id, review_id)
    _check_room(session, FollowUp, review.id, MOST_FOLLOW_UPS)
    name = holder_named(session, client, task.user_id)
    row = FollowUp(
        review_id=review.id,
        client_id=client.id,
        user_id=task.user_id,
        what=what_of(task.what),
        due_on=check_due(task.due_on, clock.today(actor.time_zone)),
        state=FollowUpState.OPEN,
        created_at=clock.now(),
        created_by=actor.id,
    )
    session.add(row)
    session.flush()
    return begin_deed(session, actor, client, GIVEN, ident=row.id, what=row.what, user=name)


def verdicts_of(session: Session, review: Review, day: date) -> list[Verdict]:
    """The verdicts with which a review can be signed on that day."""
    contract = session.get(Contract, review.contract_id) if review.contract_id else None
    rules = rules_in_force(session)
    return verdicts_at(checkpoint_on(day, contract.ends_on if contract else None, rules), rules)


def sign_review(
    session: Session, actor: Actor, client_id: int, review_id: int, signed: Signature
) -> Review:
    """Sign a review: what it looked at is kept and sealed, and never changes.

    Raises `Refusal` without a verdict, and `Clash` when the dossier is not any more as it was read.
    """
    client, review = _open_one(session, actor, client_id, review_id)
    if signed.verdict is None:
        raise Refusal("A review needs a verdict. Nothing was signed. Choose one.")
    day = clock.today(actor.time_zone)
    if signed.verdict not in verdicts_of(session, review, day):
        raise Refusal(
            "“Wait and see” is no answer any more so near to the end of the contract. Nothing was "
            "signed; what you wrote is still here. Say whether it is safe, at risk or lost."
        )
    look = look_of(session, client.id, review, day)
    if digest_of(look.after) != signed.read:
        raise Clash(
            "The dossier was changed while you read it. Nothing was signed; what you wrote is "
            "still here. Read what is new, then sign again."
        )
    review.verdict = signed.verdict
    review.words = words_of(signed.words, LONGEST_WORDS)
    review.snapshot = look.after
    review.changes = [one.plain() for one in look.differences]
    review.checks, review.rules = plain_seen(look.checks), look.rules
    review.signed_at, review.signed_by = clock.now(), actor.id
    review.state = ReviewState.SIGNED
    session.flush()
    session.refresh(review)
    review.seal = seal_of(session, review)
    begin_deed(session, actor, client, SIGNED, ident=review.id, verdict=signed.verdict.value)
    return review
