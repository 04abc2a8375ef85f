"""Two people at one chart: whoever writes about something that changed since is told."""

from typing import Any

from sqlalchemy import select

from dossiers.facts.models import Change, Dated
from dossiers.people.editing.pen import Pen
from wiki.accounts.models import User
from wiki.errors import Clash


def check_not_overtaken(pen: Pen, table: type[Dated], **key: Any) -> None:
    """Raise `Clash` when somebody else wrote or ended rows of that key after the pen's base.

    A list in `key` means any of its values.
    """
    if pen.base is None:
        return
    columns = [
        getattr(table, name).in_(value if isinstance(value, list) else [value])
        for name, value in key.items()
    ]
    newer = (
        select(User.name)
        .join(Change, Change.actor_id == User.id)
        .join(table, (table.change_id == Change.id) | (table.superseded_in == Change.id))
        .where(Change.id > pen.base, Change.actor_id != pen.actor.id, *columns)
        .where(Change.client_id == pen.client.id)
        .order_by(Change.id.desc())
        .limit(1)
    )
    name = pen.session.scalar(newer)
    if name is not None:
        raise Clash(
            "%(name)s has changed this meanwhile. Nothing of yours was changed, and nothing of "
            "theirs. Look at how it is now, then do it again if it is still right.",
            name=name,
        )
