"""The values of a snapshot's lines in the reader's words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dossiers.approvals.wording import STEP_KINDS
from dossiers.clients.card_words import value_text
from dossiers.clients.wording import DUTY_NAMES
from dossiers.deals.wording import KIND_NAMES as DEAL_KINDS
from dossiers.interactions.contacts.wording import KIND_NAMES as CONTACT_KINDS
from dossiers.interactions.promises.wording import STATES as PROMISE_STATES
from dossiers.people.wording import (
    ATTITUDES,
    COVERAGES,
    INFLUENCE_KINDS,
    LEVELS,
    LINE_KINDS,
    ORIENTATIONS,
    POSITION_KINDS,
    POWERS,
    ROLES,
)
from dossiers.renewals.contracts.wording import STATE_NAMES as CONTRACT_STATES
from dossiers.renewals.snapshot.shape import LABEL, Snapshot
from wiki.locale import _
from wiki.templating import day, number

_CODES: Mapping[str, Mapping[Any, Any]] = {
    "attitude": ATTITUDES,
    "power": POWERS,
    "orientation": ORIENTATIONS,
    "line": LINE_KINDS,
    "tie": INFLUENCE_KINDS,
    "coverage": COVERAGES,
    "level": LEVELS,
    "wanted": LEVELS,
    "duty": DUTY_NAMES,
    "positions.kind": POSITION_KINDS,
    "paths.kind": STEP_KINDS,
    "contacts.kind": CONTACT_KINDS,
    "deals.state": DEAL_KINDS,
    "contracts.state": CONTRACT_STATES,
    "promises.state": PROMISE_STATES,
}
_PEOPLE = frozenset(("holders", "manager_people", "acting", "additional"))
_DAYS = ("_on", "_by")
_MOMENTS = "_at"
_SUMS = frozenset(("amount", "value", "discount", "allowed"))


def value_words(section: str, line: str, name: str, value: Any, snapshot: Snapshot) -> str:
    """A value in words; names are those of the snapshot that it stands in, a dash says nothing."""
    if value in (None, "", []):
        return "—"
    if section == "card" and name == "value":
        return value_text(line.partition(":")[2], value) or "—"
    codes = _CODES.get(f"{section}.{name}") or _CODES.get(name)
    if codes is not None:
        return _said(codes, value)
    tell = _BY_NAME.get(name)
    if tell is not None:
        return tell(value, line, snapshot)
    return _plain(name, value)


def _said(codes: Mapping[Any, Any], value: Any) -> str:
    known = {str(getattr(code, "value", code)): said for code, said in codes.items()}
    return str(known.get(str(value), value))


def _plain(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in _SUMS:
        return str(number(Decimal(value)))
    if isinstance(value, str) and name.endswith(_DAYS):
        return _day(value)
    if isinstance(value, str) and name.endswith(_MOMENTS):
        return str(day(datetime.fromisoformat(value)))
    if isinstance(value, list):
        return ", ".join(_item(one) for one in value)
    return str(value)


def _day(value: str) -> str:
    try:
        return str(day(date.fromisoformat(value)))
    except ValueError:
        return value


def _item(one: Any) -> str:
    if isinstance(one, Mapping):
        return str(one.get("name") or one.get("title") or " ".join(str(v) for v in one.values()))
    return str(one)


def _people(value: Any, _line: str, snapshot: Snapshot) -> str:
    people = snapshot.get("people", {})
    return ", ".join(people.get(f"person:{ident}", {}).get(LABEL) or "?" for ident in value)


def _position(value: Any, _line: str, snapshot: Snapshot) -> str:
    return str(snapshot.get("positions", {}).get(f"position:{value}", {}).get(LABEL) or "?")


def _roles(value: Any, _line: str, _snapshot: Snapshot) -> str:
    return ", ".join(_said(ROLES, code) for code in value)


def _steps(value: Any, line: str, snapshot: Snapshot) -> str:
    path = line.partition("/")[0]
    lines = snapshot.get("paths", {})
    return ", ".join(str(lines.get(f"{path}/{code}", {}).get("title", code)) for code in value)


_BY_NAME: Mapping[str, Callable[[Any, str, Snapshot], str]] = {
    **dict.fromkeys(_PEOPLE, _people),
    "manager": _position,
    "roles": _roles,
    "after": _steps,
}
