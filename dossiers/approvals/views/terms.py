"""The words for codes of paths and runs, as filters of templates."""

from collections.abc import Mapping
from typing import Any

from dossiers.approvals import condition_words
from dossiers.approvals.views.blueprint import approvals_room
from dossiers.approvals.wording import RIGHTS, RUN_STATES, STEP_KINDS, STEP_STATES

_WORDS: Mapping[str, Mapping[Any, Any]] = {
    "step": STEP_KINDS,
    "right": RIGHTS,
    "step_state": STEP_STATES,
    "run_state": RUN_STATES,
}


@approvals_room.app_template_filter("path_term")
def path_term(code: str, kind: str) -> str:
    """The word for the code of an enumeration, or the code itself when it has none."""
    return str(_WORDS[kind].get(code, code))


approvals_room.add_app_template_filter(condition_words.condition_words, "condition_words")
approvals_room.add_app_template_filter(condition_words.duration_words, "duration_words")
approvals_room.add_app_template_filter(condition_words.meetings_words, "meetings_words")
approvals_room.add_app_template_filter(condition_words.frozen_words, "frozen_words")
approvals_room.add_app_template_filter(condition_words.signers_words, "signers_words")
approvals_room.add_app_template_filter(condition_words.money_words, "money_words")
