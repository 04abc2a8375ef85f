"""The stage history of a deal as hints on the page of its approval run, and its name elsewhere."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from dossiers.approvals.kinds import StepKind
from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.runs.hints import MOST, Hint
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealRun, DealSource, DealStage
from dossiers.deals.queries import visible_deals
from wiki.accounts.actor import Actor

_MOST_NAMES = 100


def stage_hints(session: Session, actor: Actor, client: Client, deal: str) -> list[Hint]:
    """When the deal of that name went to which stage, the newest first, in one statement.

    The deal is the one linked to a run of that name, or the one called so.
    """
    linked = exists().where(
        DealRun.deal_id == Deal.id, ApprovalRun.id == DealRun.run_id, ApprovalRun.deal == deal
    )
    called = or_(Deal.title == deal, Deal.external_id == deal)
    wanted = (
        select(DealStage, DealSource.name)
        .join(Deal, Deal.id == DealStage.deal_id)
        .join(DealSource, DealSource.id == Deal.source_id)
        .where(Deal.client_id.in_(dossier_ids(client.id)), visible_deals(actor))
        .where(or_(linked, called))
        .order_by(DealStage.at.desc())
        .limit(MOST)
    )
    return [
        Hint(stage.at.date(), stage.stage, _step(stage.kind), source)
        for stage, source in session.execute(wanted)
    ]


def _step(kind: DealKind | None) -> StepKind | None:
    """A deal that is won there may have been signed here; other stages say nothing of steps."""
    return StepKind.SIGN if kind is DealKind.WON else None


def deal_names(session: Session, client_id: int) -> Sequence[str]:
    """The titles of a client's open deals, the newest first, to be offered while one types."""
    wanted = select(Deal.title).where(
        Deal.client_id.in_(dossier_ids(client_id)),
        Deal.title != "",
        Deal.gone_at.is_(None),
        or_(Deal.kind == DealKind.OPEN, Deal.kind.is_(None)),
    )
    found = session.scalars(wanted.order_by(Deal.id.desc()).limit(_MOST_NAMES))
    return [title[:100] for title in found]
