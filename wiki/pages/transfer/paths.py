"""Which paths of a source tree are taken, and where a relative path leads."""

import posixpath
import unicodedata

from wiki.errors import Refusal

LONGEST_PATH = 400
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


def check_path(path: str) -> str:
    """The path as it may be used inside the tree, composed Unicode; raises `Refusal`.

    A path that leads out of the tree is refused and never mended: mending would let one file
    take the place of another.
    """
    if "\0" in path or any(unicodedata.category(letter) in ("Cc", "Cs") for letter in path):
        raise Refusal("Its name has characters that no file name may have, so it was left out.")
    if "\\" in path:
        raise Refusal("Its path is written with backslashes, so it was left out. Use slashes.")
    if path.startswith("/") or path[1:2] == ":":
        raise Refusal("Its path is absolute, so it was left out. Only paths inside the tree count.")
    if ".." in path.split("/"):
        raise Refusal("Its path climbs out of the tree, so it was left out.")
    if len(path) > LONGEST_PATH:
        raise Refusal(
            "Its path is longer than %(limit)d characters, so it was left out.", limit=LONGEST_PATH
        )
    return unicodedata.normalize("NFC", posixpath.normpath(path))


def is_hidden(path: str) -> bool:
    """Whether the file is the system's own business: `.git`, `.DS_Store`, `__MACOSX` and such."""
    parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    return any(part.startswith(".") or part.casefold() in _IGNORED_NAMES for part in parts)


def common_folder(paths: list[str], kept: frozenset[str]) -> str:
    """The single folder around everything, with its slash, or nothing.

    People zip the folder, not its content. A folder whose name is in `kept` says something (a
    language) and stays.
    """
    tops = {path.partition("/")[0] if "/" in path else "" for path in paths}
    only = tops.pop() if len(tops) == 1 else ""
    return f"{only}/" if only and only.casefold() not in kept else ""


def joined(folder: str, relative: str) -> str | None:
    """Where `relative` leads from `folder`; `None` when it leads out of the tree."""
    path = posixpath.normpath(posixpath.join(folder, relative))
    return None if path.startswith(("../", "/")) or path in ("..", ".") else path
