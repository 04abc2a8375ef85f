"""What a signature waits for."""

from dossiers.approvals.kinds import Right, StepKind
from dossiers.approvals.signature import up_to_signature
from dossiers.approvals.steps import Step, Steps, steps_by_code


def a_step(code: str, kind: StepKind, *after: str, right: Right = Right.MUST_SIGN) -> Step:
    return Step(code, code, kind, frozenset(after), right=right)


def a_path(*more: Step) -> Steps:
    return steps_by_code(
        [
            a_step("legal", StepKind.LEGAL, right=Right.CONSULTED),
            a_step("cfo", StepKind.SIGN, "legal"),
            a_step("ceo", StepKind.SIGN, "cfo"),
            a_step("order", StepKind.PAYMENT_ORDER, "ceo"),
            a_step("payment", StepKind.PAYMENT, "order"),
            *more,
        ]
    )


def test_payments_come_behind_the_signature() -> None:
    assert set(up_to_signature(a_path())) == {"legal", "cfo", "ceo"}


def test_whoever_decides_beside_the_signature_is_waited_for_and_whoever_is_told_is_not() -> None:
    vetoes = a_step("security", StepKind.SECURITY, right=Right.MAY_VETO)
    told = a_step("archive", StepKind.LEGAL, "cfo", right=Right.INFORMED)
    assert set(up_to_signature(a_path(vetoes, told))) == {"legal", "cfo", "ceo", "security"}


def test_without_a_signature_everything_that_decides_counts() -> None:
    steps = steps_by_code(
        [
            a_step("legal", StepKind.LEGAL),
            a_step("payment", StepKind.PAYMENT, "legal"),
        ]
    )
    assert set(up_to_signature(steps)) == {"legal"}


def test_where_nobody_decides_there_is_no_signature() -> None:
    steps = steps_by_code([a_step("legal", StepKind.LEGAL, right=Right.INFORMED)])
    assert up_to_signature(steps) == {}
