"""What people decided of names before: it holds for the same name in every source."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dossiers.deals.kinds import Matched
from dossiers.deals.models import DealCompany
from dossiers.facts.writing import in_parts
from wiki.rendering.titles import fold_title

NOBODY = 0
"""Instead of a number: somebody decided that it is none of ours."""

Earlier = Mapping[str, Sequence[tuple[int, str]]]
"""A folded name → what was decided, and the mark (tax number, address) that tells two apart."""


def earlier_companies(session: Session, names: set[str]) -> Earlier:
    """What was decided of companies of these folded names."""
    found: dict[str, list[tuple[int, str]]] = {}
    decided = or_(DealCompany.matched == Matched.PERSON, DealCompany.is_nobody)
    for some in in_parts(sorted(names - {""})):
        wanted = select(DealCompany.name_folded, DealCompany.client_id, DealCompany.tax_number)
        for name, client, number in session.execute(
            wanted.where(DealCompany.name_folded.in_(some), decided)
        ):
            found.setdefault(name, []).append((client or NOBODY, number))
    return found


def earlier_names(session: Session, table: Any, target: Any, mark: Any = None) -> Earlier:
    """What was decided of all products or sellers; there are no more of them than people decide.

    By their names and not by their keys, for one number means two things in two sources.
    """
    columns = (table.name, target, table.name if mark is None else mark)
    decided = or_(table.matched == Matched.PERSON, table.is_nobody)
    found: dict[str, list[tuple[int, str]]] = {}
    for name, ident, text in session.execute(select(*columns).where(decided)):
        own = "" if mark is None else text.casefold()
        found.setdefault(fold_title(name), []).append((ident or NOBODY, own))
    return found
