"""Whether a path or a run still belongs to the dossier in which a deed was done."""

from sqlalchemy.orm import Session

from dossiers.clients.queries import dossier_ids
from wiki.errors import Clash


def check_belongs(session: Session, client_id: int, owner_id: int) -> None:
    """Raise `Clash` when it is of another client: two that were merged may have been parted.

    Whoever may change the one dossier need not even see the other.
    """
    if owner_id != client_id and owner_id not in session.scalars(dossier_ids(client_id)).all():
        raise Clash(
            "Since this was done the clients were parted, and it belongs to the dossier of "
            "another one now. Nothing was changed. Change it there."
        )
