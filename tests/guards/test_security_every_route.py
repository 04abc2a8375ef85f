"""Whatever is sent to whichever address: a page or a sentence, never an error of ours."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.factories.pages import write_page
from wiki.accounts.actor import Actor

Browser = Callable[[Actor | None], FlaskClient]

NAMES = re.findall(
    r"\w+",
    "after archive archived audience base_number before body category changed_since content email "
    "from hits kind language limit name next number on only owner page parent person q reason role "
    "save_key show since team text theirs_number theme title to twin until v view w whole",
)
ODD_HEADERS = {
    "Accept": "*/*;q=zz,,",
    "Accept-Language": "zz;q=nan",
    "HX-Current-URL": "//[",
    "HX-Request": "true",
    "If-None-Match": 'W/"x',
    "Range": "bytes=-0,9999999999999999999999-",
    "Referer": "http://[::",
}


@pytest.mark.parametrize("odd", [b"\0", b"\xed\xa0\x80", b"%(x)s{}<'\"", b"9" * 400, b"-1", b""])
def test_no_route_breaks_on_odd_input(
    app: Flask, cast: Cast, browser_of: Browser, odd: bytes
) -> None:
    page = write_page(app, cast.anna, "Pelmeni")
    adam = browser_of(cast.adam)
    broken = []
    for method, address in _requests(app, page, quote(odd) or "x"):
        sent = dict.fromkeys(NAMES, odd)
        asked, typed = (sent, None) if method == "GET" else (None, sent)
        answer = adam.open(
            address, method=method, headers=ODD_HEADERS, query_string=asked, data=typed
        )
        broken += [(method, address)] if answer.status_code >= 500 else []
    assert broken == []


def _requests(app: Flask, page: int, word: str) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or "sign-out" in rule.rule:
            continue
        for number in (str(page), "2147483647") if "<int:" in rule.rule else ("",):
            address = re.sub(r"<int:\w+>", number, rule.rule)
            for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT"}):
                yield method, re.sub(r"<(path:)?\w+>", word, address)
