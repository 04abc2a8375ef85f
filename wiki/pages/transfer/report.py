"""What an import did, changed on the way and could not do: for people and for programs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wiki.errors import Refusal
from wiki.pages.transfer.links import Unresolved
from wiki.pages.transfer.reading import Refused

#: Lines of one list that go into the stored report; the count is always complete.
MOST_LINES = 2_000


class Done(NamedTuple):
    """A page that was created, changed or merged."""

    path: str
    page_id: int
    title: str


@dataclass
class Report:
    """Lists by what happened: `refused` were left out, `remarks` tell what was changed."""

    dry_run: bool = False
    created: list[Done] = field(default_factory=list)
    changed: list[Done] = field(default_factory=list)
    merged: list[Done] = field(default_factory=list)
    conflicts: list[Done] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    remarks: list[Refused] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)
    missing_images: list[Unresolved] = field(default_factory=list)
    conversions: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    categories: list[str] = field(default_factory=list)
    files: int = 0
    twins: int = 0
    seconds: float = 0.0

    @property
    def pages(self) -> int:
        """The number of pages that were looked at and taken."""
        stored = (self.created, self.changed, self.merged, self.conflicts)
        return self.unchanged + sum(len(lines) for lines in stored)

    def refuse(self, path: str, why: Refusal) -> None:
        """Note that a file was left out."""
        self.refused.append(Refused(path, why))

    def remark(self, path: str, what: Refusal) -> None:
        """Note that something in a file was changed or could not be kept."""
        self.remarks.append(Refused(path, what))

    def as_json(self) -> dict[str, Any]:
        """Plain values; sentences as English text with the parts to translate them again."""
        return {
            "dry_run": self.dry_run,
            "pages": self.pages,
            "unchanged": self.unchanged,
            "files": self.files,
            "twins": self.twins,
            "seconds": round(self.seconds, 2),
            "categories": self.categories,
            "conversions": dict(self.conversions.most_common()),
            "left_out": dict(self.left_out.most_common()),
            **{name: _part(getattr(self, name), _done) for name in _DONE},
            **{name: _part(getattr(self, name), _said) for name in ("refused", "remarks")},
            **{name: _part(getattr(self, name), _led) for name in ("unresolved", "missing_images")},
        }


_DONE = ("created", "changed", "merged", "conflicts")


def refusal_of(line: Mapping[str, Any]) -> Refusal:
    """The sentence of a line of `refused` or `remarks`, ready to be translated."""
    return Refusal(line["message"], **line["values"])


def _part(lines: list[Any], shape: Any) -> dict[str, Any]:
    return {"count": len(lines), "lines": [shape(line) for line in lines[:MOST_LINES]]}


def _done(line: Done) -> dict[str, Any]:
    return {"path": line.path, "page": line.page_id, "title": line.title}


def _said(line: Refused) -> dict[str, Any]:
    values = {name: v if isinstance(v, int) else str(v) for name, v in line.why.values.items()}
    said = {"sentence": str(line.why), "message": line.why.message, "values": values}
    return {"path": line.path, **said}


def _led(line: Unresolved) -> dict[str, Any]:
    return {"path": line.path, "target": line.target, "text": line.text}
