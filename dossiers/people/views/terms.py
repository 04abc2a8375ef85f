"""The words for codes, as a filter of templates: `{{ "champion" | term("role") }}`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dossiers.facts.models import ALWAYS, FOREVER
from dossiers.facts.wording import CONFIDENCES, SOURCES
from dossiers.people import wording
from dossiers.people.views.blueprint import people_room

_WORDS: Mapping[str, Mapping[Any, Any]] = {
    "role": wording.ROLES,
    "attitude": wording.ATTITUDES,
    "power": wording.POWERS,
    "orientation": wording.ORIENTATIONS,
    "position": wording.POSITION_KINDS,
    "line": wording.LINE_KINDS,
    "influence": wording.INFLUENCE_KINDS,
    "coverage": wording.COVERAGES,
    "level": wording.LEVELS,
    "reason": wording.END_REASONS,
    "contact": wording.CONTACT_KINDS,
    "standing": wording.CONTACT_STANDINGS,
    "source": SOURCES,
    "confidence": CONFIDENCES,
}
_MONTH = 30.44


@people_room.app_template_filter("term")
def term(code: str, kind: str) -> str:
    """The word for the code of an enumeration, or the code itself when it has none."""
    return str(_WORDS[kind].get(code, code))


@people_room.app_template_filter("months_until")
def months_until(day: date, today: date) -> int:
    """How many whole months lie between the days."""
    return int((today - day).days / _MONTH)


@people_room.app_template_test("beginning")
def is_beginning(day: date) -> bool:
    """Whether the day says that nobody knows since when."""
    return day == ALWAYS


@people_room.app_template_test("ending")
def is_ending(day: date) -> bool:
    """Whether the day says that it is still so."""
    return day >= FOREVER
