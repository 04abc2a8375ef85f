"""The enumerations of clients, as codes; their words stand in `wording`."""

from enum import StrEnum


class State(StrEnum):
    """How a client stands to us."""

    PROSPECT = "prospect"
    ACTIVE = "active"
    DORMANT = "dormant"
    FORMER = "former"
    ARCHIVED = "archived"


class Duty(StrEnum):
    """What a colleague does for a client."""

    LEAD = "lead"
    MEMBER = "member"
    STAND_IN = "stand_in"


class CardField(StrEnum):
    """A field of a client's card, each with a dated history of its own."""

    NAME = "name"
    LEGAL_NAME = "legal_name"
    COUNTRY = "country"
    TAX_NUMBER = "tax_number"
    DOMAINS = "domains"
    SEGMENT = "segment"
    REGION = "region"
    TAGS = "tags"
    STATE = "state"
    PARENT = "parent"
    TEAM = "team"
    RESTRICTED = "restricted"
