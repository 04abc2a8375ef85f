"""The composition root: puts the packages together into one application; nothing else."""

import sys
from collections.abc import Sequence

from flask import Blueprint, Flask

from dossiers.approvals import searchable as approvals_searchable
from dossiers.approvals import start as approvals_start
from dossiers.approvals.runs.files import RunUses
from dossiers.approvals.views import approvals_room
from dossiers.clients import searchable as clients_searchable
from dossiers.clients import start as clients_start
from dossiers.clients.cli import clients_commands
from dossiers.clients.deed_words import know_deeds
from dossiers.clients.dependents import know_dependents
from dossiers.clients.views import clients
from dossiers.deals import searchable as deals_searchable
from dossiers.deals import start as deals_start
from dossiers.deals.cli import deals_commands
from dossiers.deals.connectors.start import pulling_task
from dossiers.deals.discounts.renewal import keep_in_step
from dossiers.deals.forecast.keeping import keep_due_forecasts
from dossiers.deals.matching.waiting import Watch
from dossiers.deals.views import deals_room
from dossiers.demonstration.seed import seed_dossiers
from dossiers.interactions import searchable as interactions_searchable
from dossiers.interactions import start as interactions_start
from dossiers.interactions.importing.cli import contacts_commands
from dossiers.interactions.views import interactions_room
from dossiers.overview import start as overview_start
from dossiers.overview.views import overview_room
from dossiers.people import searchable as people_searchable
from dossiers.people.cli import people_commands
from dossiers.people.deed_words import PEOPLE_DEEDS
from dossiers.people.duplicates import start as merging
from dossiers.people.insight import panels
from dossiers.people.transfer import jobs as people_jobs
from dossiers.people.views import people_room
from dossiers.renewals import start as renewals_start
from dossiers.renewals.calendar.digest import send_due_digests
from dossiers.renewals.checks.machine import keep_machine_opinions
from dossiers.renewals.contracts import searchable as contracts_searchable
from dossiers.renewals.contracts.files import ContractUses
from dossiers.renewals.contracts.starting import keep_starts
from dossiers.renewals.views import renewals_room
from products.catalogue.care.keeping import take_in_known
from products.catalogue.care.views import care
from products.catalogue.comparison.views import comparison
from products.catalogue.contradictions.keeping import Watch as ContradictionWatch
from products.catalogue.contradictions.views import contradictions
from products.catalogue.editing import categories
from products.catalogue.selling.views import selling
from products.catalogue.start import start
from products.catalogue.terms.views import terms
from products.catalogue.views import catalogue
from products.demonstration.seed import seed_if_empty
from products.importing import start as product_lists
from products.importing.cli import products_commands
from products.onboarding import start as onboarding_start
from products.onboarding.gaps.seeking import Seeker
from products.onboarding.gaps.views import gaps
from products.onboarding.paths.views import reading_paths
from products.onboarding.progress.views import progress
from products.onboarding.questions.views import questioning
from products.onboarding.reading.views import confirming
from products.onboarding.unclear.views import unclear
from products.onboarding.weight.keeping import weigh_known
from products.onboarding.weight.views import weighing
from search import api as search_api
from search import (
    assembly,
    indexing,
    wiki_colleagues,
    wiki_comments,
    wiki_files,
    wiki_names,
    wiki_pages,
    wiki_revisions,
)
from search import cli as search_cli
from search import views as search_views
from search.glossary.views import glossary
from search.lessons import notebook
from search.lessons.queries import forget_old_lessons
from search.lessons.views import lessons
from search.saved.letters import send_due_letters
from search.saved.looking import forget_old_finds, look_for_news
from search.saved.views import saved
from wiki import database, frame, locale, mail, templating, web
from wiki.accounts import access, loading
from wiki.accounts.cli import users
from wiki.accounts.views import accounts
from wiki.api import api
from wiki.config import Settings, load_settings, secret_key_of
from wiki.database import Database
from wiki.files import uses
from wiki.files.services import store_of
from wiki.files.texts.cli import files_commands
from wiki.files.texts.running import reader_within
from wiki.files.texts.task import read_next, want_all
from wiki.files.views import files
from wiki.jobs import JobBoard
from wiki.lists import jobs as list_jobs
from wiki.operations import health
from wiki.operations.command import build_command
from wiki.operations.house import House
from wiki.operations.tasks import Task
from wiki.pages.changes.views import changes
from wiki.pages.comments.views import comments
from wiki.pages.file_uses import PageUses
from wiki.pages.redrawing import mark_outdated, redraw_stale
from wiki.pages.saving import Desk
from wiki.pages.transfer import jobs as transfer_jobs
from wiki.pages.transfer.cli import pages_commands
from wiki.pages.transfer.views import transfer
from wiki.pages.views import pages
from wiki.pages.watching.daily import send_due_daily_mails
from wiki.pages.watching.views import watching
from wiki.rendering.pool import RenderPool


