"""Where a source leaves the hint that it has something new. Every answer is the same."""

from flask import current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from dossiers.deals.connectors import hints
from dossiers.deals.views.blueprint import deals_room
from wiki.accounts.access import public
from wiki.database import reading, transaction
from wiki.web import csrf


@deals_room.post("/hooks/deals/<hook>")
@public
def deals_hook(hook: str) -> ResponseReturnValue:
    """Ask the source soon if the hint is one of its own; nobody learns whether it was."""
    body = _body()
    signature = request.headers.get("X-Dossier-Signature", "")
    if body is not None:
        key = str(current_app.config["SECRET_KEY"])
        source_id = hints.hinted(reading(), key, hook, body, signature)
        if source_id is not None:
            with transaction() as session:
                hints.take_hint(session, source_id)
    return "", 204


# The address itself is the proof; nobody's browser is signed in at it.
csrf.exempt(deals_hook)


def _body() -> bytes | None:
    """What was sent; `None` when it is too much."""
    request.max_content_length = hints.LARGEST
    try:
        return request.get_data()
    except HTTPException:
        return None
