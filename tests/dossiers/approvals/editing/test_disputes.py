"""What is taken when two people changed the same and the second one decides."""

from dataclasses import replace

import pytest

from dossiers.approvals.document import PathDocument
from dossiers.approvals.editing.disputes import Dispute, taken
from dossiers.approvals.paths.edits import change_step, join, remove_step
from dossiers.approvals.paths.merge import merge
from tests.factories.approvals import usual_document

BASE = usual_document()
RENAMED = change_step(BASE, replace(BASE.by_code["legal"], title="Lawyers"))
WITHOUT = remove_step(BASE, "legal")


def dispute(mine: PathDocument, theirs: PathDocument) -> Dispute:
    merged = merge(BASE, mine, theirs)
    return Dispute(merged.document, theirs, 2, merged.disputed)


def whole(mine: PathDocument, theirs: PathDocument) -> tuple[PathDocument, PathDocument]:
    """What comes out when ours is taken everywhere, and when theirs is."""
    found = dispute(mine, theirs)
    everything = frozenset((one.step, one.field) for one in found.disputed)
    assert everything
    return taken(found, frozenset()), taken(found, everything)


def test_a_step_that_they_removed_stays_or_goes() -> None:
    ours, theirs = whole(RENAMED, WITHOUT)

    assert ours.by_code["legal"].title == "Lawyers"
    assert "legal" not in theirs.by_code
    assert theirs.by_code["board"].after == {"security"}


def test_a_step_that_we_removed_stays_away_or_comes_back_as_they_have_it() -> None:
    ours, theirs = whole(WITHOUT, RENAMED)

    assert "legal" not in ours.by_code
    assert theirs.by_code["legal"].title == "Lawyers"
    assert theirs.by_code["legal"].after == {"request"}
    assert theirs.by_code["board"].after == {"legal", "security"}


def test_orders_that_make_a_circle_are_ours_or_theirs() -> None:
    mine, other = join(BASE, "legal", "security"), join(BASE, "security", "legal")

    assert whole(mine, other) == (mine, other)


@pytest.mark.parametrize("currency", ["USD", "EUR"])
def test_the_currency_of_the_path_is_ours_or_theirs(currency: str) -> None:
    ours, theirs = whole(replace(BASE, currency="CNY"), replace(BASE, currency=currency))

    assert (ours.currency, theirs.currency) == ("CNY", currency)
