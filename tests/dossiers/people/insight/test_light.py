"""The light and what is missing for green."""

import pytest

from dossiers.people.insight.light import Colour, Decider, Lack, light_of
from dossiers.people.kinds import Attitude, Role

BUYER = Decider(1, "Olga", frozenset({Role.ECONOMIC_BUYER}))
GUESSED = Decider(1, "Olga", frozenset({Role.ECONOMIC_BUYER}), frozenset({Role.ECONOMIC_BUYER}))
APPROVER = frozenset({Role.APPROVER})
FRIEND = Decider(2, "Ivan", APPROVER, attitude=Attitude.SUPPORTER, ours=2)


def lacks(*deciders: Decider) -> list[Lack]:
    return [point.lack for point in light_of(7, deciders).points]


def test_it_is_green_with_a_known_buyer_and_a_friendly_approver_whom_two_of_ours_know() -> None:
    light = light_of(7, [BUYER, FRIEND])
    assert (light.colour, light.points) == (Colour.GREEN, ())


def test_the_buyer_alone_can_be_the_approver_on_our_side() -> None:
    both = Decider(1, "Olga", BUYER.roles, attitude=Attitude.MENTOR, ours=2)
    assert light_of(7, [both]).colour is Colour.GREEN


def test_one_of_ours_is_not_enough_for_green() -> None:
    light = light_of(7, [BUYER, Decider(2, "Ivan", APPROVER, attitude=Attitude.MENTOR, ours=1)])
    assert light.colour is Colour.AMBER
    [point] = light.points
    assert (point.lack, point.name, point.count) == (Lack.TOO_FEW_OF_OURS, "Ivan", 1)
    assert point.address == "/clients/7/coverage#person-2"


def test_a_buyer_who_is_only_supposed_is_not_known() -> None:
    light = light_of(7, [GUESSED, FRIEND])
    assert light.colour is Colour.AMBER
    assert [(point.lack, point.address) for point in light.points] == [
        (Lack.BUYER_GUESSED, "/persons/1?client=7#role")
    ]


def test_it_is_red_when_neither_is_known_and_says_where_to_write_both_down() -> None:
    light = light_of(7, [])
    assert light.colour is Colour.RED
    assert [point.address for point in light.points] == [
        "/clients/7/people/new?role=economic_buyer",
        "/clients/7/people/new?role=approver",
    ]


@pytest.mark.parametrize("attitude", [Attitude.NEUTRAL, Attitude.SCEPTIC, Attitude.ENEMY, None])
def test_an_approver_who_is_not_on_our_side_leaves_it_red(attitude: Attitude | None) -> None:
    light = light_of(7, [Decider(2, "Ivan", APPROVER, attitude=attitude, ours=5)])
    assert light.colour is Colour.RED
    assert light.points[-1].address == "/persons/2?client=7#attitude"


def test_whose_attitude_nobody_knows_is_named_before_those_who_must_be_won() -> None:
    against = Decider(2, "Ivan", APPROVER, attitude=Attitude.ENEMY)
    unknown = Decider(3, "Pyotr", APPROVER)
    assert lacks(BUYER, against, unknown)[:2] == [Lack.ATTITUDE_UNKNOWN, Lack.ATTITUDE_UNKNOWN]
    assert lacks(BUYER, against, unknown)[2] is Lack.NOT_ON_OUR_SIDE


def test_a_supporter_who_decides_nothing_counts_for_nothing() -> None:
    user = Decider(4, "Anna", frozenset({Role.USER_BUYER}), attitude=Attitude.MENTOR, ours=9)
    assert light_of(7, [user]).colour is Colour.RED
