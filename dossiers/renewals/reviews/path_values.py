"""The fields of steps that differ in words, told as paths tell them."""

from itertools import chain
from typing import Any

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.compare_words import Names, Told, differences_told
from dossiers.approvals.document import PathDocument, kept_document
from dossiers.approvals.paths.compare import compare
from dossiers.renewals.snapshot.shape import LABEL, Lines, Snapshot

#: By the name of the line and the field.
PathTold = dict[tuple[str, str], Told]


def paths_told(before: Snapshot, after: Snapshot) -> PathTold:
    """What differs in the paths that are in both snapshots, field by field."""
    old, new = before.get("paths", {}), after.get("paths", {})
    names = Names(_seats(before) | _seats(after), {})
    found: PathTold = {}
    for line in old.keys() & new.keys():
        kind, _colon, ident = line.partition(":")
        if kind == "path":
            found |= _of_path(ident, _document(ident, old), _document(ident, new), names)
    return found


def _of_path(ident: str, old: PathDocument, new: PathDocument, names: Names) -> PathTold:
    told = chain.from_iterable(one.told for one in differences_told(old, new, names))
    pairs = zip(compare(old, new), told, strict=True)
    return {
        (f"step:{ident}/{one.step}" if one.step else f"path:{ident}", one.field): said
        for one, said in pairs
        if one.field
    }


def _document(ident: str, lines: Lines) -> PathDocument:
    own = lines[f"path:{ident}"]
    steps = [_step(line) for name, line in lines.items() if name.startswith(f"step:{ident}/")]
    return kept_document(
        {"currency": own["currency"] or "RUB", "frozen": own["frozen"] or [], "steps": steps}
    )


def _step(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != LABEL}


def _seats(snapshot: Snapshot) -> dict[int, ActorSeat]:
    seats = snapshot.get("positions", {})
    pairs = [(name.partition(":"), line) for name, line in seats.items()]
    return {
        int(name[2]): ActorSeat(int(name[2]), line[LABEL])
        for name, line in pairs
        if name[0] == "position"
    }
