"""The three opinions on a renewal, what the checks see now, and where the voices differ most."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import may_edit
from dossiers.deals.homes import homes_of
from dossiers.people.views.deeds import tell_done
from dossiers.renewals.checks.checkpoints import LONGEST_WORDS, checkpoint_on, has_come, verdicts_at
from dossiers.renewals.checks.giving import View, give_opinion, voice_of
from dossiers.renewals.checks.machine import ask_machine
from dossiers.renewals.checks.opinions import disagreements_visible_to, opinions_of, said_of
from dossiers.renewals.checks.rules_now import rules_in_force
from dossiers.renewals.checks.running import checks_of
from dossiers.renewals.checks.seen import machines_verdict
from dossiers.renewals.checks.wording import (
    CHECKS,
    RESULTS,
    TOPICS,
    VERDICTS,
    VOICES,
    rule_of_the_machine,
)
from dossiers.renewals.contracts.queries import contract_visible_to, home_id_of
from dossiers.renewals.kinds import Verdict
from dossiers.renewals.views.blueprint import renewals_room, today
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal

_AT = "/contracts/<int:contract_id>/opinions"


@renewals_room.get(_AT)
@needs(Permission.READ)
def opinions(contract_id: int) -> str:
    """Machine, manager and director side by side at each checkpoint, and what the checks see."""
    return _page(contract_id)


@renewals_room.post(_AT)
@needs(Permission.EDIT_DOSSIERS)
def give(contract_id: int) -> ResponseReturnValue:
    """Keep the opinion of the manager or director who is signed in."""
    contract = contract_visible_to(reading(), actor(), contract_id)
    words = request.form.get("words", "")[: 4 * LONGEST_WORDS]
    try:
        view = View(_verdict(request.form.get("verdict", "")), words)
        with transaction() as session:
            change = give_opinion(session, actor(), contract.id, view)
            client_id = change.client_id
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _page(contract_id, refusal, words), refusal.status
    here = f"/contracts/{contract_id}/opinions"
    tell_done(change, client_id, here)
    return redirect(here)


@renewals_room.post(f"{_AT}/machine")
@needs(Permission.EDIT_DOSSIERS)
def ask(contract_id: int) -> ResponseReturnValue:
    """Let the machine look once more, and keep what it thinks."""
    contract_visible_to(reading(), actor(), contract_id)
    with transaction() as session:
        ask_machine(session, actor(), contract_visible_to(session, actor(), contract_id))
    return redirect(f"/contracts/{contract_id}/opinions")


def _verdict(typed: str) -> Verdict:
    if typed not in list(Verdict):
        raise Refusal("Choose how you see it. Nothing was saved.")
    return Verdict(typed)


def _page(contract_id: int, problem: Refusal | None = None, words: str = "") -> str:
    session = fresh_reading()
    contract = contract_visible_to(session, actor(), contract_id)
    client = client_visible_to(session, actor(), home_id_of(session, contract))
    rules, day = rules_in_force(session), today()
    now = checkpoint_on(day, contract.ends_on, rules)
    every = opinions_of(session, contract_id)
    seen = checks_of(session, client.id, rules, day, contract)
    points = {one.row.days_before for one in every} | {now}
    return render_template(
        "dossiers/renewals/checks/opinions.html",
        contract=contract,
        client=client,
        rules=rules,
        rule=rule_of_the_machine(rules),
        now=now,
        has_come=has_come(day, contract.ends_on, rules),
        points=sorted(points),
        held={(o.row.days_before, o.row.voice): o for o in every if o.row.is_newest},
        earlier=[one for one in every if not one.row.is_newest],
        seen=seen,
        verdict=machines_verdict(seen, rules, now),
        own=voice_of(actor()),
        editable=may_edit(actor(), client.team_id),
        offered=verdicts_at(now, rules),
        problem=problem,
        typed=words,
        typed_verdict=request.form.get("verdict", ""),
        longest=LONGEST_WORDS,
        **_WORDS,
    )


@renewals_room.get("/renewals/disagreements")
@needs(Permission.REVIEW_DOSSIERS)
def disagreements() -> str:
    """For directors: the renewals that the voices see most differently, first."""
    session = reading()
    rows = disagreements_visible_to(session, actor())
    return render_template(
        "dossiers/renewals/checks/disagreements.html",
        rows=rows,
        said=said_of(session, [one.contract.id for one in rows]),
        homes=homes_of(session, [one.contract.client_id for one in rows]),
        **_WORDS,
    )


_WORDS = {
    "checks": CHECKS,
    "topics": TOPICS,
    "results": RESULTS,
    "verdicts": VERDICTS,
    "voices": VOICES,
}
