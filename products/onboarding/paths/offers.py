"""Whom the editor of a path may put on it, and with whom as mentor. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from products.onboarding.paths.enrolling import Group
from products.onboarding.paths.heads import Head
from products.onboarding.paths.queries import Colleague, Enrolled
from wiki.accounts.actor import Role


class GroupOffer(NamedTuple):
    """All of a role or a team who are not on the path yet."""

    code: str
    role: Role | None
    team: str
    number: int


@dataclass(frozen=True, slots=True)
class Offers:
    """Groups and people to choose from, the path's own group first, and who may be mentor."""

    groups: Sequence[GroupOffer]
    people: Sequence[Colleague]
    mentors: Sequence[Colleague]


def offers_of(
    head: Head,
    colleagues: Sequence[Colleague],
    on_it: Iterable[Enrolled],
    teams: Mapping[int, str],
) -> Offers:
    """Those who are not on the path, and those who are no newcomers."""
    walking = {one.user_id for one in on_it if one.ended_on is None}
    free = [one for one in colleagues if one.id not in walking]
    return Offers(_groups(head, free, teams), free, mentors_among(colleagues))


def mentors_among(colleagues: Iterable[Colleague]) -> Sequence[Colleague]:
    """Everybody but newcomers."""
    return [one for one in colleagues if one.role is not Role.NEWCOMER]


def _groups(
    head: Head, free: Sequence[Colleague], teams: Mapping[int, str]
) -> Sequence[GroupOffer]:
    roles, members = Counter(one.role for one in free), Counter(one.team_id for one in free)
    found = [GroupOffer(f"role:{role}", role, "", roles[role]) for role in Role if roles[role]]
    found += [
        GroupOffer(f"team:{ident}", None, name, members[ident])
        for ident, name in sorted(teams.items(), key=lambda team: team[1].casefold())
        if members[ident]
    ]
    own = {f"role:{head.role}", f"team:{head.team_id}"}
    return sorted(found, key=lambda group: group.code not in own)


def group_of(code: str) -> Group:
    """What was chosen: `role:newcomer`, `team:3` or `user:12`; nobody when it is none of these."""
    kind, _colon, name = code.partition(":")
    if kind == "role" and name in list(Role):
        return Group(role=Role(name))
    number = int(name) if name.isdecimal() and len(name) < 10 else 0
    if kind == "team" and number:
        return Group(team_id=number)
    return Group(frozenset({number} if kind == "user" and number else ()))
