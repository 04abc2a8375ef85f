"""The YAML block at the head of a Markdown file: split off, read within bounds, written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from wiki.errors import Refusal

LARGEST = 256_000
DEEPEST = 12
_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_LINE = re.compile(r"([A-Za-z_][\w.-]*)\s*:\s*(.*)")


@dataclass(frozen=True)
class FrontMatter:
    """The fields of a file, the text below them, and what was wrong with the block, if anything."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    body: str = ""
    problem: Refusal | None = None


class _Loader(yaml.CSafeLoader):
    """Knows text, yes/no and nothing else: a title `12:30` or `2024-03-21` stays what it is."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""]
)


def split(text: str) -> FrontMatter:
    """The front matter of a file and its body; a file without one is all body.

    A block that is not YAML is read line by line; when that fails too, it stays in the body as
    a code block, so that nothing is lost. Either way `problem` says so.
    """
    block, body = _cut(text)
    if block is None:
        return FrontMatter(body=text)
    try:
        fields = safely_loaded(block)
    except Refusal as refusal:
        return FrontMatter(body=_as_code(block) + body, problem=refusal)
    except (yaml.YAMLError, ValueError, RecursionError):
        return _mended(block, body)
    if fields is None:
        return FrontMatter(body=body)
    if not isinstance(fields, dict):
        return FrontMatter(body=text)
    return FrontMatter({str(name): value for name, value in fields.items()}, body)


def join(fields: Mapping[str, Any], body: str) -> str:
    """A file with these fields above the body; `split` gives both back exactly."""
    block = yaml.dump(
        dict(fields),
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000_000,
        default_flow_style=False,
    )
    return f"---\n{block}---\n\n{body}"


def own_body(body: str) -> str:
    """The body as it was before `join` set it below the fields."""
    return body.removeprefix("\n")


def _cut(text: str) -> tuple[str | None, str]:
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end(), opening.end() + LARGEST) if opening else None
    if opening is None or closing is None:
        return None, text
    return text[opening.end() : closing.start()], text[closing.end() :]


def safely_loaded(block: str) -> Any:
    """What a YAML text says, all scalars but yes/no as text.

    Raises `Refusal` for one that refers to itself or is nested too deeply, `yaml.YAMLError` or
    `ValueError` for one that is broken.
    """
    depth = 0
    for event in yaml.parse(block, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise Refusal("Its front matter refers to itself, so it was kept as text.")
        depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
        depth -= isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
        if depth > DEEPEST:
            raise Refusal("Its front matter is nested too deeply, so it was kept as text.")
    return yaml.load(block, Loader=_Loader)  # noqa: S506 - a safe loader with fewer types


def _mended(block: str, body: str) -> FrontMatter:
    found = [_LINE.fullmatch(line) for line in block.splitlines() if line.strip()]
    if found and all(found):
        fields = {line[1]: line[2].strip().strip("'\"") for line in found if line}
        return FrontMatter(fields, body, _read_by_line())
    kept = Refusal("Its front matter is not valid YAML, so it was kept as text at the top.")
    return FrontMatter(body=_as_code(block) + body, problem=kept)


def _read_by_line() -> Refusal:
    return Refusal("Its front matter is not valid YAML; it was read line by line.")


def _as_code(block: str) -> str:
    fence = "```"
    while fence in block:
        fence += "`"
    return f"{fence}yaml\n{block.rstrip()}\n{fence}\n\n"
