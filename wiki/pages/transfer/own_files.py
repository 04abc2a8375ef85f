"""Addresses of attachments in exported texts: as paths of the export, and back, without loss."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

_ADDRESS = re.compile(r"(?<![\w./])/files/(\d{1,9})/([A-Za-z0-9_.~%-]+)")
_PATH = re.compile(r"(?<![\w/.])((?:\.\./)+)(files/\d{1,9}/[A-Za-z0-9_.~%-]+)")
_IDENT = re.compile(r"(?<![\w.])/files/(\d{1,9})/")


def path_of(ident: int, name: str) -> str:
    """Where an attachment stands in an export."""
    return f"files/{ident}/{name}"


def outward(body: str, page_path: str, names: Mapping[int, str]) -> str:
    """The text with `/files/17/a.png` as `../../files/17/a.png`, so that other programs find it.

    A text that already has something like it stays as it is: it could not be told apart again.
    """
    if "/files/" not in body or _PATH.search(body):
        return body
    up = "../" * page_path.count("/")

    def moved(found: re.Match[str]) -> str:
        name = names.get(int(found[1]))
        known = name is not None and quote(name, safe="") == found[2]
        return f"{up}files/{found[1]}/{found[2]}" if known else found[0]

    return _ADDRESS.sub(moved, body)


def inward(
    body: str, page_path: str, names: Mapping[int, str], address: Callable[[int], str | None]
) -> str:
    """Undo `outward`; `address` gives where the attachment with that former number is now."""
    if "/files/" not in body and "files/" not in body:
        return body
    up = "../" * page_path.count("/")
    former = {quoted(ident, name): ident for ident, name in names.items()}

    def moved(found: re.Match[str]) -> str:
        ident = former.get(found[2]) if found[1] == up else None
        return (address(ident) if ident is not None else None) or found[0]

    def renumbered(found: re.Match[str]) -> str:
        now = address(int(found[1])) if int(found[1]) in names else None
        return now[: now.rindex("/") + 1] if now else found[0]

    # Numbers first: the addresses that paths turn into have their new number already.
    return _PATH.sub(moved, _IDENT.sub(renumbered, body))


def quoted(ident: int, name: str) -> str:
    """The path of an attachment as it stands in texts."""
    return f"files/{ident}/{quote(name, safe='')}"