def create_app(settings: Settings | None = None) -> Flask:
    """The application of the instance that the settings name.

    Raises `wiki.errors.Refusal` when a setting is wrong or the front end has not been built.
    """
    settings = settings or load_settings()
    app = Flask(__name__)
    app.config["SETTINGS"] = settings
    app.config["SECRET_KEY"] = secret_key_of(settings)
    database.init_app(app, Database(settings.database_address))
    locale.init_app(app)
    templating.init_app(app)
    frame.init_app(app)
    web.init_app(app)
    loading.init_app(app)
    access.init_app(app)
    app.extensions["render_pool"] = RenderPool(deadline=settings.render_seconds)
    app.extensions["preview_pool"] = RenderPool(processes=1, deadline=2.0)
    assembly.init_app(app, _search(settings))
    notebook.init_app(app)
    uses.init_app(app, uses.AllUses(PageUses(), RunUses(), ContractUses()))
    product_lists.init()
    clients_start.init()
    know_deeds(PEOPLE_DEEDS)
    know_dependents(people_searchable.PERSON, people_searchable.people_of)
    merging.init()
    panels.init()
    approvals_start.init()
    app.extensions["jobs"] = JobBoard()
    transfer_jobs.init_app(app, app.extensions["jobs"])
    list_jobs.init_app(app, app.extensions["jobs"])
    people_jobs.init_app(app, app.extensions["jobs"])
    onboarding_start.init_app(app, app.extensions["jobs"])
    interactions_start.init_app(app, app.extensions["jobs"])
    deals_start.init_app(app, app.extensions["jobs"])
    renewals_start.init_app(app, app.extensions["jobs"])
    overview_start.init_app(app, app.extensions["jobs"])
    health.init_app(app, lambda: app.extensions["search"].engine.health().value)
    _register_blueprints(app)
    return app


def _search(settings: Settings) -> assembly.Search:
    """Everything that can be found, and what pages said before."""
    return assembly.assemble(
        settings.home,
        [
            clients_searchable.CLIENTS,
            people_searchable.PEOPLE,
            people_searchable.PEOPLE_RESTRICTED,
            approvals_searchable.PATHS,
            interactions_searchable.CONTACTS,
            interactions_searchable.PROMISES,
            deals_searchable.DEALS,
            contracts_searchable.CONTRACTS,
            wiki_pages.PAGES,
            wiki_files.FILES,
            wiki_comments.COMMENTS,
            wiki_colleagues.COLLEAGUES,
        ],
        [wiki_revisions.REVISIONS],
        {**wiki_names.NAMES, "client": clients_searchable.client_names},
    )


def _register_blueprints(app: Flask) -> None:
    """One list of all rooms."""
    blueprints: tuple[Blueprint, ...] = (
        start,
        catalogue,
        clients,
        people_room,
        approvals_room,
        deals_room,
        interactions_room,
        renewals_room,
        overview_room,
        categories,
        selling,
        comparison,
        terms,
        care,
        contradictions,
        weighing,
        confirming,
        questioning,
        reading_paths,
        progress,
        unclear,
        gaps,
        accounts,
        pages,
        search_views.blueprint,
        search_api.blueprint,
        saved,
        glossary,
        lessons,
        api,
        files,
        watching,
        comments,
        changes,
        transfer,
    )
    for blueprint in blueprints:
        app.register_blueprint(blueprint)


