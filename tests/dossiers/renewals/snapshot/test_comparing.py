"""How differences are called."""

from dossiers.renewals.snapshot.comparing import What, compare
from dossiers.renewals.snapshot.shape import Snapshot


def _seat(**fields: object) -> dict[str, object]:
    return {"label": "Buyer", "manager": 1, "manager_people": [7], "holders": [8], **fields}


def _said(before: Snapshot, after: Snapshot) -> list[tuple[What, str]]:
    return [(one.what, one.field) for one in compare(before, after)]


def test_a_position_under_another_one_is_moved_and_its_new_manager_is_not_told_twice() -> None:
    before = {"positions": {"position:2": _seat()}}
    after = {"positions": {"position:2": _seat(manager=3, manager_people=[9])}}
    assert _said(before, after) == [(What.MOVED, "manager")]


def test_another_holder_of_the_managers_position_is_a_new_manager() -> None:
    before = {"positions": {"position:2": _seat()}}
    after = {"positions": {"position:2": _seat(manager_people=[9])}}
    assert _said(before, after) == [(What.MANAGER, "manager_people")]


def test_a_line_that_is_new_or_gone_is_told_once() -> None:
    one = {"contracts": {"contract:1": {"label": "K-1", "number": "K-1", "value": "10"}}}
    assert _said({}, one) == [(What.NEW, "")]
    assert _said(one, {}) == [(What.GONE, "")]
    assert _said(one, one) == []
