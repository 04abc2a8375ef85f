"""The rules of reviews: what holds, what held before, and changing them."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from dossiers.renewals.checks.kinds import Check
from dossiers.renewals.checks.rule_saving import LONGEST_WHY, draft_typed, save_rules
from dossiers.renewals.checks.rules_now import LIMITS, rules_in_force, rules_numbered
from dossiers.renewals.checks.wording import CHECKS, LIMIT_NAMES, LIMITS_OF, rule_of_the_machine
from dossiers.renewals.models import ReviewRules
from dossiers.renewals.views.blueprint import renewals_room
from wiki.accounts.access import actor, needs
from wiki.accounts.queries import names_of
from wiki.accounts.rules import Permission, may
from wiki.database import fresh_reading, transaction
from wiki.errors import Forbidden, Refusal
from wiki.locale import _
from wiki.pages.forms import whole_number

_MOST_SHOWN = 200


@renewals_room.get("/renewals/rules")
@needs(Permission.READ)
def review_rules() -> str:
    """The rules in force, or those of `?number=`, and who changed them when and why."""
    return _page()


@renewals_room.post("/renewals/rules")
@needs(Permission.REVIEW_DOSSIERS)
def save_review_rules() -> ResponseReturnValue:
    """Keep the rules under the next number."""
    try:
        draft = draft_typed(request.form)
        with transaction() as session:
            number = save_rules(session, actor(), draft).number
    except Forbidden:
        raise
    except Refusal as refusal:
        return _page(refusal), refusal.status
    flash(_("The rules were saved under number %(number)d.", number=number), "success")
    return redirect("/renewals/rules")


def _page(problem: Refusal | None = None) -> str:
    session = fresh_reading()
    in_force = rules_in_force(session)
    asked = request.args.get("number")
    shown = in_force if asked is None else rules_numbered(session, whole_number(asked))
    newest = select(ReviewRules).order_by(ReviewRules.number.desc()).limit(_MOST_SHOWN)
    rows = session.scalars(newest).all()
    return render_template(
        "dossiers/renewals/checks/rules.html",
        rules=shown,
        in_force=in_force,
        rule=rule_of_the_machine(shown),
        rows=rows,
        people=names_of(session, [one.saved_by for one in rows]),
        edits=may(actor(), Permission.REVIEW_DOSSIERS) and shown == in_force,
        codes=list(Check),
        checks=CHECKS,
        limits=LIMITS,
        limits_of=LIMITS_OF,
        limit_names=LIMIT_NAMES,
        longest=LONGEST_WHY,
        problem=problem,
        typed=request.form,
    )
