"""The enumerations of approval paths, as codes."""

from enum import StrEnum


class StepKind(StrEnum):
    """What happens at a step."""

    REQUEST = "request"
    TECHNICAL = "technical"
    SECURITY = "security"
    BUDGET = "budget"
    LEGAL = "legal"
    PROCUREMENT = "procurement"
    VENDOR_ONBOARDING = "vendor_onboarding"
    COMMITTEE = "committee"
    BOARD = "board"
    SIGN = "sign"
    PAYMENT_ORDER = "po"
    PAYMENT = "payment"


class Right(StrEnum):
    """What whoever acts at a step may do."""

    MUST_SIGN = "must_sign"
    MAY_VETO = "may_veto"
    CONSULTED = "consulted"
    INFORMED = "informed"


class StepState(StrEnum):
    """How far a deal is at a step of its run."""

    WAITING = "waiting"
    RUNNING = "running"
    RETURNED = "returned"
    PASSED = "passed"
    REFUSED = "refused"
    SKIPPED = "skipped"
    BY_DEPUTY = "by_deputy"


class RunState(StrEnum):
    """How far a whole run is."""

    RUNNING = "running"
    SIGNED = "signed"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
