"""A second reader of the HTML, independent of the sanitiser: what would a browser be given?"""

import re
from html.parser import HTMLParser

from wiki.rendering.allowed import ELEMENTS

_URL_ATTRIBUTES = {"href", "src", "action", "formaction", "data", "poster", "background", "srcset"}
_KNOWN_ATTRIBUTES = set(
    re.findall(
        r"[\w-]+",
        "href src id class title alt width height loading rel align colspan rowspan scope start "
        "type checked disabled open tabindex role aria-label lang dir value reversed span",
    )
)


class Reading(HTMLParser):
    """Collects what must not be there in `wrongs`."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrongs: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.wrongs.append(f"<{tag}>")
        for name, value in attrs:
            if name not in _KNOWN_ATTRIBUTES:
                self.wrongs.append(f"{tag} {name}")
            if name in _URL_ATTRIBUTES:
                self._check_address(tag, name, value or "")
            if name == "id" and not (value or "").startswith("p-"):
                self.wrongs.append(f"id {value}")

    def _check_address(self, tag: str, name: str, value: str) -> None:
        bare = re.sub(r"[\x00-\x20\x7f-\xa0]", "", value).lower().replace("\\", "/")
        scheme = re.match(r"([a-z][a-z0-9+.\-]*):", bare)
        if scheme and scheme.group(1) not in ("http", "https", "mailto", "tel"):
            self.wrongs.append(f"{tag} {name}={value}")
        if tag == "img" and not re.fullmatch(r"/files/[A-Za-z0-9-]+/[^/\\]+", value):
            self.wrongs.append(f"img {value}")

    def handle_comment(self, data: str) -> None:
        self.wrongs.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.wrongs.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.wrongs.append("instruction")


def wrongs_in(html: str) -> list[str]:
    """Return all that a browser must not be given."""
    return Reading(html).wrongs
