"""The form of a backup: a ZIP with a JSON-lines file per table, the files, and a manifest.

It belongs to no database engine: rows are plain values with the kind of each column beside, so a
backup of SQLite can be restored into PostgreSQL and the other way round. Each table is ordered
by its primary key, so equal content has equal checksums wherever it lies.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from sqlalchemy import JSON, Date, LargeBinary, Numeric, String
from sqlalchemy.types import NullType, TypeEngine

from wiki.database import UtcDateTime
from wiki.errors import Refusal
from wiki.money import Money

FORMAT = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class TableContent:
    """A table in a backup: its columns with their kinds, its rows and their SHA-256."""

    name: str
    columns: Mapping[str, str]
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `checksum` covers all rows and all files."""

    format: int
    version: str
    made_at: str
    schema: str | None
    tables: Sequence[TableContent]
    files: int
    file_bytes: int
    checksum: str

    def to_json(self) -> str:
        """As text."""
        return json.dumps(asdict(self), indent=1)


def manifest_of(text: bytes) -> Manifest:
    """The manifest in this text. Raises `Refusal` when this release cannot read it."""
    try:
        values: dict[str, Any] = json.loads(text)
        if values["format"] != FORMAT:
            raise Refusal(
                "The backup has the form %(form)s, which this release cannot read. Nothing was "
                "changed. Restore it with the release that made it (%(version)s).",
                form=values["format"],
                version=values.get("version"),
            )
        tables = [TableContent(**table) for table in values["tables"]]
        return Manifest(**{**values, "tables": tables})
    except (ValueError, KeyError, TypeError) as error:
        raise damaged("its manifest cannot be read") from error


def damaged(why: str) -> Refusal:
    """The answer to a file that is not a whole backup."""
    return Refusal(
        "The backup is damaged: %(why)s. Nothing was restored. Use another copy.", why=why
    )


def total_checksum(tables: Iterable[TableContent], files: Iterable[str]) -> str:
    """One SHA-256 over all tables and the names (which are the hashes) of all files."""
    digest = hashlib.sha256()
    for table in sorted(tables, key=lambda table: table.name):
        digest.update(f"table {table.name} {table.rows} {table.sha256}\n".encode())
    for sha256 in sorted(files):
        digest.update(f"file {sha256}\n".encode())
    return digest.hexdigest()


class Hashing:
    """Writes lines somewhere (or nowhere) and keeps their SHA-256."""

    def __init__(self, target: IO[bytes] | None) -> None:
        self._target = target
        self._digest = hashlib.sha256()

    def write(self, line: bytes) -> None:
        """Take one line."""
        self._digest.update(line)
        if self._target is not None:
            self._target.write(line)

    def hexdigest(self) -> str:
        """The hash of all lines so far."""
        return self._digest.hexdigest()


_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (UtcDateTime, "moment"),
    (Date, "day"),
    (JSON, "json"),
    (Numeric, "decimal"),
    (Money, "money"),
    (LargeBinary, "bytes"),
)


def kind_of(column_type: TypeEngine[Any]) -> str:
    """The kind of a column in words that belong to no engine."""
    return next((kind for known, kind in _KINDS if isinstance(column_type, known)), "plain")


def type_of(kind: str) -> TypeEngine[Any]:
    """The column type by which values of this kind are written."""
    made: dict[str, TypeEngine[Any]] = {
        "moment": UtcDateTime(),
        "day": Date(),
        "json": JSON(none_as_null=True),
        "decimal": Numeric(),
        "money": Money(),
        "bytes": LargeBinary(),
        "text": String(),
    }
    return made.get(kind, NullType())


def to_line(kinds: Mapping[str, str], row: Sequence[Any]) -> bytes:
    """A row as one line; the same row gives the same line on every engine."""
    values = [_plain(kind, value) for kind, value in zip(kinds.values(), row, strict=True)]
    line = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return line.encode("utf-8", "surrogatepass") + b"\n"


def from_line(kinds: Mapping[str, str], line: bytes) -> dict[str, Any]:
    """The row of a line, by column."""
    values = json.loads(line.decode("utf-8", "surrogatepass"))
    pairs = zip(kinds.items(), values, strict=True)
    return {name: _typed(kind, value) for (name, kind), value in pairs}


def _plain(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind in ("moment", "day"):
        return value.isoformat()
    if kind in ("decimal", "money"):
        # The engines pad differently: 12.50 and 12.5000 are one number.
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if kind == "bytes":
        return base64.b64encode(value).decode()
    return value


def _typed(kind: str, value: Any) -> Any:
    if value is None or kind in ("plain", "json"):
        return value
    if kind == "moment":
        return datetime.fromisoformat(value)
    if kind == "day":
        return date.fromisoformat(value)
    return Decimal(value) if kind in ("decimal", "money") else base64.b64decode(value)
