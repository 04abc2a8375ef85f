"""The words of reviews: sections of a dossier, fields of its lines, verdicts, results."""

from dossiers.renewals.checks.kinds import Result
from dossiers.renewals.checks.wording import CHECKS as CHECK_NAMES
from dossiers.renewals.checks.wording import RESULTS as RESULT_NAMES
from dossiers.renewals.checks.wording import VERDICTS as VERDICT_NAMES
from dossiers.renewals.kinds import FollowUpState, ReviewState, Verdict
from dossiers.renewals.snapshot.comparing import What
from wiki.locale import _l

__all__ = [
    "CHECK_NAMES",
    "FIELD_NAMES",
    "FOLLOW_UP_NAMES",
    "RESULT_BADGES",
    "RESULT_NAMES",
    "SECTION_NAMES",
    "STATE_NAMES",
    "VERDICT_BADGES",
    "VERDICT_NAMES",
    "WHAT_BADGES",
    "WHAT_NAMES",
]

SECTION_NAMES = {
    "positions": _l("Positions"),
    "people": _l("People"),
    "paths": _l("Paths of decision"),
    "deals": _l("Deals"),
    "discounts": _l("Discounts"),
    "contracts": _l("Contracts"),
    "notes": _l("Notes"),
    "promises": _l("Promises"),
    "contacts": _l("Contacts"),
    "card": _l("Card"),
}
WHAT_NAMES = {
    What.NEW: _l("new here"),
    What.GONE: _l("no longer there"),
    What.MOVED: _l("reports elsewhere"),
    What.MANAGER: _l("new manager"),
    What.CHANGED: _l("is different"),
}
WHAT_BADGES = {
    What.NEW: "success",
    What.GONE: "danger",
    What.MOVED: "accent",
    What.MANAGER: "accent",
    What.CHANGED: "neutral",
}
VERDICT_BADGES = {
    Verdict.SAFE: "success",
    Verdict.WAIT: "warning",
    Verdict.AT_RISK: "danger",
    Verdict.LOST: "danger",
}
STATE_NAMES = {
    ReviewState.OPEN: _l("not signed yet"),
    ReviewState.SIGNED: _l("signed"),
    ReviewState.DROPPED: _l("left unsigned"),
}
FOLLOW_UP_NAMES = {
    FollowUpState.OPEN: _l("open"),
    FollowUpState.DONE: _l("done"),
    FollowUpState.DROPPED: _l("dropped"),
}
RESULT_BADGES = {
    Result.OK: ("success", "check-circle"),
    Result.WEAK: ("warning", "exclamation-triangle"),
    Result.BAD: ("danger", "exclamation-octagon"),
    Result.OFF: ("neutral", "dash-circle"),
}
FIELD_NAMES = {
    "title": _l("title"),
    "unit": _l("unit"),
    "kind": _l("kind"),
    "code": _l("number in the client's files"),
    "is_known": _l("known for certain"),
    "manager": _l("reports to"),
    "manager_people": _l("who manages them"),
    "holders": _l("held by"),
    "acting": _l("acting only"),
    "additional": _l("as an additional position"),
    "line": _l("line beside the chart"),
    "to": _l("to"),
    "name": _l("name"),
    "works_here": _l("works here"),
    "roles": _l("roles in the decision"),
    "attitude": _l("attitude to us"),
    "power": _l("political weight"),
    "orientation": _l("what drives them"),
    "tie": _l("tie"),
    "strength": _l("strength"),
    "both_ways": _l("both ways"),
    "coverage": _l("how often met"),
    "level": _l("what we are to them"),
    "wanted": _l("what we want to be"),
    "wanted_by": _l("wanted until"),
    "subject": _l("subject"),
    "confirmed_on": _l("confirmed by the client on"),
    "after": _l("comes after"),
    "amount": _l("amount"),
    "currency": _l("currency"),
    "stage": _l("stage"),
    "state": _l("state"),
    "planned_on": _l("expected on"),
    "closed_on": _l("closed on"),
    "loss_reason": _l("why lost"),
    "products": _l("products"),
    "discount": _l("discount in percent"),
    "allowed": _l("allowed discount in percent"),
    "outside": _l("outside the policy"),
    "ground": _l("ground"),
    "number": _l("number"),
    "value": _l("value"),
    "starts_on": _l("first day"),
    "ends_on": _l("last day"),
    "notice_days": _l("notice, days"),
    "renews_months": _l("renews itself by, months"),
    "index_clause": _l("how the price may rise"),
    "owner": _l("manager of ours"),
    "start_by": _l("to begin by"),
    "text": _l("text"),
    "what": _l("what was promised"),
    "by_us": _l("promised by us"),
    "user": _l("colleague"),
    "person": _l("person at the client"),
    "due_on": _l("due on"),
    "ended_on": _l("ended on"),
    "happened_at": _l("day of the contact"),
    "duty": _l("what they do for the client"),
}
"""What the fields of a line are called; those of steps have their names with paths."""
