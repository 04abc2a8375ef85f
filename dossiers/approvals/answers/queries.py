"""Reading what an answer needs. The caller has found the client with `client_visible_to`.

The chart is not read as a whole: only the positions of the path and, where a limit is too small,
those above them; at most seven statements.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Row, literal, select
from sqlalchemy.orm import Session

from dossiers.approvals.actors import ActorSeat, actors_on
from dossiers.approvals.answers.answer import Answer, Question, Surroundings, answer_to
from dossiers.approvals.answers.limits import Managers, is_too_small
from dossiers.approvals.answers.signers import Regard
from dossiers.approvals.document import PathDocument
from dossiers.approvals.steps import needed_for
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.facts.asking import Moment, at
from dossiers.facts.kinds import Confidence, Source
from dossiers.people.kinds import Aspect, Attitude, Coverage
from dossiers.people.models import Judgement, Relationship, SolidLine
from wiki.accounts.models import User

#: No chart is higher; what is higher breaks a rule.
_HIGHEST = 30


def answer_for(
    session: Session, client: Client, document: PathDocument, question: Question, moment: Moment
) -> Answer:
    """Who must sign, and by when; who acts is as of the moment.

    Raises `Refusal` when a step can never happen.
    """
    managers = managers_of(session, _without_power(document, question), moment)
    above = frozenset(ident for chain in managers.values() for ident in chain)
    seats = actors_on(session, client.id, document.positions() | above, moment)
    regards = regards_of(session, client.id, _people(seats), moment, question.deal)
    calendar = document.calendar(client.country)
    return answer_to(question, document, Surroundings(calendar, seats, managers, regards))


def _without_power(document: PathDocument, question: Question) -> frozenset[int]:
    """The positions whose limit is too small."""
    needed = needed_for(document.by_code, question.purchase).steps.values()
    small = (s for s in needed if is_too_small(s, question.purchase, document.currency))
    return frozenset(ident for step in small for ident in step.positions)


def _people(seats: Mapping[int, ActorSeat]) -> frozenset[int]:
    return frozenset(seat.holder.person_id for seat in seats.values() if seat.holder)


def managers_of(session: Session, position_ids: Collection[int], moment: Moment) -> Managers:
    """By position those above it, the nearest first; one statement."""
    if not position_ids:
        return {}
    first = (
        select(
            SolidLine.from_position_id.label("below"),
            SolidLine.to_position_id.label("above"),
            literal(1).label("height"),
        )
        .where(SolidLine.from_position_id.in_(position_ids), at(SolidLine, moment))
        .cte("chain", recursive=True)
    )
    higher = (
        select(first.c.below, SolidLine.to_position_id, first.c.height + 1)
        .join(SolidLine, SolidLine.from_position_id == first.c.above)
        .where(at(SolidLine, moment), first.c.height < _HIGHEST)
    )
    chain = first.union_all(higher)
    found: dict[int, list[int]] = {}
    for below, above in session.execute(
        select(chain.c.below, chain.c.above).order_by(chain.c.below, chain.c.height)
    ):
        found.setdefault(below, []).append(above)
    return found


def regards_of(
    session: Session, client_id: int, person_ids: Collection[int], moment: Moment, deal: str = ""
) -> Mapping[int, Regard]:
    """How people stand to us and who of ours knows them, in two statements.

    What is said for the deal goes before what is said for the client as a whole.
    """
    if not person_ids:
        return {}
    attitudes = _attitudes(session, client_id, person_ids, moment, deal)
    known = _known(session, client_id, person_ids, moment)
    return {
        ident: _regard(attitudes.get(ident), known.get(ident, ())) for ident in sorted(person_ids)
    }


_Said = Row[int, str, str, Source, Confidence]


def _regard(said: _Said | None, known: Sequence[str]) -> Regard:
    if said is None:
        return Regard(known_to=tuple(known))
    _person, _deal, value, source, confidence = said
    is_guess = source is Source.GUESS or confidence is Confidence.GUESS
    return Regard(Attitude(value), is_guess, tuple(known))


def _attitudes(
    session: Session, client_id: int, person_ids: Collection[int], moment: Moment, deal: str
) -> Mapping[int, _Said]:
    wanted = select(
        Judgement.person_id,
        Judgement.deal,
        Judgement.value,
        Judgement.source,
        Judgement.confidence,
    ).where(
        Judgement.client_id.in_(dossier_ids(client_id)),
        Judgement.person_id.in_(person_ids),
        Judgement.aspect == Aspect.ATTITUDE,
        Judgement.deal.in_({"", deal}),
        at(Judgement, moment),
    )
    # Empty sorts first: what is said for the deal comes last and stays.
    rows = session.execute(wanted.order_by(Judgement.deal, Judgement.id))
    return {row.person_id: row for row in rows}


def _known(
    session: Session, client_id: int, person_ids: Collection[int], moment: Moment
) -> Mapping[int, Sequence[str]]:
    wanted = (
        select(Relationship.person_id, User.name)
        .join(User, User.id == Relationship.user_id)
        .where(
            Relationship.client_id.in_(dossier_ids(client_id)),
            Relationship.person_id.in_(person_ids),
            Relationship.coverage != Coverage.NONE,
            at(Relationship, moment),
        )
        .order_by(User.name, User.id)
    )
    found: dict[int, list[str]] = {}
    for person_id, name in session.execute(wanted):
        found.setdefault(person_id, []).append(name)
    return found
