"""How much somebody's word weighs in the client's decisions: the one place for these numbers."""

from collections.abc import Mapping

from dossiers.people.chart.snapshot import Chart, Standing
from dossiers.people.kinds import Attitude, Coverage, Power, Role

#: Who says yes or no; everybody else only speaks with them.
APPROVING = frozenset({Role.ECONOMIC_BUYER, Role.DECISION_MAKER, Role.CO_DECIDER, Role.APPROVER})
ON_OUR_SIDE = frozenset({Attitude.MENTOR, Attitude.SUPPORTER})
#: From this coverage on one of ours has met somebody.
MET_FROM = Coverage.BRIEF
#: From this coverage on one of ours has a relationship with somebody.
RELATIONSHIP_FROM = Coverage.MULTIPLE

_OF_ROLE: Mapping[Role, int] = {
    Role.ECONOMIC_BUYER: 8,
    Role.DECISION_MAKER: 7,
    Role.APPROVER: 5,
    Role.CO_DECIDER: 5,
    Role.SPONSOR: 4,
    Role.CHAMPION: 4,
    Role.TECHNICAL_BUYER: 3,
    Role.BLOCKER: 3,
    Role.PROCUREMENT: 3,
    Role.LEGAL: 3,
    Role.SECURITY: 3,
    Role.FINANCE: 3,
    Role.RECOMMENDER: 3,
    Role.INFLUENCER: 3,
    Role.COACH: 2,
    Role.INITIATOR: 1,
    Role.USER_BUYER: 1,
    Role.GATEKEEPER: 1,
    Role.CONTACT_POINT: 1,
    Role.UNKNOWN: 0,
}
_OF_POWER: Mapping[Power, int] = {
    Power.INNER_CIRCLE: 3,
    Power.POLITICAL_STRUCTURE: 2,
    Power.OUTSIDE: 0,
}
#: From this weight on somebody decides or nearly does: worth a question of their own.
HEAVY = 3


def weight_of(standing: Standing | None) -> int:
    """The weight of one person: of the heaviest role, and of political weight; 0 for none."""
    if standing is None:
        return 0
    role = max((_OF_ROLE[role] for role in standing.roles), default=0)
    return role + (_OF_POWER[standing.power] if standing.power else 0)


def weights_of(chart: Chart) -> dict[int, int]:
    """Person id → weight of everybody at the client.

    As long as nobody has a weight, everybody counts for 1: without roles all are alike.
    """
    weights = {person: weight_of(chart.standings.get(person)) for person in chart.names}
    return weights if any(weights.values()) else dict.fromkeys(weights, 1)


def is_at_least(coverage: Coverage, least: Coverage) -> bool:
    """Whether a coverage is that much or more."""
    order = list(Coverage)
    return order.index(coverage) >= order.index(least)
