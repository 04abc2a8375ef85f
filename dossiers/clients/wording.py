"""The words for states, duties and fields of the card, in the order of the screen."""

from collections.abc import Mapping

from flask_babel import LazyString

from dossiers.clients.kinds import CardField, Duty, State
from wiki.locale import _l

STATE_NAMES: Mapping[State, LazyString] = {
    State.PROSPECT: _l("prospect"),
    State.ACTIVE: _l("active client"),
    State.DORMANT: _l("dormant"),
    State.FORMER: _l("former"),
    State.ARCHIVED: _l("in the archive"),
}
#: The badge in which a state is shown.
STATE_BADGES: Mapping[State, str] = {
    State.PROSPECT: "accent",
    State.ACTIVE: "success",
    State.DORMANT: "warning",
    State.FORMER: "neutral",
    State.ARCHIVED: "neutral",
}
DUTY_NAMES: Mapping[Duty, LazyString] = {
    Duty.LEAD: _l("responsible"),
    Duty.MEMBER: _l("member of the team"),
    Duty.STAND_IN: _l("stand-in"),
}
FIELD_NAMES: Mapping[CardField, LazyString] = {
    CardField.NAME: _l("Client name"),
    CardField.LEGAL_NAME: _l("Legal name"),
    CardField.COUNTRY: _l("Country"),
    CardField.TAX_NUMBER: _l("Tax number"),
    CardField.DOMAINS: _l("E-mail domains"),
    CardField.SEGMENT: _l("Segment"),
    CardField.REGION: _l("Region"),
    CardField.TAGS: _l("Tags"),
    CardField.STATE: _l("State"),
    CardField.PARENT: _l("Parent company"),
    CardField.TEAM: _l("Team"),
    CardField.RESTRICTED: _l("Who may see it"),
}
