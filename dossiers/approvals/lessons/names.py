"""The names that the sentences of lessons and deviations need, read all at once."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.actors import actors_on
from dossiers.approvals.document import PathDocument
from dossiers.approvals.lessons.conform import Comparison
from dossiers.approvals.lessons.lesson import Lesson
from dossiers.approvals.lessons.wording import Names
from dossiers.approvals.shown import category_names
from dossiers.facts.asking import Moment
from dossiers.people.models import Person


def names_for(
    session: Session,
    client_id: int,
    moment: Moment,
    lessons: Sequence[Lesson] = (),
    comparisons: Iterable[Comparison] = (),
    documents: Sequence[PathDocument] = (),
) -> Names:
    """Names of the positions, persons and categories that these speak of."""
    found = [one for comparison in comparisons for one in comparison.deviations]
    positions = {one.position_id for one in lessons if one.position_id}
    positions |= {one.position_id for one in found if one.position_id}
    seats = actors_on(session, client_id, positions, moment)
    return Names(
        {ident: seat.title for ident, seat in seats.items()},
        _persons(session, {one.person_id for one in found if one.person_id}),
        category_names(session, documents),
    )


def _persons(session: Session, idents: set[int]) -> dict[int, str]:
    wanted = select(Person.id, Person.name).where(Person.id.in_(idents))
    return dict(session.execute(wanted).all()) if idents else {}
