"""Which runs of approval paths are those of a deal."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.runs.queries import run_in
from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids, locked_client
from dossiers.deals.deeds import locked_deal, name_of, note_decision
from dossiers.deals.homes import home_of, homes_of
from dossiers.deals.models import Deal, DealRun
from dossiers.facts.models import Change
from dossiers.people.editing.aftermath import is_in_force
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Missing, Refusal

LINKED, PARTED = "link run", "part run"


def link_run(session: Session, actor: Actor, deal_id: int, run_id: int) -> Change | None:
    """Let a run of the client be the deal's; `None` when it is already.

    Raises `Missing`, `Forbidden`, and `Refusal` for a deal without a client.
    """
    deal, client = _places(session, actor, deal_id)
    run = run_in(session, client.id, run_id)
    if session.get(DealRun, (deal.id, run.id)) is not None:
        return None
    put_link(session, actor, deal, run, True)
    return _deed(session, actor, client, LINKED, deal, run)


def part_run(session: Session, actor: Actor, deal_id: int, run_id: int) -> Change | None:
    """The run is not the deal's; `None` when it is not anyway. Raises what `link_run` raises."""
    deal, client = _places(session, actor, deal_id)
    run = run_in(session, client.id, run_id)
    if session.get(DealRun, (deal.id, run.id)) is None:
        return None
    put_link(session, actor, deal, run, False)
    return _deed(session, actor, client, PARTED, deal, run)


def begun_for_deal(session: Session, actor: Actor, run: ApprovalRun, deal_id: int) -> None:
    """A run was begun from the page of a deal: it is the deal's. Raises `Missing`."""
    deal = locked_deal(session, actor, deal_id)
    here = select(Deal.id).where(Deal.id == deal.id, Deal.client_id.in_(dossier_ids(run.client_id)))
    if session.scalar(here) is None:
        raise Missing()
    session.flush()
    put_link(session, actor, deal, run, True)


def put_link(session: Session, actor: Actor, deal: Deal, run: ApprovalRun, linked: bool) -> None:
    """Add or take away the link; the change of the deal keeps it."""
    link = session.get(DealRun, (deal.id, run.id))
    if linked and link is None:
        now = clock.now()
        session.add(DealRun(deal_id=deal.id, run_id=run.id, linked_at=now, linked_by=actor.id))
    if not linked and link is not None:
        session.delete(link)
    told = [None, run.deal] if linked else [run.deal, None]
    note_decision(session, actor, deal, {"run": told})


def follow_undo(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """Link or part the run again, as it was before or after the deed."""
    linked = (first.action == LINKED) is is_in_force(session, undo)
    deal = locked_deal(session, actor, first.words["ident"])
    put_link(session, actor, deal, session.get_one(ApprovalRun, first.words["run_id"]), linked)


def linked_runs(session: Session, deals: Mapping[int, int | None]) -> dict[int, list[ApprovalRun]]:
    """The runs of these deals (with their clients), the newest first, in two statements.

    Those that were taken back are left out, and so are those of another dossier: a deal may have
    been given to another client since.
    """
    wanted = (
        select(DealRun.deal_id, ApprovalRun)
        .join(ApprovalRun, ApprovalRun.id == DealRun.run_id)
        .where(DealRun.deal_id.in_(deals), ApprovalRun.taken_back_in.is_(None))
        .order_by(ApprovalRun.id.desc())
    )
    rows = session.execute(wanted).all()
    homes = homes_of(session, {*deals.values(), *(run.client_id for _deal, run in rows)})
    found: dict[int, list[ApprovalRun]] = {}
    for deal_id, run in rows:
        if homes.get(deals[deal_id] or 0) == homes.get(run.client_id):
            found.setdefault(deal_id, []).append(run)
    return found


def _places(session: Session, actor: Actor, deal_id: int) -> tuple[Deal, Client]:
    require(actor, Permission.EDIT_DOSSIERS)
    deal = locked_deal(session, actor, deal_id)
    home = home_of(session, deal.client_id)
    if home is None:
        raise Refusal(
            "The deal has no client yet, so no run of a path can be its. Nothing was changed. "
            "Say first whose deal it is."
        )
    return deal, locked_client(session, actor, home.id)


def _deed(
    session: Session, actor: Actor, client: Client, action: str, deal: Deal, run: ApprovalRun
) -> Change:
    words = {"deal": name_of(deal), "run": run.deal, "ident": deal.id, "run_id": run.id}
    return begin_deed(session, actor, client, action, **words)
