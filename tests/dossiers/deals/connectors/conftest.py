"""One Tryton server for all tests of connectors."""

from collections.abc import Iterator

import pytest

from tests.dossiers.deals.connectors.tryton_server import Office, running


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Somebody who works in a real Tryton that was just set up."""
    with running(tmp_path_factory.mktemp("tryton")) as address:
        found = Office(address)
        found.sign_in()
        found.furnish()
        yield found
