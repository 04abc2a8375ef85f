"""Where a fact is known from, as pages show it beside the fact."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dossiers.facts.asking import Moment, at
from dossiers.facts.models import Confidence, Dated, Source
from dossiers.people.chart.snapshot import Holder, Known
from dossiers.people.kinds import NameKind
from dossiers.people.models import Employment, Person, PersonName, PositionFact

Column = InstrumentedAttribute[Any]


def known_columns(table: type[Dated]) -> tuple[Column, ...]:
    """The four columns from which `known_from` makes a `Known`."""
    return (table.source, table.confidence, table.valid_from, table.learned_on)


def known_from(row: Sequence[Any]) -> Known:
    """The last four columns of a row that ends with `known_columns`."""
    return Known(Source(row[-4]), Confidence(row[-3]), row[-2], row[-1])


def titles_at(session: Session, idents: Sequence[int], moment: Moment) -> dict[int, str]:
    """The titles of these positions at the moment; one that did not stand then is left out."""
    wanted = select(PositionFact.position_id, PositionFact.title).where(
        PositionFact.position_id.in_(idents), at(PositionFact, moment)
    )
    return dict(session.execute(wanted).all())


def holders_at(session: Session, idents: Sequence[int], moment: Moment) -> dict[int, list[Holder]]:
    """Who holds these positions at the moment, whoever only acts last."""
    wanted = (
        select(
            Employment.position_id,
            Employment.person_id,
            PersonName.name,
            Person.name,
            Employment.main,
            Employment.acting,
            *known_columns(Employment),
        )
        .join(Person, Person.id == Employment.person_id)
        .outerjoin(
            PersonName,
            (PersonName.person_id == Employment.person_id)
            & (PersonName.kind == NameKind.FULL)
            & at(PersonName, moment),
        )
        .where(Employment.position_id.in_(idents), at(Employment, moment))
        .order_by(Employment.acting, Employment.id)
    )
    found: dict[int, list[Holder]] = {}
    for row in session.execute(wanted):
        holder = Holder(row[1], row[2] or row[3], row[4], row[5], known_from(row))
        found.setdefault(row[0], []).append(holder)
    return found
