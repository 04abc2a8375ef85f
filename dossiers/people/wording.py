"""The words for the enumerations of people at clients."""

from dossiers.people.kinds import (
    Aspect,
    Attitude,
    ContactKind,
    ContactStanding,
    Coverage,
    EndReason,
    InfluenceKind,
    Level,
    LineKind,
    Orientation,
    PositionKind,
    Power,
    Role,
)
from wiki.locale import _l

POSITION_KINDS = {
    PositionKind.HEAD: _l("head"),
    PositionKind.DEPUTY: _l("deputy"),
    PositionKind.ASSISTANT: _l("assistant"),
    PositionKind.MEMBER: _l("member of staff"),
    PositionKind.COMMITTEE: _l("seat on a committee"),
}

LINE_KINDS = {
    LineKind.DOTTED: _l("dotted line"),
    LineKind.ASSISTANT: _l("assistant of"),
}

END_REASONS = {
    EndReason.LEFT: _l("left the client"),
    EndReason.MOVED_INSIDE: _l("moved inside the client"),
    EndReason.MOVED_CLIENT: _l("moved to another client"),
    EndReason.RETIRED: _l("retired"),
    EndReason.DIED: _l("died"),
    EndReason.UNKNOWN: _l("not known why"),
}

CONTACT_KINDS = {ContactKind.PHONE: _l("telephone"), ContactKind.EMAIL: _l("e-mail address")}

CONTACT_STANDINGS = {
    ContactStanding.CURRENT: _l("current"),
    ContactStanding.OLD: _l("old"),
    ContactStanding.SHARED: _l("shared with others"),
}

INFLUENCE_KINDS = {
    InfluenceKind.INFLUENCES: _l("influences"),
    InfluenceKind.TRUSTS: _l("trusts"),
    InfluenceKind.CONFLICTS: _l("conflicts with"),
    InfluenceKind.FORMER_COLLEAGUE: _l("former colleague of"),
}

ASPECTS = {
    Aspect.ROLE: _l("Role in the decision"),
    Aspect.ATTITUDE: _l("Attitude to us"),
    Aspect.POWER: _l("Political weight"),
    Aspect.ORIENTATION: _l("What drives them"),
}

ROLES = {
    Role.ECONOMIC_BUYER: _l("economic buyer"),
    Role.DECISION_MAKER: _l("decision maker"),
    Role.CO_DECIDER: _l("shares the decision"),
    Role.APPROVER: _l("approver"),
    Role.RECOMMENDER: _l("prepares the decision"),
    Role.INFLUENCER: _l("influencer"),
    Role.TECHNICAL_BUYER: _l("technical evaluator"),
    Role.USER_BUYER: _l("user"),
    Role.INITIATOR: _l("initiator"),
    Role.CHAMPION: _l("champion"),
    Role.COACH: _l("coach"),
    Role.SPONSOR: _l("executive sponsor"),
    Role.PROCUREMENT: _l("purchasing"),
    Role.LEGAL: _l("legal reviewer"),
    Role.SECURITY: _l("security reviewer"),
    Role.FINANCE: _l("finance reviewer"),
    Role.GATEKEEPER: _l("gatekeeper"),
    Role.BLOCKER: _l("blocker"),
    Role.CONTACT_POINT: _l("point of contact"),
    Role.UNKNOWN: _l("role not known"),
}

ATTITUDES = {
    Attitude.MENTOR: _l("mentor"),
    Attitude.SUPPORTER: _l("supporter"),
    Attitude.NEUTRAL: _l("neutral"),
    Attitude.SCEPTIC: _l("sceptic"),
    Attitude.ENEMY: _l("enemy"),
}

POWERS = {
    Power.INNER_CIRCLE: _l("inner circle"),
    Power.POLITICAL_STRUCTURE: _l("has influence"),
    Power.OUTSIDE: _l("outside the circle"),
}

ORIENTATIONS = {
    Orientation.FINANCIAL: _l("money"),
    Orientation.TECHNICAL: _l("technology"),
    Orientation.RELATIONSHIP: _l("relationships"),
    Orientation.BUSINESS: _l("the business"),
}

COVERAGES = {
    Coverage.NONE: _l("no contact"),
    Coverage.BRIEF: _l("met briefly"),
    Coverage.MULTIPLE: _l("several meetings"),
    Coverage.DEEP: _l("close contact"),
}

LEVELS = {
    Level.VENDOR: _l("vendor"),
    Level.CREDIBLE: _l("credible source"),
    Level.SOLVER: _l("solves problems"),
    Level.ADVISOR: _l("trusted advisor"),
}
