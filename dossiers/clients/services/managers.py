"""Who of ours looks after a client: taking charge, joining, standing in, leaving."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.kinds import Duty
from dossiers.clients.models import Assignment, Client
from dossiers.clients.queries import locked_client
from dossiers.clients.rules import check_day
from dossiers.clients.services.cards import Said
from dossiers.facts.asking import Moment, at
from dossiers.facts.models import Change
from dossiers.facts.periods import EVER, Period, since
from dossiers.facts.writing import Fact, write_facts
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.queries import actor_of, names_of
from wiki.errors import Missing, Refusal


@dataclass(frozen=True, slots=True)
class _Deed:
    session: Session
    client: Client
    said: Said
    period: Period


def assign(
    session: Session, actor: Actor, client_id: int, user_id: int, duty: Duty, said: Said
) -> Change | None:
    """Let a colleague look after the client; whoever was responsible before becomes a member.

    `None` when it is so already. Raises `Refusal` for colleagues who have left or may not see
    the client.
    """
    deed = _deed(session, actor, client_id, said)
    name = _name_of(session, deed.client, user_id)
    facts = _facts(deed, user_id, duty)
    if not facts:
        return None
    change = begin_deed(
        session, actor, deed.client, "assign", colleague=name, user=user_id, to=duty.value
    )
    write_facts(session, change, Assignment, facts, said.evidence)
    return change


def lead_facts(session: Session, client: Client, user_id: int, said: Said) -> list[Fact]:
    """What makes a colleague responsible for a locked client; nothing when it is so already.

    For deeds that change more. Raises what `assign` raises.
    """
    period = since(said.since) if said.since else EVER
    _name_of(session, client, user_id)
    return _facts(_Deed(session, client, said, period), user_id, Duty.LEAD)


def _facts(deed: _Deed, user_id: int, duty: Duty) -> list[Fact]:
    now = _present(deed)
    if now.get(user_id) == duty:
        return []
    facts = [_fact(deed, user_id, duty)]
    if duty is Duty.LEAD:
        before = [ident for ident, other in now.items() if other == Duty.LEAD and ident != user_id]
        facts += [_fact(deed, ident, Duty.MEMBER) for ident in before]
    return facts


def release(
    session: Session, actor: Actor, client_id: int, user_id: int, said: Said
) -> Change | None:
    """From that day on the colleague no longer looks after the client; the past stays."""
    deed = _deed(session, actor, client_id, said)
    now = _present(deed)
    if user_id not in now:
        return None
    name = names_of(session, [user_id]).get(user_id, "")
    change = begin_deed(session, actor, deed.client, "release", colleague=name, user=user_id)
    write_facts(session, change, Assignment, [_fact(deed, user_id, None)], said.evidence)
    return change


def _deed(session: Session, actor: Actor, client_id: int, said: Said) -> _Deed:
    client = locked_client(session, actor, client_id)
    if said.since is not None:
        check_day(said.since, clock.today(actor.time_zone))
    return _Deed(session, client, said, since(said.since) if said.since else EVER)


def _present(deed: _Deed) -> dict[int, Duty]:
    """The duties on the day of the deed, by colleague."""
    day = deed.said.since or clock.today()
    wanted = select(Assignment.user_id, Assignment.duty).where(
        Assignment.client_id == deed.client.id, at(Assignment, Moment(day))
    )
    return {ident: Duty(duty) for ident, duty in deed.session.execute(wanted)}


def _fact(deed: _Deed, user_id: int, duty: Duty | None) -> Fact:
    key = {"client_id": deed.client.id, "user_id": user_id}
    return Fact(key, {"duty": duty.value} if duty else None, deed.period)


def _name_of(session: Session, client: Client, user_id: int) -> str:
    colleague = actor_of(session, user_id)
    if colleague is None:
        raise Missing("There is no such colleague, or the account is closed. Nothing was changed.")
    if client.audience not in colleague.audiences:
        raise Refusal(
            "%(name)s may not see this client, because it is restricted to its team. Nothing was "
            "changed. Open the client to all, or choose somebody of the team.",
            name=colleague.name,
        )
    return colleague.name
