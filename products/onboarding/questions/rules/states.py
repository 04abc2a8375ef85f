"""Why a question is not asked, kept in its place."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Rest(StrEnum):
    """Why a question rests: an editor took it out, the page changed there, or it has no answers."""

    REMOVED = "removed"
    OUTDATED = "outdated"
    GONE = "gone"
    UNFAIR = "unfair"


def rest_of(place: Mapping[str, Any]) -> Rest | None:
    """Why a question rests; `None` when it is asked."""
    kept = place.get("rest")
    return Rest(kept) if kept in list(Rest) else None


def resting(place: Mapping[str, Any], why: Rest | None) -> dict[str, Any]:
    """The place of a question that rests for this reason, or is asked again."""
    kept = {name: value for name, value in place.items() if name != "rest"}
    return kept if why is None else {**kept, "rest": why.value}
