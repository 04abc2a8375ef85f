"""`dossier-wiki settings`: the table of all settings, as it stands in the README."""

from dataclasses import MISSING, Field, fields
from typing import Any

import click

from wiki.config import PREFIX, Settings


@click.command()
def settings() -> None:
    """Print the table of all settings with their defaults, as Markdown.

    \b
    Example:
      dossier-wiki settings
    """
    click.echo(settings_table())


def settings_table() -> str:
    """One row for each setting; the README carries exactly this between two marks."""
    rows = ["| Setting | Default | Meaning |", "|---|---|---|", *map(_row, fields(Settings))]
    return "\n".join(rows)


def _row(field: Field[Any]) -> str:
    return f"| `{PREFIX}{field.name.upper()}` | {_default(field)} | {field.metadata['help']} |"


def _default(field: Field[Any]) -> str:
    if field.default is MISSING:
        return "`./instance`"
    if isinstance(field.default, bool):
        return "`1`" if field.default else "`0`"
    return f"`{field.default}`" if field.default != "" else "empty"