def worker_tasks(app: Flask) -> Sequence[Task]:
    """What the worker does, in the order of haste."""
    settings: Settings = app.config["SETTINGS"]
    db: Database = app.extensions["database"]
    found, jobs = app.extensions["search"], app.extensions["jobs"]
    desk, files_here = Desk(db, app.extensions["render_pool"]), store_of(settings)
    reader = reader_within(settings)
    return (
        Task("search", lambda: indexing.keep_current(db, found)),
        Task("search of the past", lambda: indexing.keep_past_current(db, found), rest=5.0),
        Task("mail", lambda: mail.send_due(db, settings)),
        Task("daily mail", lambda: send_due_daily_mails(app), every=60.0, on_change=False),
        Task("weekly letters", lambda: send_due_digests(app), every=300.0, on_change=False),
        Task("jobs", lambda: int(jobs.do_next(db))),
        Task("discounts", lambda: keep_in_step(db), every=600.0, rest=5.0),
        Task("texts of files", lambda: read_next(db, files_here, reader)),
        Task("files without text", lambda: want_all(db), every=3600.0, on_change=False),
        Task("saved searches", lambda: look_for_news(db, found), rest=1.0),
        Task(
            "letters of saved searches",
            lambda: send_due_letters(db, found, settings),
            every=60.0,
            on_change=False,
        ),
        Task(
            "old finds and lessons",
            lambda: forget_old_finds(db) + forget_old_lessons(db),
            every=86_400.0,
            on_change=False,
        ),
        pulling_task(app),
        Task("matching of deals", Watch(db).look, rest=1.0),
        Task("redrawing", lambda: redraw_stale(desk), rest=1.0),
        Task("contradictions", ContradictionWatch(db).look, rest=5.0),
        Task("forecasts", lambda: keep_due_forecasts(db), every=3600.0, on_change=False),
        Task("starts of renewals", lambda: keep_starts(db), every=86_400.0, on_change=False),
        Task("opinions", lambda: keep_machine_opinions(db), every=3600.0, on_change=False),
        Task("facts to verify", lambda: take_in_known(db), every=3600.0, on_change=False),
        Task("answers to searches", Seeker(db, found).look, rest=5.0),
        Task("pages to read", lambda: weigh_known(db), every=3600.0, on_change=False),
        Task("old drawings", lambda: mark_outdated(db), every=3600.0, on_change=False),
    )


def seed(app: Flask) -> Sequence[str]:
    """Fill an empty instance with the demonstration; the lines that name its sign-ins."""
    sign_ins = seed_if_empty(app)
    if sign_ins:
        seed_dossiers(app)
    return sign_ins


def warm(app: Flask) -> None:
    """Start a render process before somebody waits for it."""
    app.extensions["render_pool"].warm()


def close(app: Flask) -> None:
    """End the render processes and let go of database and index."""
    app.extensions["search_notebook"].close()
    app.extensions["render_pool"].close()
    app.extensions["preview_pool"].close()
    app.extensions["database"].dispose()
    app.extensions["search"].close()


def the_house() -> House:
    """All that the command line needs to know of this application."""
    return House(
        create_app=create_app,
        program=(sys.executable, "-m", "app"),
        commands=(
            users,
            pages_commands,
            files_commands,
            clients_commands,
            contacts_commands,
            people_commands,
            products_commands,
            deals_commands,
            search_cli.search,
        ),
        tasks=worker_tasks,
        seed=seed,
        warm=warm,
        close=close,
    )


def main() -> None:
    """The command `dossier-wiki`."""
    build_command(the_house())(prog_name="dossier-wiki")


if __name__ == "__main__":
    main()
