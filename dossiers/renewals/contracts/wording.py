"""The words of contracts: states, fields, deeds."""

from collections.abc import Mapping

from dossiers.clients.deed_words import Sentence
from dossiers.renewals.contracts import files, linking, services
from dossiers.renewals.kinds import RenewalState
from wiki.locale import _, _l

STATE_NAMES = {
    RenewalState.FUTURE: _l("ahead"),
    RenewalState.IN_REVIEW: _l("in review"),
    RenewalState.AT_RISK: _l("at risk"),
    RenewalState.AGREED: _l("agreed"),
    RenewalState.PAPER: _l("on paper"),
    RenewalState.RENEWED: _l("renewed"),
    RenewalState.SHRUNK: _l("shrunk"),
    RenewalState.LOST: _l("lost"),
}
FIELD_NAMES = {
    "number": _l("Number"),
    "subject": _l("Subject"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "value": _l("Value"),
    "currency": _l("Currency"),
    "notice_days": _l("Notice, days"),
    "renews_months": _l("Renews itself by, months"),
    "index_clause": _l("How the price may rise"),
    "owner_id": _l("Manager"),
    "path_id": _l("Path of decision"),
    "products": _l("Products"),
}


def state_name(code: object) -> str:
    """A state in the reader's language; the code for one that is not known any more."""
    known = {state.value: name for state, name in STATE_NAMES.items()}
    return str(known.get(str(code), code))


CONTRACT_DEEDS: Mapping[str, Sentence] = {
    services.WRITTEN: lambda w: _("contract %(number)s written down", number=w["number"]),
    services.SAVED: lambda w: _("terms of contract %(number)s changed", number=w["number"]),
    services.STATED: lambda w: _(
        "contract %(number)s: %(state)s", number=w["number"], state=state_name(w["now"])
    ),
    services.SUCCEEDED: lambda w: _(
        "contract %(number)s follows %(before)s", number=w["number"], before=w["before"]
    ),
    linking.LINKED: lambda w: _(
        "contract %(number)s follows %(before)s", number=w["number"], before=w["before"]
    ),
    services.ARCHIVED: lambda w: _("contract %(number)s put into the archive", number=w["number"]),
    services.BROUGHT_BACK: lambda w: _("contract %(number)s brought back", number=w["number"]),
    files.ADDED: lambda w: _(
        "file %(name)s put beside contract %(number)s", name=w["name"], number=w["number"]
    ),
    files.REMOVED: lambda w: _(
        "file %(name)s taken away from contract %(number)s", name=w["name"], number=w["number"]
    ),
}
