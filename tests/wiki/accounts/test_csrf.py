import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.wiki.accounts.conftest import PASSWORD
from wiki.accounts.actor import Actor

BrowserOf = Callable[[Actor | None], FlaskClient]


def _post_addresses(app: Flask) -> list[str]:
    return [
        re.sub(r"<[^>]+>", "1", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("accounts.") and "POST" in (rule.methods or ())
    ]


@pytest.mark.parametrize("name", ["adam", None])
def test_every_form_of_accounts_is_refused_without_its_csrf_token(
    app: Flask, cast: Cast, browser_of: BrowserOf, name: str | None
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    addresses = _post_addresses(app)
    assert len(addresses) > 15
    client = browser_of(getattr(cast, name) if name else None)
    for address in addresses:
        answer = client.post(address, data={"name": "x"})
        assert answer.status_code == 400, address
        assert "nothing was changed" in answer.text


def test_every_page_with_a_form_carries_the_token_in_each_of_its_forms(
    app: Flask, cast: Cast, browser_of: BrowserOf
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    pages = [browser_of(None).get(path) for path in ("/account/sign-in", "/account/forgotten")]
    paths = (
        "/account",
        "/account/password",
        "/account/tokens",
        "/people",
        "/people/1",
        "/people/invite",
        "/people/teams",
        "/people/teams/1",
    )
    pages += [browser_of(cast.adam).get(path) for path in paths]
    for page in pages:
        assert page.status_code == 200
        forms = re.findall(r'<form[^>]*method="post".*?</form>', page.text, flags=re.S)
        assert forms
        assert all('name="csrf_token"' in form for form in forms)


def test_with_its_token_the_form_works(app: Flask, members: Cast, browser_of: BrowserOf) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    anna = browser_of(None)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', anna.get("/account/sign-in").text)
    assert found is not None
    answer = anna.post(
        "/account/sign-in",
        data={"email": "anna@example.com", "password": PASSWORD, "csrf_token": found.group(1)},
    )
    assert answer.status_code == 302
