"""The answer after a save: what became of it, in a sentence, and the page."""

from flask import flash, redirect, session
from flask.typing import ResponseReturnValue

from wiki.locale import _, ngettext
from wiki.pages.saving import Outcome, Saved


def saved_answer(page_id: int, outcome: Outcome) -> ResponseReturnValue:
    """Say what was saved, and lead to the page."""
    session["saved_draft"] = f"page-{page_id}"
    if not isinstance(outcome, Saved):
        flash(_("Nothing was changed, so there is no new version."), "info")
    elif outcome.merged is None:
        flash(_("Saved as version %(number)d.", number=outcome.number), "success")
    else:
        count = outcome.merged.blocks + len(outcome.merged.facts) + len(outcome.merged.fields)
        flash(_merged_sentence(outcome.number, count), "success")
    return redirect(f"/pages/{page_id}")


def _merged_sentence(number: int, count: int) -> str:
    merged = ngettext(
        "%(num)d change that somebody else saved meanwhile is in it too.",
        "%(num)d changes that others saved meanwhile are in it too.",
        count,
    )
    return f"{_('Saved as version %(number)d.', number=number)} {merged}"
