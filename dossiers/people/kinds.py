"""The enumerations of people at clients, as codes; their words stand in `wording`."""

from enum import StrEnum


class PositionKind(StrEnum):
    """What a position is in its unit."""

    HEAD = "head"
    DEPUTY = "deputy"
    ASSISTANT = "assistant"
    MEMBER = "member"
    COMMITTEE = "committee"


class LineKind(StrEnum):
    """A reporting line beside the solid one."""

    DOTTED = "dotted"
    ASSISTANT = "assistant"


class EndReason(StrEnum):
    """Why somebody no longer holds a position."""

    LEFT = "left"
    MOVED_INSIDE = "moved_inside"
    MOVED_CLIENT = "moved_client"
    RETIRED = "retired"
    DIED = "died"
    UNKNOWN = "unknown"


class NameKind(StrEnum):
    """The full name of a person, or another form of it."""

    FULL = "full"
    FORM = "form"


class ContactKind(StrEnum):
    """A way to reach a person."""

    PHONE = "phone"
    EMAIL = "email"


class ContactStanding(StrEnum):
    """Whether a telephone or address still reaches the person, and only the person."""

    CURRENT = "current"
    OLD = "old"
    SHARED = "shared"


class InfluenceKind(StrEnum):
    """What one person is to another beside the chart."""

    INFLUENCES = "influences"
    TRUSTS = "trusts"
    CONFLICTS = "conflicts"
    FORMER_COLLEAGUE = "former_colleague"


class Aspect(StrEnum):
    """What is judged of a person."""

    ROLE = "role"
    ATTITUDE = "attitude"
    POWER = "power"
    ORIENTATION = "orientation"


class Role(StrEnum):
    """What somebody is in a decision of the client."""

    ECONOMIC_BUYER = "economic_buyer"
    DECISION_MAKER = "decision_maker"
    CO_DECIDER = "co_decider"
    APPROVER = "approver"
    RECOMMENDER = "recommender"
    INFLUENCER = "influencer"
    TECHNICAL_BUYER = "technical_buyer"
    USER_BUYER = "user_buyer"
    INITIATOR = "initiator"
    CHAMPION = "champion"
    COACH = "coach"
    SPONSOR = "sponsor"
    PROCUREMENT = "procurement"
    LEGAL = "legal"
    SECURITY = "security"
    FINANCE = "finance"
    GATEKEEPER = "gatekeeper"
    BLOCKER = "blocker"
    CONTACT_POINT = "contact_point"
    UNKNOWN = "unknown"


class Attitude(StrEnum):
    """How somebody stands to us."""

    MENTOR = "mentor"
    SUPPORTER = "supporter"
    NEUTRAL = "neutral"
    SCEPTIC = "sceptic"
    ENEMY = "enemy"


class Power(StrEnum):
    """The political weight of somebody inside the client."""

    INNER_CIRCLE = "inner_circle"
    POLITICAL_STRUCTURE = "political_structure"
    OUTSIDE = "outside"


class Orientation(StrEnum):
    """What drives somebody."""

    FINANCIAL = "financial"
    TECHNICAL = "technical"
    RELATIONSHIP = "relationship"
    BUSINESS = "business"


#: The codes that each aspect may have.
VALUES_OF: dict[Aspect, type[StrEnum]] = {
    Aspect.ROLE: Role,
    Aspect.ATTITUDE: Attitude,
    Aspect.POWER: Power,
    Aspect.ORIENTATION: Orientation,
}


class Coverage(StrEnum):
    """How often one of ours has met somebody."""

    NONE = "none"
    BRIEF = "brief"
    MULTIPLE = "multiple"
    DEEP = "deep"


class Level(StrEnum):
    """What one of ours is to somebody at the client."""

    VENDOR = "vendor"
    CREDIBLE = "credible"
    SOLVER = "solver"
    ADVISOR = "advisor"
