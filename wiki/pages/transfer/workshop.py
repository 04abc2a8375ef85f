"""What imports and exports need of the application, and who acts on the command line."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor, Role
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.config import Settings
from wiki.database import Database
from wiki.errors import Refusal
from wiki.files.services import store_of
from wiki.pages.saving import Desk
from wiki.pages.transfer.importing import Workshop
from wiki.rendering import RenderPool


def workshop_of(app: Flask) -> Workshop:
    """Database, renderer and files of the application."""
    database: Database = app.extensions["database"]
    renderer: RenderPool = app.extensions["render_pool"]
    settings: Settings = app.config["SETTINGS"]
    return Workshop(Desk(database, renderer), store_of(settings))


def acting_person(session: Session, email: str | None) -> Actor:
    """The person with that address, else the first director or admin there is.

    Raises `Refusal` when there is none.
    """
    active = select(User.id).where(User.deactivated_at.is_(None)).order_by(User.id)
    if email is not None:
        wanted = active.where(User.email_folded == email.strip().casefold())
    else:
        wanted = active.where(User.role.in_((Role.DIRECTOR, Role.ADMIN)))
    found = session.scalar(wanted.limit(1))
    actor = actor_of(session, found) if found is not None else None
    if actor is None:
        raise Refusal(
            "There is nobody in whose name this could be done. Nothing was changed. Make a "
            "director first (dossier-wiki users create), or name one with --as."
        )
    return actor
