from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.errors import Refusal
from wiki.operations.archive import from_line, manifest_of, to_line

KINDS = {
    "at": "moment",
    "on": "day",
    "facts": "json",
    "sum": "decimal",
    "raw": "bytes",
    "t": "plain",
}
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
_rows = st.tuples(
    st.none() | st.datetimes(timezones=st.just(UTC)),
    st.none() | st.dates(),
    _json,
    st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=4),
    st.none() | st.binary(max_size=50),
    st.none() | st.text() | st.integers() | st.booleans(),
)


@given(_rows)
def test_every_row_comes_back_as_it_was(row: tuple[Any, ...]) -> None:
    line = to_line(KINDS, row)
    assert line.count(b"\n") == 1
    assert tuple(from_line(KINDS, line).values()) == row


def test_the_same_number_and_moment_give_the_same_line_on_every_engine() -> None:
    kinds = {"sum": "decimal", "facts": "json"}
    ours = to_line(kinds, (Decimal("12.50"), {"b": 1, "a": 2}))
    assert ours == to_line(kinds, (Decimal("12.5000"), {"a": 2, "b": 1}))
    assert ours != to_line(kinds, (Decimal("12.51"), {"a": 2, "b": 1}))
    moment = {"at": "moment", "on": "day"}
    assert to_line(moment, (datetime(2026, 3, 2, tzinfo=UTC), date(2026, 3, 2))) == (
        b'["2026-03-02T00:00:00+00:00","2026-03-02"]\n'
    )


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b'{"format": 1}', b"\xff"])
def test_a_text_that_is_no_manifest_is_refused(text: bytes) -> None:
    with pytest.raises(Refusal, match="damaged"):
        manifest_of(text)


def test_a_backup_of_a_later_form_names_the_release_that_can_read_it() -> None:
    with pytest.raises(Refusal, match=r"form 99.*9\.1"):
        manifest_of(b'{"format": 99, "version": "9.1"}')
