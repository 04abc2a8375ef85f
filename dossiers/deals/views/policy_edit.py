"""Writing the next version of the discount policy, with all that is wrong with it said before."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.deals.discounts.flaws import clashes_of, gaps_of
from dossiers.deals.discounts.policies import Draft, check_draft, save_policy
from dossiers.deals.discounts.policy import Version
from dossiers.deals.discounts.typed import PolicyTyped, draft_in, typed_in, typed_of
from dossiers.deals.discounts.versions import as_version, grounds_of, newest_policy, versions_of
from dossiers.deals.discounts.wording import gap_words, names_of
from dossiers.deals.views.blueprint import deals_room, today
from dossiers.deals.views.policy import choices_for_rules
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Refusal
from wiki.locale import _
from wiki.templating import day


@deals_room.get("/deals/policy/new")
@needs(Permission.EDIT_DISCOUNT_POLICY)
def new_policy() -> str:
    """The form, with the rules of the version saved last."""
    newest = newest_policy(reading())
    rules, number = (as_version(newest).rules, newest.number) if newest else ((), 0)
    typed = typed_of(rules, grounds_of(reading()), number)
    return _form(typed, first_day=today().isoformat())


@deals_room.post("/deals/policy/new")
@needs(Permission.EDIT_DISCOUNT_POLICY)
def write_policy() -> ResponseReturnValue:
    """Save the version; first say what contradicts and what is left open, unless it was said."""
    typed = typed_in(request.form)
    if "more" in request.form:
        return _form(typed)
    try:
        draft = draft_in(typed, grounds_of(reading()))
        check_draft(reading(), draft)
        remarks = _remarks(draft)
        if remarks and request.form.get("said") != "\n".join(remarks):
            return _form(typed, remarks=remarks)
        with transaction() as session:
            number = save_policy(session, actor(), draft).number
    except Forbidden:
        raise
    except Refusal as refusal:
        return _form(typed, problem=refusal), refusal.status
    flash(_("Version %(number)d of the policy was saved.", number=number), "success")
    return redirect(f"/deals/policy?version={number}")


def _remarks(draft: Draft) -> list[str]:
    """What the person should know before they save, in sentences."""
    assert draft.valid_from is not None
    names = names_of(reading())
    said = [names.clash(clash) for clash in clashes_of(draft.rules)]
    said += [gap_words(gap) for gap in gaps_of(draft.rules, draft.valid_from)]
    overtaken = [one for one in versions_of(reading()) if one.valid_from >= draft.valid_from]
    said += [_overtaken(one) for one in overtaken]
    if draft.valid_from < today():
        said.append(_("It holds from a day that is over: deals closed since then are judged anew."))
    return [str(one) for one in said]


def _overtaken(version: Version) -> str:
    return _(
        "Version %(number)d, which begins on %(day)s, will not hold any more.",
        number=version.number,
        day=day(version.valid_from),
    )


def _form(
    typed: PolicyTyped,
    problem: Refusal | None = None,
    remarks: list[str] | None = None,
    first_day: str = "",
) -> str:
    session = fresh_reading()
    return render_template(
        "dossiers/deals/policy_new.html",
        typed=typed.with_room,
        first_day=first_day,
        problem=problem,
        remarks=remarks or [],
        choices=choices_for_rules(session),
    )
