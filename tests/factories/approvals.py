"""Paths for tests, written as people write them."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import Right, StepKind
from dossiers.approvals.paths.services import Draft, Saved, create_path
from dossiers.approvals.purchases import Condition
from dossiers.approvals.steps import Duration, Step
from dossiers.clients.models import Client
from wiki.accounts.actor import Actor

THREE_MILLIONS = Decimal(3_000_000)


def usual_document(positions: Mapping[str, int] | None = None) -> PathDocument:
    """Request; lawyers and security side by side; the board from 3 million roubles on; signature.

    `positions` names who acts, by the code of the step.
    """
    acting = positions or {}

    def step(code: str, kind: StepKind, *after: str, **more: object) -> Step:
        who = (acting[code],) if code in acting else ()
        return Step(code, code.title(), kind, frozenset(after), who, **more)  # type: ignore[arg-type]

    dear = Condition("RUB", amount_from=THREE_MILLIONS)
    return PathDocument(
        "RUB",
        (
            step("request", StepKind.REQUEST, duration=Duration(1, 2)),
            step("legal", StepKind.LEGAL, "request", duration=Duration(5, 10)),
            step("security", StepKind.SECURITY, "request", right=Right.MAY_VETO),
            step("board", StepKind.BOARD, "legal", "security", condition=dear),
            step("sign", StepKind.SIGN, "board", duration=Duration(2, 4)),
        ),
    )


def make_path(
    session: Session,
    actor: Actor,
    client: Client,
    document: PathDocument | None = None,
    subject: str = "Equipment",
) -> Saved:
    """A path of the client with its first version."""
    return create_path(session, actor, client.id, subject, Draft(document or usual_document()))
