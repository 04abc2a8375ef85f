"""Sources that are asked for their deals, for directors: how they stand, add, change, ask now."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.deals.connectors import queries, services
from dossiers.deals.connectors.due import LONGEST_MINUTES, USUAL_MINUTES
from dossiers.deals.connectors.interface import ConnectorKind, connector_kinds
from dossiers.deals.connectors.sealing import signing_key, unseal
from dossiers.deals.connectors.services import Typed
from dossiers.deals.connectors.wording import SOURCE_CONDITIONS
from dossiers.deals.kinds import SourceKind
from dossiers.deals.views.blueprint import deals_room
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.config import Settings
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _, ngettext, say
from wiki.pages.forms import whole_number
from wiki.paging import parse_key


@deals_room.get("/deals/sources")
@needs(Permission.MANAGE_DEAL_SOURCES)
def sources() -> str:
    """All sources that are asked, and how they stand."""
    return render_template(
        "dossiers/deals/sources.html",
        lines=queries.source_lines(reading()),
        others=queries.other_sources(reading()),
        conditions=SOURCE_CONDITIONS,
        kinds=connector_kinds(),
    )


@deals_room.get("/deals/sources/new")
@needs(Permission.MANAGE_DEAL_SOURCES)
def new_source() -> str:
    """The form for another source."""
    return _form(_kind_asked(), None, Typed(""))


@deals_room.post("/deals/sources/new")
@needs(Permission.MANAGE_DEAL_SOURCES)
def add_source() -> ResponseReturnValue:
    """Add it; what cannot be taken comes back in its form, without the key."""
    kind, typed = _kind_asked(), _typed(_kind_asked())
    try:
        with transaction() as session:
            source = services.add_source(session, actor(), _instance_key(), kind.kind, typed)
            ident = source.id
    except Refusal as refusal:
        return _form(kind, None, typed, say(refusal)), refusal.status
    flash(_("The source is added and will be asked within a minute."), "success")
    return redirect(f"/deals/sources/{ident}")


@deals_room.get("/deals/sources/<int:source_id>")
@needs(Permission.MANAGE_DEAL_SOURCES)
def source(source_id: int) -> str:
    """One source: how it stands, its visits, and where it can leave a hint."""
    line = queries.source_line(reading(), source_id)
    before = parse_key(request.args.get("before"))
    hook = line.source.hook or ""
    return render_template(
        "dossiers/deals/source.html",
        line=line,
        kind=connector_kinds()[line.source.kind],
        visits=queries.visits_of(reading(), source_id, before),
        conditions=SOURCE_CONDITIONS,
        hook=f"{_settings().base_url}/hooks/deals/{hook}",
        signing_key=signing_key(_instance_key(), hook),
    )


@deals_room.get("/deals/sources/<int:source_id>/edit")
@needs(Permission.MANAGE_DEAL_SOURCES)
def edit_source(source_id: int) -> str:
    """The form with what is known of the source; its key is never shown."""
    line = queries.source_line(reading(), source_id)
    settings = {name: str(value) for name, value in line.settings.items()}
    return _form(
        connector_kinds()[line.source.kind],
        line,
        Typed(line.name, settings, minutes=line.minutes),
    )


@deals_room.post("/deals/sources/<int:source_id>/edit")
@needs(Permission.MANAGE_DEAL_SOURCES)
def change_source(source_id: int) -> ResponseReturnValue:
    """Change it; what cannot be taken comes back in its form, without the key."""
    line = queries.source_line(reading(), source_id)
    kind = connector_kinds()[line.source.kind]
    typed = _typed(kind)
    try:
        with transaction() as session:
            services.change_source(session, actor(), _instance_key(), source_id, typed)
    except Missing:
        raise
    except Refusal as refusal:
        again = queries.source_line(fresh_reading(), source_id)
        return _form(kind, again, typed, say(refusal)), refusal.status
    flash(_("The source was changed."), "success")
    return redirect(f"/deals/sources/{source_id}")


@deals_room.post("/deals/sources/<int:source_id>/check")
@needs(Permission.MANAGE_DEAL_SOURCES)
def check_source(source_id: int) -> ResponseReturnValue:
    """Ask the source whether it answers; nothing is written."""
    line = queries.source_line(reading(), source_id)
    kind, settings, secret = line.source.kind, dict(line.settings), line.source.secret
    fresh_reading()
    try:
        connector = connector_kinds()[kind].open(settings, unseal(_instance_key(), secret))
        found = connector.check()
    except Refusal as refusal:
        flash(say(refusal), "danger")
    else:
        flash(
            ngettext(
                "The source answers. It has %(num)d deal.",
                "The source answers. It has %(num)d deals.",
                found.deals,
            ),
            "success",
        )
    return redirect(f"/deals/sources/{source_id}")


@deals_room.post("/deals/sources/<int:source_id>/pull")
@needs(Permission.MANAGE_DEAL_SOURCES)
def pull_source(source_id: int) -> ResponseReturnValue:
    """Let the worker ask the source now."""
    with transaction() as session:
        services.pull_now(session, source_id)
    flash(_("The source is asked now. Look at this page again in a moment."))
    return redirect(f"/deals/sources/{source_id}")


@deals_room.post("/deals/sources/<int:source_id>/pause")
@needs(Permission.MANAGE_DEAL_SOURCES)
def pause_source(source_id: int) -> ResponseReturnValue:
    """Ask it no more, or again."""
    paused = request.form.get("paused") == "1"
    with transaction() as session:
        services.pause_source(session, actor(), source_id, paused)
    said = _("The source is paused.") if paused else _("The source is asked again.")
    flash(said, "success")
    return redirect(f"/deals/sources/{source_id}")


@deals_room.post("/deals/sources/<int:source_id>/deleted")
@needs(Permission.MANAGE_DEAL_SOURCES)
def believe_deleted(source_id: int) -> ResponseReturnValue:
    """Many deals are missing at the source, and somebody says that they were deleted there."""
    with transaction() as session:
        services.believe_deleted(session, actor(), source_id)
    flash(_("The missing deals are marked as gone with the next visit. They stay here."))
    return redirect(f"/deals/sources/{source_id}")


@deals_room.post("/deals/sources/<int:source_id>/hook")
@needs(Permission.MANAGE_DEAL_SOURCES)
def new_hook(source_id: int) -> ResponseReturnValue:
    """Another address for hints, when the old one has become known."""
    with transaction() as session:
        services.new_hook(session, actor(), source_id)
    flash(_("There is a new address. The old one does nothing any more."), "success")
    return redirect(f"/deals/sources/{source_id}")


def _form(
    kind: ConnectorKind, line: queries.SourceLine | None, typed: Typed, problem: str = ""
) -> str:
    return render_template(
        "dossiers/deals/source_form.html",
        kind=kind,
        line=line,
        typed=typed,
        problem=problem,
        longest_name=services.LONGEST_NAME,
        longest_key=services.LONGEST_KEY,
        longest_minutes=LONGEST_MINUTES,
    )


def _kind_asked() -> ConnectorKind:
    """The kind that the address names, else the first one."""
    kinds: dict[Any, ConnectorKind] = dict(connector_kinds())
    named = request.values.get("kind", "")
    found = kinds.get(SourceKind(named)) if named in tuple(SourceKind) else None
    return found or next(iter(kinds.values()))


def _typed(kind: ConnectorKind) -> Typed:
    form = request.form
    return Typed(
        form.get("name", "")[: 2 * services.LONGEST_NAME],
        {one.name: form.get(one.name, "")[: 2 * one.longest] for one in kind.settings},
        form.get("key", "")[: 2 * services.LONGEST_KEY],
        whole_number(form.get("minutes", str(USUAL_MINUTES))) or 0,
    )


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _instance_key() -> str:
    return str(current_app.config["SECRET_KEY"])
