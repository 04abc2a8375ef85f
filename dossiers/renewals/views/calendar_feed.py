"""The calendar's secret address: its page, and the file that programs fetch."""

from flask import Response, current_app, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from dossiers.renewals.calendar.digest_wish import set_wish, wants_digest
from dossiers.renewals.calendar.feeds import (
    feed_of,
    is_use_to_note,
    make_feed,
    note_use,
    reader_of_feed,
    revoke_feed,
)
from dossiers.renewals.calendar.icalendar_file import calendar_of
from dossiers.renewals.calendar.queries import Wanted, renewals_visible_to
from dossiers.renewals.views.blueprint import renewals_room
from wiki import clock
from wiki.accounts.access import actor, needs, public
from wiki.accounts.rules import Permission
from wiki.config import Settings
from wiki.database import reading, transaction
from wiki.locale import _, force_locale

#: In one calendar.
MOST = 2_000


@renewals_room.get("/renewals/feed")
@needs(Permission.READ)
def feed() -> ResponseReturnValue:
    """Whether there is an address and when it was used, and whether the letter comes."""
    return _page(None)


@renewals_room.post("/renewals/feed")
@needs(Permission.READ)
def feed_made() -> ResponseReturnValue:
    """Make a new address, which is shown once."""
    with transaction() as session:
        secret = make_feed(session, actor())
    settings: Settings = current_app.config["SETTINGS"]
    return _page(f"{settings.base_url}/calendar/{secret}.ics")


@renewals_room.post("/renewals/feed/revoke")
@needs(Permission.READ)
def feed_revoked() -> ResponseReturnValue:
    """Make the address worthless."""
    with transaction() as session:
        revoke_feed(session, actor())
    flash(_("The address no longer works."), "success")
    return redirect(url_for("renewals_room.feed"))


@renewals_room.post("/renewals/feed/letter")
@needs(Permission.READ)
def letter_wished() -> ResponseReturnValue:
    """Let the weekly letter come, or no longer."""
    with transaction() as session:
        wished = set_wish(session, actor(), not wants_digest(session, actor()))
    told = _("The letter comes on Mondays.") if wished else _("No more letters come.")
    flash(told, "success")
    return redirect(url_for("renewals_room.feed"))


def _page(address: str | None) -> Response:
    answer = make_response(
        render_template(
            "dossiers/renewals/calendar/feed.html",
            feed=feed_of(reading(), actor()),
            address=address,
            wants_digest=wants_digest(reading(), actor()),
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@renewals_room.get("/calendar/<secret>.ics")
@public
def calendar_file(secret: str) -> Response:
    """The calendar of whoever has the address, as its owner may see it, in their language."""
    known, reader = reader_of_feed(reading(), secret)
    settings: Settings = current_app.config["SETTINGS"]
    today = clock.today(reader.time_zone)
    wanted = Wanted(mine=not reader.is_director)
    rows = renewals_visible_to(reading(), reader, wanted, today, MOST)
    with force_locale(reader.language):
        content = calendar_of(rows, settings.base_url, today)
    if is_use_to_note(known):
        with transaction() as session:
            note_use(session, known.id)
    answer = Response(content, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
