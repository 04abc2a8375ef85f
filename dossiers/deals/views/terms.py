"""The words for codes of deals, as a filter of templates."""

from collections.abc import Mapping
from typing import Any

from dossiers.deals.reports.wording import period_name
from dossiers.deals.views.blueprint import deals_room
from dossiers.deals.wording import FIELD_NAMES, KIND_BADGES, KIND_NAMES, MATCHED_NAMES, ORIGIN_NAMES

_WORDS: Mapping[str, Mapping[Any, Any]] = {
    "kind": KIND_NAMES,
    "badge": KIND_BADGES,
    "matched": MATCHED_NAMES,
    "origin": ORIGIN_NAMES,
    "field": FIELD_NAMES,
}


@deals_room.app_template_filter("deal_term")
def deal_term(code: str, kind: str) -> str:
    """The word for a code, or the code itself when it has none."""
    return str(_WORDS[kind].get(code, code))


deals_room.add_app_template_global(period_name)
