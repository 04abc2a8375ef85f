"""A pytest plugin: leave only the tests that use a database, for the run on PostgreSQL."""

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what would be the same on every database."""
    others = [item for item in items if "make_database" not in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if item not in set(others)]
    config.hook.pytest_deselected(items=others)
