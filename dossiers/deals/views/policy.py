"""The discount policy: what holds, what each version changed, and a place to try it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.amounts import amount_typed, check_currency
from dossiers.deals.discounts.comparing import compare_rules
from dossiers.deals.discounts.documents import grounds_in
from dossiers.deals.discounts.flaws import clashes_of, gaps_of
from dossiers.deals.discounts.models import DiscountPolicy
from dossiers.deals.discounts.policy import (
    Answer,
    Asked,
    Seller,
    Version,
    WhoKind,
    answer_of,
    version_on,
)
from dossiers.deals.discounts.renewal import last_renewal
from dossiers.deals.discounts.typed import who_in
from dossiers.deals.discounts.versions import as_version, parents_of, upwards
from dossiers.deals.discounts.wording import MISSES, ROLE_PEOPLE, gap_words
from dossiers.deals.discounts.wording import names_of as rule_names
from dossiers.deals.views.blueprint import deals_room, today
from wiki.accounts.access import actor, needs
from wiki.accounts.actor import Role
from wiki.accounts.models import User
from wiki.accounts.queries import active_people, names_of, open_teams
from wiki.accounts.rules import Permission, may
from wiki.database import reading
from wiki.errors import Missing, Refusal
from wiki.pages.categories import tree
from wiki.pages.facts import CURRENCIES, as_date
from wiki.pages.forms import whole_number

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody wanted to know of the policy, and the answer or why there is none."""

    day: date
    version: Version | None = None
    answer: Answer | None = None
    problem: Refusal | None = None


@deals_room.get("/deals/policy")
@needs(Permission.READ)
def policy() -> ResponseReturnValue:
    """The version that holds today, or `?version=`; against the one before, or `?with=`."""
    session = reading()
    rows = session.scalars(select(DiscountPolicy).order_by(DiscountPolicy.number.desc())).all()
    if not rows:
        return _page(session, (), None, None)
    versions = [as_version(row) for row in rows]
    now = version_on(versions, today())
    asked = whole_number(request.args.get("version"))
    shown = _numbered(rows, asked or (now.number if now else rows[0].number))
    other = whole_number(request.args.get("with"))
    before = _numbered(rows, other) if other else None
    return _page(session, rows, shown, before)


def _numbered(rows: Sequence[DiscountPolicy], number: int) -> DiscountPolicy:
    found = next((row for row in rows if row.number == number), None)
    if found is None:
        raise Missing()
    return found


def _page(
    session: Session,
    rows: Sequence[DiscountPolicy],
    row: DiscountPolicy | None,
    before: DiscountPolicy | None,
) -> str:
    versions = [as_version(one) for one in rows]
    shown = as_version(row) if row else None
    now = version_on(versions, today())
    rules = shown.rules if shown else ()
    return render_template(
        "dossiers/deals/policy.html",
        rows=rows,
        row=row,
        version=shown,
        now=now,
        never=_never(versions),
        clashes=clashes_of(rules),
        gaps=[gap_words(gap) for gap in gaps_of(rules, shown.valid_from)] if shown else (),
        before=before,
        differences=compare_rules(as_version(before).rules, rules) if before else (),
        grounds=grounds_in(row.rules) if row else (),
        names=rule_names(session),
        people=names_of(session, [one.saved_by for one in rows]),
        job=last_renewal(session),
        edits=may(actor(), Permission.EDIT_DISCOUNT_POLICY),
        choices=choices_for_rules(session),
        typed=request.args,
        tried=_try(session, versions, request.args),
        misses=MISSES,
        today=today(),
    )


def _never(versions: Sequence[Version]) -> set[int]:
    """The versions that held on no day: a later one begins no later than they do."""
    return {
        one.number
        for one in versions
        if any(o.number > one.number and o.valid_from <= one.valid_from for o in versions)
    }


def choices_for_rules(session: Session) -> dict[str, object]:
    """What the selects of a rule offer: whom it is for, categories, currencies."""
    who = [
        (f"{WhoKind.ROLE}:{role}", str(ROLE_PEOPLE[role]))
        for role in (Role.MANAGER, Role.DIRECTOR, Role.NEWCOMER, Role.ADMIN)
    ]
    return {
        "roles": who,
        "teams": [(f"{WhoKind.TEAM}:{ident}", name) for ident, name in open_teams(session)],
        "people": [
            (f"{WhoKind.COLLEAGUE}:{ident}", name) for ident, name in active_people(session)
        ],
        "categories": list(tree(session).walk()),
        "currencies": CURRENCIES,
    }


def _try(session: Session, versions: Sequence[Version], said: Mapping[str, str]) -> Tried | None:
    """The answer to "what would Anna be allowed on pelmeni for two million?"."""
    if "who" not in said:
        return None
    day = as_date(said.get("day", "")[:10]) or today()
    try:
        asked = _asked(session, said, day)
    except Refusal as refusal:
        return Tried(day, problem=refusal)
    version = version_on(versions, day)
    return Tried(day, version, answer_of(version.rules, asked) if version else None)


def _asked(session: Session, said: Mapping[str, str], day: date) -> Asked:
    typed = said.get("amount", "")[:_LONGEST]
    amount, written = amount_typed(typed) if typed.strip() else (None, "")
    category = whole_number(said.get("category")) or None
    return Asked(
        _seller(session, said.get("who", "")),
        upwards(parents_of(session), category),
        check_currency(said.get("currency", "")[:20]) or written,
        amount,
        day,
    )


def _seller(session: Session, typed: str) -> Seller:
    kind, whom = who_in(typed)
    if kind is WhoKind.COLLEAGUE:
        found = session.get(User, whole_number(whom))
        return Seller(found.id, found.role, found.team_id) if found else Seller()
    if kind is WhoKind.ROLE and whom in list(Role):
        return Seller(None, Role(whom))
    return Seller(team_id=whole_number(whom) or None) if kind is WhoKind.TEAM else Seller()
