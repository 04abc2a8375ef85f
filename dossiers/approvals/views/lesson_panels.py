"""What lessons show on the page of a path and of a run that has ended."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.approvals.lessons import wording
from dossiers.approvals.lessons.learning import comparison_of, kept_taught
from dossiers.approvals.lessons.names import names_for
from dossiers.approvals.lessons.queries import open_lessons
from dossiers.approvals.models import ApprovalPath, ApprovalRun
from dossiers.approvals.path_panels import PathPanel, register_path_panel
from dossiers.approvals.paths.queries import Version, newest_version
from dossiers.approvals.run_panels import RunPanel, register_run_panel
from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from wiki import clock
from wiki.accounts.actor import Actor


def init() -> None:
    """Show what runs teach beside a path, and the comparison on a run."""
    register_path_panel(PathPanel("lessons", draw_lessons, aside=True))
    register_run_panel(RunPanel("compared", draw_comparison))


def draw_lessons(
    session: Session, _actor: Actor, client: Client, path: ApprovalPath, version: Version
) -> Markup | None:
    """The fitness and how much there is to correct; nothing before a run has ended."""
    taught = kept_taught(path)
    if taught is None:
        return None
    newest = version if version.row.number == path.newest else newest_version(session, path)
    corrections = open_lessons(session, path.id, taught, newest.document)
    return _drawn(
        "_lessons_panel", client=client, path=path, taught=taught, corrections=len(corrections)
    )


def draw_comparison(
    session: Session, actor: Actor, client: Client, run: ApprovalRun
) -> Markup | None:
    """How a run that has ended differed from its path."""
    comparison = comparison_of(run)
    if comparison is None:
        return None
    moment = Moment(clock.today(actor.time_zone))
    names = names_for(session, client.id, moment, comparisons=[comparison])
    return _drawn("_compared_panel", client=client, run=run, comparison=comparison, names=names)


def _drawn(template: str, **values: object) -> Markup:
    html = render_template(f"dossiers/approvals/{template}.html", words=wording, **values)
    return Markup(html)  # noqa: S704 - of our own template
