"""The labelled differences: two versions of a page, and whether the second says something else.

`differences.jsonl` was written for this project and labelled by meaning before the rule was tried.
One half is for developing the rule; the rule was never changed for the sake of the other.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wiki.pages.content import Content, normalise

DIFFERENCES = Path(__file__).parent / "differences.jsonl"
HALVES = ("develop", "held out")


@dataclass(frozen=True)
class Difference:
    """One labelled difference; `kind` is what was changed."""

    language: str
    material: bool
    kind: str
    half: str
    before: Content
    after: Content


def read_differences(path: Path = DIFFERENCES) -> list[Difference]:
    """All labelled differences, in the order of the file."""
    return [_difference(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _difference(kept: Mapping[str, Any]) -> Difference:
    return Difference(
        kept["language"],
        kept["material"],
        kept["kind"],
        kept["half"],
        _content(kept["before"]),
        _content(kept["after"]),
    )


def _content(parts: Mapping[str, Any]) -> Content:
    return normalise(
        Content(
            title=parts.get("title", "Page"),
            body=parts.get("body", ""),
            facts=parts.get("facts", {}),
            tags=tuple(parts.get("tags", ())),
            category_id=None,
        )
    )
