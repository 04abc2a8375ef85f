"""Packages above are told of every new revision of a page."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import Cast
from tests.factories.pages import rewrite_page, write_page
from wiki.pages import followers


@pytest.fixture
def told() -> Iterator[list[tuple[int | None, int]]]:
    heard: list[tuple[int | None, int]] = []
    followers.follow_revisions(
        "test",
        lambda _session, _actor, _page, before, revision: heard.append(
            (before.number if before else None, revision.number)
        ),
    )
    yield heard
    del followers._followers["test"]


def test_a_follower_is_told_of_a_new_page_and_of_each_saving(
    app: Flask, cast: Cast, told: list[tuple[int | None, int]]
) -> None:
    page = write_page(app, cast.anna, "Mixer", "5 kg.")
    rewrite_page(app, cast.anna, page, body="6 kg.")
    assert told == [(None, 1), (1, 2)]
