from collections.abc import Callable

import pytest

from tests.conftest import Cast
from tests.wiki.accounts.conftest import Browser
from wiki.accounts.addresses import safe_next

ELSEWHERE = [
    "https://evil.example",
    "http:evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    "/\x00/evil.example",
    "/" + "x" * 5_000,
    "//[evil",
    "",
    None,
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_another_site_is_never_a_target(target: str | None) -> None:
    assert safe_next(target) == "/"


@pytest.mark.parametrize(
    "target", ["/", "/pages/17-cherry?a=1&b=2", "/search?q=вареники с вишней", "/a//b", "/x:y"]
)
def test_a_path_of_this_site_is_a_target(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize("target", [target for target in ELSEWHERE if target])
def test_signing_in_and_switching_the_language_do_not_lead_away(
    members: Cast, open_browser: Callable[..., Browser], target: str
) -> None:
    browser = open_browser()
    switched = browser.get("/language/ru", query_string={"next": target})
    assert switched.location == "/"
    with browser.client.session_transaction() as session:
        session["_user_id"] = members.anna.get_id()
    assert browser.get("/account/sign-in", query_string={"next": target}).location == "/"
    assert browser.post("/account/theme", theme="dark", next=target).location == "/"
