"""Giving an opinion: a manager or director by hand, and the way back."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.queries import locked_client
from dossiers.facts.models import Change
from dossiers.people.editing.aftermath import follow, is_in_force
from dossiers.renewals.checks.checkpoints import check_opinion, checkpoint_on
from dossiers.renewals.checks.rules_now import rules_in_force
from dossiers.renewals.contracts.queries import contract_visible_to, home_id_of
from dossiers.renewals.kinds import Verdict, Voice
from dossiers.renewals.models import Opinion
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Forbidden

GIVEN = "give opinion"


@dataclass(frozen=True, slots=True)
class View:
    """How somebody sees a renewal, and why."""

    verdict: Verdict
    words: str


def voice_of(actor: Actor) -> Voice:
    """As whom the person speaks."""
    return Voice.DIRECTOR if actor.is_director else Voice.MANAGER


def give_opinion(session: Session, actor: Actor, contract_id: int, view: View) -> Change:
    """Keep the person's opinion at the checkpoint that has come; the one before stays to be read.

    Raises `Missing`, `Forbidden` for who may only read the dossier, and `Refusal` for no words and
    for "wait and see" at the last checkpoint.
    """
    contract = contract_visible_to(session, actor, contract_id)
    client = locked_client(session, actor, home_id_of(session, contract))
    rules = rules_in_force(session)
    days = checkpoint_on(clock.today(actor.time_zone), contract.ends_on, rules)
    words = check_opinion(view.verdict, view.words, days, rules)
    voice = voice_of(actor)
    change = begin_deed(
        session, actor, client, GIVEN, number=contract.number, voice=voice, verdict=view.verdict
    )
    was = newest_of(session, contract.id, days, voice)
    row = Opinion(
        contract_id=contract.id, days_before=days, voice=voice, verdict=view.verdict, words=words,
        rules=rules.number, at=clock.now(), by=actor.id,
    )  # fmt: skip
    put_in_place(session, was, row)
    change.words = {**change.words, "opinion": row.id, "was": was.id if was else None}
    return change


def newest_of(session: Session, contract_id: int, days_before: int, voice: Voice) -> Opinion | None:
    """The opinion that holds for that voice at that checkpoint."""
    wanted = select(Opinion).where(
        Opinion.contract_id == contract_id,
        Opinion.days_before == days_before,
        Opinion.voice == voice,
        Opinion.is_newest,
    )
    return session.scalars(wanted.order_by(Opinion.id.desc())).first()


def put_in_place(session: Session, was: Opinion | None, now: Opinion) -> None:
    """Let an opinion hold instead of the one before."""
    if was is not None:
        was.is_newest = False
    now.is_newest = True
    session.add(now)
    session.flush()


def init_undoing() -> None:
    """Let opinions be taken back."""
    follow(GIVEN, _turn)


def _turn(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """The opinion holds no more and the one before does; or the other way round."""
    given = session.get_one(Opinion, first.words["opinion"])
    if given.voice is Voice.DIRECTOR and not actor.is_director:
        raise Forbidden("Only a director takes back what a director thinks. Nothing was changed.")
    was = session.get(Opinion, first.words["was"]) if first.words["was"] else None
    again = is_in_force(session, undo)
    goes, comes = (was, given) if again else (given, was)
    held = newest_of(session, given.contract_id, given.days_before, given.voice)
    if held is not goes:
        raise Clash(
            "A newer opinion was given since, so this one cannot be taken back by itself. Nothing "
            "was changed. Give the opinion that you have now."
        )
    if goes is not None:
        goes.is_newest = False
    if comes is not None:
        comes.is_newest = True
    session.flush()
