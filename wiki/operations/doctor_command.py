"""`dossier-wiki doctor`."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import click

from wiki.config import Settings
from wiki.database import Database
from wiki.operations.doctor import Finding, Grade, examine
from wiki.operations.house import House, the_house

_MARKS = {Grade.OK: ("ok", "green"), Grade.WARNING: ("!", "yellow"), Grade.PROBLEM: ("X", "red")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: a JSON list of findings.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Say what is misconfigured and how to mend it; works on a broken instance too.

    Looks at Python, front end, settings, home folder, disk, secrets, address, database, clock,
    index, worker and mail server. Changes nothing. Exit codes: 0 no problems (perhaps warnings),
    1 problems.

    \b
    Examples:
      dossier-wiki doctor
      dossier-wiki doctor --json
    """
    house = the_house(context)
    findings = list(examine(lambda settings: _index_state(house, settings)))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=1))
    else:
        _print(findings)
    context.exit(1 if any(found.grade is Grade.PROBLEM for found in findings) else 0)


def _index_state(house: House, settings: Settings) -> str:
    app = house.create_app(settings)
    try:
        return str(app.extensions["index_state"]())
    finally:
        house.close(app)
        database: Database = app.extensions["database"]
        database.dispose()


def _print(findings: Sequence[Finding]) -> None:
    for found in findings:
        mark, colour = _MARKS[found.grade]
        click.echo(f"{click.style(f'{mark:>2}', fg=colour)}  {found.check}: {found.what}")
        if found.mend:
            click.echo(f"      {found.mend}")
    problems = sum(found.grade is Grade.PROBLEM for found in findings)
    click.echo(f"\n{problems} problems." if problems else "\nNo problems.")
