"""The words for codes and fields of deals, in the reader's language."""

from collections.abc import Mapping

from flask_babel import LazyString

from dossiers.deals.kinds import DealKind, Matched, Origin
from wiki.locale import _l

KIND_NAMES: Mapping[DealKind, LazyString] = {
    DealKind.OPEN: _l("under way"),
    DealKind.WON: _l("won"),
    DealKind.LOST: _l("lost"),
}
KIND_BADGES: Mapping[DealKind, str] = {
    DealKind.OPEN: "accent",
    DealKind.WON: "success",
    DealKind.LOST: "danger",
}
MATCHED_NAMES: Mapping[Matched, LazyString] = {
    Matched.TAX: _l("by the tax number"),
    Matched.DOMAIN: _l("by the e-mail domain"),
    Matched.NAME: _l("by the exact name"),
    Matched.PERSON: _l("as somebody decided"),
}
ORIGIN_NAMES: Mapping[Origin, LazyString] = {
    Origin.SOURCE: _l("as the source says"),
    Origin.SEEN: _l("as we saw it change"),
}
#: The fields of a deal as the list of changes and the file of deals name them.
FIELD_NAMES: Mapping[str, LazyString] = {
    "title": _l("Title"),
    "amount": _l("Amount"),
    "currency": _l("Currency"),
    "pipeline": _l("Pipeline"),
    "stage": _l("Stage"),
    "kind": _l("Kind of stage"),
    "probability": _l("Probability"),
    "probability_scale": _l("Scale of the probability"),
    "began_on": _l("Began"),
    "planned_on": _l("Planned close"),
    "closed_on": _l("Closed"),
    "loss_reason": _l("Reason of the loss"),
    "owner": _l("Seller"),
    "company": _l("Company"),
    "lines": _l("Products"),
    "contacts": _l("People"),
    "created_there": _l("Created there"),
    "client": _l("Client"),
    "run": _l("Approval run"),
    "reason": _l("Why it was closed"),
    "ground": _l("Ground of the discount"),
    "gone": _l("At the source"),
}
