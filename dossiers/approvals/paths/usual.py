"""The path by which most clients decide: a ready beginning for whoever knows nothing yet.

Nobody said that it is so at this client, so every step is a guess.
"""

from decimal import Decimal

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import Right, StepKind
from dossiers.approvals.purchases import Condition
from dossiers.approvals.steps import Duration, Step
from dossiers.facts.kinds import Confidence, Source
from wiki.locale import _

BOARD_FROM = Decimal(10_000_000)


def usual_path() -> PathDocument:
    """Request, experts and security side by side, budget, lawyers, the board, signature, payment.

    The titles are in the reader's language. The board decides from `BOARD_FROM` roubles on.
    """
    return PathDocument("RUB", (*_examined(), *_paid_for(), *_signed()))


def _guessed(code: str, title: str, kind: StepKind, *after: str, **more: object) -> Step:
    guess = {"source": Source.GUESS, "confidence": Confidence.GUESS}
    return Step(code, title, kind, frozenset(after), **{**guess, **more})  # type: ignore[arg-type]


def _examined() -> tuple[Step, ...]:
    return (
        _guessed(
            "request",
            _("Request of the department"),
            StepKind.REQUEST,
            duration=Duration(2, 5),
            documents=(_("reasons for the purchase"), _("our offer")),
        ),
        _guessed(
            "technical",
            _("Technical review"),
            StepKind.TECHNICAL,
            "request",
            duration=Duration(5, 10),
            documents=(_("technical description"),),
        ),
        _guessed(
            "security",
            _("Check by the security service"),
            StepKind.SECURITY,
            "request",
            right=Right.MAY_VETO,
            duration=Duration(5, 15),
            documents=(_("papers of our company"),),
        ),
    )


def _paid_for() -> tuple[Step, ...]:
    return (
        _guessed(
            "budget",
            _("Money in the budget"),
            StepKind.BUDGET,
            "technical",
            "security",
            duration=Duration(3, 7),
        ),
        _guessed(
            "legal",
            _("Review by the lawyers"),
            StepKind.LEGAL,
            "budget",
            duration=Duration(5, 12),
            documents=(_("draft of the contract"),),
        ),
        _guessed(
            "board",
            _("Consent of the board"),
            StepKind.BOARD,
            "legal",
            condition=Condition("RUB", amount_from=BOARD_FROM),
            duration=Duration(10, 20),
        ),
    )


def _signed() -> tuple[Step, ...]:
    return (
        _guessed(
            "sign", _("Signature of the director"), StepKind.SIGN, "board", duration=Duration(2, 5)
        ),
        _guessed(
            "payment",
            _("Payment"),
            StepKind.PAYMENT,
            "sign",
            right=Right.INFORMED,
            duration=Duration(5, 15),
            documents=(_("invoice"),),
        ),
    )
