"""The composition root: puts the packages together into one application; nothing else."""

from flask import Blueprint, Flask

from products.catalogue.editing import categories
from products.catalogue.start import start
from products.catalogue.views import catalogue
from search import api as search_api
from search import assembly, wiki_pages
from search import views as search_views
from wiki import database, locale, templating, web
from wiki.accounts import access, loading
from wiki.accounts.views import accounts
from wiki.config import Settings, load_settings, secret_key_of
from wiki.database import Database
from wiki.files import uses
from wiki.files.views import files
from wiki.pages.file_uses import PageUses
from wiki.pages.views import pages
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
    web.init_app(app, settings)
    loading.init_app(app)
    access.init_app(app)
    app.extensions["render_pool"] = RenderPool(deadline=settings.render_seconds)
    assembly.init_app(app, assembly.assemble(settings.home, [wiki_pages.PAGES]))
    uses.init_app(app, PageUses())
    _register_blueprints(app)
    return app


def _register_blueprints(app: Flask) -> None:
    """One list of all rooms."""
    blueprints: tuple[Blueprint, ...] = (
        start,
        catalogue,
        categories,
        accounts,
        pages,
        search_views.blueprint,
        search_api.blueprint,
        files,
    )
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
