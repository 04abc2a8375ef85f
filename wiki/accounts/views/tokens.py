"""One's own API tokens."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor
from wiki.accounts.forms import TokenForm, typed
from wiki.accounts.queries import tokens_of
from wiki.accounts.services.api_tokens import create_token, revoke_token
from wiki.accounts.views.blueprint import accounts, filled_in, secret_page, shown
from wiki.database import reading, transaction
from wiki.locale import _

_PAGE = "wiki/accounts/tokens.html"


@accounts.route("/account/tokens", methods=["GET", "POST"])
def tokens() -> ResponseReturnValue:
    """List the tokens that work, and make a new one whose secret is shown once."""
    form = TokenForm()
    made = filled_in(form, lambda: _made(form))
    return made or shown(_PAGE, form, tokens=tokens_of(reading(), actor()), secret=None)


def _made(form: TokenForm) -> ResponseReturnValue:
    with transaction() as session:
        _token, secret = create_token(session, actor(), actor().id, typed(form.name))
    rows = tokens_of(reading(), actor())
    return secret_page(shown(_PAGE, TokenForm(formdata=None), tokens=rows, secret=secret))


@accounts.post("/account/tokens/<int:token_id>/revoke")
def revoke(token_id: int) -> ResponseReturnValue:
    """Make a token worthless."""
    with transaction() as session:
        revoke_token(session, actor(), token_id)
    flash(_("The token no longer works."), "success")
    return redirect(url_for("accounts.tokens"))
