"""Finding out who new companies, sellers and products of a source are, by keys alone.

Likeness never decides: what no key settles waits for a person.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from dossiers.deals.models import DealSource


def match_companies(session: Session, source: DealSource, ids: Sequence[int]) -> None:
    """By tax number, then by domain, then by exact name, each only when it means one client."""


def match_owners(session: Session, source: DealSource, ids: Sequence[int]) -> None:
    """By e-mail address, then by exact name of an active colleague."""


def match_products(session: Session, source: DealSource, ids: Sequence[int]) -> None:
    """By the exact title of one page, now or before it was renamed."""
