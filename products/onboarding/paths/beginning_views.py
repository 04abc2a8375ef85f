"""Beginning a path oneself."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from products.onboarding.paths.beginning import begin_path
from products.onboarding.paths.blueprint import ONE, path_asked, reading_paths
from products.onboarding.paths.page import draw_path
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _


@reading_paths.post(f"{ONE}/begin")
@needs(Permission.READ)
def begin(path_id: int) -> ResponseReturnValue:
    """Walk a path that is meant for the reader, from today on."""
    found = path_asked(path_id)
    try:
        with transaction() as session:
            is_new = begin_path(session, actor(), path_id)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return draw_path(found, refusal)
    if is_new:
        flash(_("You are on the path now, and today is your first day."), "success")
    return redirect(f"/learning?path={path_id}")
