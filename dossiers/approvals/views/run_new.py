"""A new run, and correcting what a run is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from dossiers.approvals.answers.asking import Asking, asking_of
from dossiers.approvals.forms.purchase import PurchaseTyped, as_chosen, purchase_in
from dossiers.approvals.models import ApprovalPath, ApprovalRun
from dossiers.approvals.paths.queries import Version, path_in, version_by_id, version_in_force
from dossiers.approvals.runs.origins import LONGEST, tell_origin
from dossiers.approvals.runs.queries import run_in
from dossiers.approvals.runs.services import Beginning, begin_run, correct_run
from dossiers.approvals.views.blueprint import approvals_room, room_of, today
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit
from dossiers.facts.models import Change
from dossiers.people.reading.deal_names import deals_of
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import language
from wiki.pages.categories import tree
from wiki.pages.content import one_line
from wiki.pages.facts import as_date


@dataclass
class RunTyped:
    """What somebody typed about a run, and what is wrong with it."""

    purchase: PurchaseTyped
    managers: str = ""
    origin: str = ""
    problems: dict[str, Refusal] = field(default_factory=dict)
    refusal: Refusal | None = None

    def beginning(self, currency: str) -> Beginning | None:
        """What the run begins with; `None` when something is to be mended first."""
        question = self.purchase.question(currency, tree(reading()), today())
        managers = as_date(self.managers) if self.managers else None
        if self.managers and managers is None:
            self.problems["managers"] = Refusal("Write a day as 2026-03-31. Nothing was changed.")
        if question is None or self.problems:
            return None
        return Beginning(
            self.purchase.deal,
            question.purchase,
            as_date(self.purchase.on),
            as_date(self.purchase.wanted),
            managers,
        )


def _typed(values: MultiDict[str, str]) -> RunTyped:
    origin = one_line(values.get("origin", ""))[:LONGEST]
    return RunTyped(purchase_in(values), one_line(values.get("managers", "")), origin)


@approvals_room.route(
    "/clients/<int:client_id>/paths/<int:path_id>/runs/new", methods=["GET", "POST"]
)
@needs(Permission.EDIT_DOSSIERS)
def new_run(client_id: int, path_id: int) -> ResponseReturnValue:
    """Let a deal walk the path; the address may say what is bought."""
    room = room_of(client_id, path_id)
    check_may_edit(actor(), room.client.team_id)
    typed = _typed(request.form if request.method == "POST" else request.args)
    version = version_in_force(reading(), path_id, _day(typed) or today())
    if request.method == "GET":
        return _page(room.client, room.path, version, typed)
    wanted = typed.beginning(version.document.currency)
    if wanted is not None:
        try:
            with transaction() as session:
                run = begin_run(session, actor(), client_id, path_id, wanted)
                tell_origin(session, actor(), run, typed.origin)
                change = session.get_one(Change, run.change_id)
        except (Missing, Forbidden):
            raise
        except Refusal as refusal:
            typed.refusal = refusal
        else:
            tell_done(change, client_id, f"/clients/{client_id}/paths/{path_id}")
            return redirect(f"/clients/{client_id}/runs/{run.id}")
    return _page(room.client, room.path, version, typed), _status(typed)


def _day(typed: RunTyped) -> date | None:
    return as_date(typed.purchase.on[:10]) if typed.purchase.on else None


def _status(typed: RunTyped) -> int:
    return typed.refusal.status if typed.refusal else 422


@approvals_room.route("/clients/<int:client_id>/runs/<int:run_id>/correct", methods=["GET", "POST"])
@needs(Permission.EDIT_DOSSIERS)
def correct(client_id: int, run_id: int) -> ResponseReturnValue:
    """Say better what the run is about: the deal, the amount, the conditions, the days."""
    client = client_visible_to(reading(), actor(), client_id)
    run = run_in(reading(), client_id, run_id)
    check_may_edit(actor(), client.team_id)
    path = path_in(reading(), client_id, run.path_id)
    version = version_by_id(reading(), run.version_id)
    if request.method == "GET":
        return _page(client, path, version, _typed(_as_typed(run)), run)
    typed = _typed(request.form)
    wanted = typed.beginning(version.document.currency)
    here = f"/clients/{client_id}/runs/{run_id}"
    if wanted is not None:
        try:
            with transaction() as session:
                change = correct_run(session, actor(), client_id, run_id, wanted)
        except (Missing, Forbidden):
            raise
        except Refusal as refusal:
            typed.refusal = refusal
        else:
            if change is not None:
                tell_done(change, client_id, here)
            return redirect(here)
    return _page(client, path, version, typed, run), _status(typed)


def _as_typed(run: ApprovalRun) -> MultiDict[str, str]:
    """The run as somebody would type it."""
    days = {"on": run.began_on, "wanted": run.wanted_on, "managers": run.managers_date}
    said: Mapping[str, str] = {
        "deal": run.deal,
        "amount": _plain(run.amount),
        "currency": run.currency,
        "new_vendor": "1" if run.new_vendor else "",
        "personal_data": "1" if run.personal_data else "",
        **{name: day.isoformat() for name, day in days.items() if day},
    }
    typed = MultiDict(said)
    chosen = as_chosen(run.categories, tree(reading())) if run.categories else ()
    typed.setlist("category", [str(ident) for ident in chosen])
    typed.setlist("tags", [str(tag) for tag in run.tags])
    return typed


def _plain(amount: Decimal | None) -> str:
    return f"{amount:f}" if amount is not None else ""


def _page(
    client: Client,
    path: ApprovalPath,
    version: Version,
    typed: RunTyped,
    run: ApprovalRun | None = None,
) -> str:
    session = fresh_reading()
    return render_template(
        "dossiers/approvals/run_new.html",
        client=client,
        path=path,
        version=version,
        run=run,
        typed=typed.purchase,
        sent=typed,
        asking=_asking(version, typed.purchase),
        deals=deals_of(session, client.id),
        today=today(),
    )


def _asking(version: Version, typed: PurchaseTyped) -> Asking:
    names = {i: shelf.name(language()) for i, shelf in tree(reading()).shelves.items()}
    return asking_of(version.document, typed.categories, typed.tags, names)
