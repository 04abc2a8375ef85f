"""A client with a chart and a path that goes through it, for the tests of both together."""

from collections.abc import Callable
from typing import NamedTuple

from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.dossiers.clients.making import add_client
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]


class Walked(NamedTuple):
    """The numbers of a client, its positions by their titles, and its path."""

    client: int
    seats: dict[str, int]
    path: int

    @property
    def base(self) -> str:
        """The address of the client."""
        return f"/clients/{self.client}"


def walked_chart(
    database: Database, cast: Cast, name: str = "Romashka", restricted: bool = False
) -> Walked:
    """Director; lawyer and guard below; buyer below the lawyer. All but the guard act."""
    with database.transaction() as session:
        client = add_client(session, cast.anna, name, restricted=restricted)
        pen = pen_of(session, cast.anna, client)
        seats = {"Director": seat(pen, "Director", name="Olga")}
        seats["Lawyer"] = seat(pen, "Lawyer", seats["Director"], "Ivan")
        seats["Guard"] = seat(pen, "Guard", seats["Director"])
        seats["Buyer"] = seat(pen, "Buyer", seats["Lawyer"], "Petr")
        acting = {
            "request": seats["Buyer"],
            "legal": seats["Lawyer"],
            "sign": seats["Director"],
        }
        path = make_path(session, cast.anna, client, usual_document(acting)).path
        return Walked(client.id, seats, path.id)
