"""Collect the interface's sentences and bring the Russian catalogue up to date.

    python make/words.py           update translations/ru/LC_MESSAGES/messages.po
    python make/words.py --check   exit with 1 when a sentence is not translated

What is no longer said leaves the catalogue; what is new stands there without a translation.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PO = ROOT / "translations" / "ru" / "LC_MESSAGES" / "messages.po"
PACKAGES = ("wiki", "search", "products", "dossiers", "templates")
REFUSALS = (
    "Refusal",
    "Missing",
    "Forbidden",
    "Clash",
    "TooLarge",
    "TooMany",
    "PullError",
    "Denied",
)
UNSTEADY = tuple(
    f'"{name}'.encode()
    for name in (
        "Project-Id", "Report-", "POT-", "PO-Rev", "Last-Tr", "Language-Team", "Generated-By",
    )
)  # fmt: skip
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "N_": None, **dict.fromkeys(REFUSALS)}


def main() -> int:
    """Update the catalogue, or with `--check` say what it lacks."""
    catalogue = merged()
    if "--check" in sys.argv:
        return complain(list(lacking(catalogue)))
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(as_text(catalogue))
    missing = list(lacking(catalogue))
    print(f"{len(catalogue)} sentences, {len(missing)} without a translation")
    return 0


def merged() -> Catalog:
    """What the sources say today with the translations known so far."""
    known = Catalog(locale="ru")
    if PO.exists():
        with PO.open("rb") as file:
            known = read_po(file, locale="ru")
    known.update(collected(), no_fuzzy_matching=True)
    known.obsolete.clear()
    return known


def collected() -> Catalog:
    """All sentences of the sources."""
    with (ROOT / "translations" / "mapping.ini").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(project="Dossier Wiki", charset="utf-8")
    for package in PACKAGES:
        found = extract_from_dir(
            ROOT / package,
            methods_of(methods),
            options,
            keywords=KEYWORDS,
            # The usual filter leaves out folders such as `_macros`.
            directory_filter=lambda _folder: True,
        )
        for _file, _line, message, comments, context in found:
            catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def methods_of(methods: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same rules below each package's own folder."""
    return [(pattern.removeprefix("templates/"), method) for pattern, method in methods]


def lacking(catalogue: Catalog) -> Iterator[Message]:
    """Sentences without a whole translation."""
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(texts)):
            yield message


def as_text(catalogue: Catalog) -> bytes:
    """The catalogue as a file: sorted, without places, so that it only changes with the words."""
    catalogue.header_comment, catalogue.fuzzy = "# The interface in Russian.", False
    buffer = BytesIO()
    write_po(buffer, catalogue, no_location=True, sort_output=True, width=100)
    lines = buffer.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(UNSTEADY))


def complain(missing: list[Message]) -> int:
    """Say which sentences lack a translation."""
    for message in missing:
        print(f"not translated: {message.id!r}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
