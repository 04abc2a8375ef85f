"""Follow-ups of mine and of all, and the reviews of all dossiers."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.people.views.deeds import tell_done
from dossiers.renewals.kinds import FollowUpState, ReviewState
from dossiers.renewals.reviews import wording
from dossiers.renewals.reviews.follow_ups import end_follow_up, reopen_follow_up
from dossiers.renewals.reviews.listing import (
    follow_up_visible_to,
    follow_ups_visible_to,
    reviews_visible_to,
)
from dossiers.renewals.views.blueprint import renewals_room, today
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal


@renewals_room.get("/reviews")
@needs(Permission.READ)
def all_reviews() -> ResponseReturnValue:
    """Reviews to sign, open follow-ups of everybody, and what was signed last."""
    session = reading()
    return render_template(
        "dossiers/renewals/reviews/all.html",
        open_ones=reviews_visible_to(session, actor(), ReviewState.OPEN),
        signed=reviews_visible_to(session, actor(), ReviewState.SIGNED)[:30],
        follow_ups=follow_ups_visible_to(session, actor()),
        today=today(),
        words=wording,
    )


@renewals_room.get("/follow-ups")
@needs(Permission.READ)
def my_follow_ups() -> ResponseReturnValue:
    """What reviews want me to do, and what I did."""
    return _page()


def _page(ident: int = 0, result: str = "", refusal: Refusal | None = None) -> ResponseReturnValue:
    session, me = fresh_reading(), actor()
    page = render_template(
        "dossiers/renewals/reviews/follow_ups.html",
        open_ones=follow_ups_visible_to(session, me, me.id),
        done=follow_ups_visible_to(session, me, me.id, FollowUpState.DONE)[:20],
        ident=ident,
        result=result,
        refusal=refusal,
        today=today(),
        words=wording,
    )
    return page, refusal.status if refusal else 200


@renewals_room.post("/follow-ups/<int:follow_up_id>/end")
@needs(Permission.EDIT_DOSSIERS)
def finish_follow_up(follow_up_id: int) -> ResponseReturnValue:
    """Done, with what came of it; a director may drop it with a reason."""
    found = follow_up_visible_to(reading(), actor(), follow_up_id)
    result, done = request.form.get("result", ""), request.form.get("as") != "dropped"
    back = "/reviews" if request.form.get("from") == "reviews" else "/follow-ups"
    try:
        with transaction() as session:
            change = end_follow_up(session, actor(), follow_up_id, result, done)
            tell_done(change, found.client_id, back)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _page(follow_up_id, result, refusal)
    return redirect(back)


@renewals_room.post("/follow-ups/<int:follow_up_id>/reopen")
@needs(Permission.EDIT_DOSSIERS)
def take_up_follow_up(follow_up_id: int) -> ResponseReturnValue:
    """It is to be done after all."""
    found = follow_up_visible_to(reading(), actor(), follow_up_id)
    with transaction() as session:
        change = reopen_follow_up(session, actor(), follow_up_id)
        tell_done(change, found.client_id, "/follow-ups")
    return redirect("/follow-ups")
