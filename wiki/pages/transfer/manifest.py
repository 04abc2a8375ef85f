"""The list of attachments in an export, `files.yaml`: number and name of each."""

from collections.abc import Mapping

import yaml

from wiki.errors import Refusal
from wiki.pages.transfer.decoding import decode
from wiki.pages.transfer.front_matter import safely_loaded
from wiki.pages.transfer.reading import Tree
from wiki.pages.transfer.report import Report

FILES = "files.yaml"


def write_files(names: Mapping[int, str]) -> str:
    """The list for attachments by number."""
    rows = [{"number": str(ident), "name": name} for ident, name in sorted(names.items())]
    text: str = yaml.dump(
        {"files": rows}, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False
    )
    return text


def read_files(tree: Tree, report: Report) -> dict[int, str]:
    """The names of the attachments by their number in the export; empty without a list."""
    if FILES not in tree.sizes:
        return {}
    try:
        found = safely_loaded(decode(tree.read(FILES)).text)
        return {int(row["number"]): str(row["name"]) for row in found["files"]}
    except (Refusal, yaml.YAMLError, KeyError, TypeError, ValueError):
        report.refuse(FILES, Refusal("The list of files cannot be read, so it was left out."))
        return {}
