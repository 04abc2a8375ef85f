"""What people do with their own account."""

from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from wiki.accounts import wording
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.accounts.services.lookup import own_account
from wiki.history.services import record
from wiki.locale import LANGUAGES
from wiki.outbox import changed


@dataclass(frozen=True)
class Profile:
    """What a person may say about themself."""

    name: str
    language: str
    time_zone: str
    daily_mail: bool


def change_profile(session: Session, actor: Actor, wanted: Profile) -> None:
    """Keep the person's name, language, time zone and whether a daily letter comes."""
    user = own_account(session, actor)
    before = asdict(_profile(user))
    user.name = wording.check_name(wanted.name)
    user.language = wording.check_language(wanted.language, LANGUAGES)
    user.time_zone = wording.check_time_zone(wanted.time_zone)
    user.daily_mail = wanted.daily_mail
    after = asdict(_profile(user))
    if after != before:
        record(session, actor, "change", "user", user.id, before, after)
        changed(session, "colleague", user.id)


def choose_language(session: Session, actor: Actor, code: str) -> None:
    """Keep the language that the person has just switched to."""
    user = own_account(session, actor)
    change_profile(session, actor, Profile(user.name, code, user.time_zone, user.daily_mail))


def sign_out_everywhere(session: Session, actor: Actor) -> None:
    """Make all session cookies of the person worthless, on every device."""
    user = own_account(session, actor)
    user.session_epoch += 1
    record(session, actor, "sign out everywhere", "user", user.id)


def _profile(user: User) -> Profile:
    return Profile(user.name, user.language, user.time_zone, user.daily_mail)
