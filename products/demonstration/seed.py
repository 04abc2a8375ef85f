"""Fills an empty instance with the demonstration company: people, categories, pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from flask import Flask
from sqlalchemy import func, select

from products.demonstration.learning.stage import stage_of
from products.demonstration.learning.story import learn
from products.demonstration.life import live_a_little, live_before
from search.glossary.seeds import add_usual_groups
from wiki import clock
from wiki.accounts.actor import Actor, Role
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.accounts.passwords import hash_password
from wiki.accounts.services.people import NewPerson, create_user
from wiki.accounts.services.teams import create_team
from wiki.database import Database, database
from wiki.pages.content import Content
from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.redrawing import redraw_stale
from wiki.pages.revisions import Deed
from wiki.pages.saving import Desk, new_page
from wiki.pages.services import pair_twins
from wiki.pages.shelving import Plan, add_category
from wiki.pages.transfer.front_matter import split

FOLDER = Path(__file__).parent / "pages"
PASSWORD = "pelmeni-2026"  # noqa: S105 - of the demonstration, printed at its start
ZONE = "Europe/Moscow"
PEOPLE = (
    ("nina", "Нина Новикова", Role.NEWCOMER, "Север"),
    ("anna", "Анна Кузнецова", Role.MANAGER, "Север"),
    ("boris", "Борис Ветров", Role.MANAGER, "Юг"),
    ("vera", "Вера Соколова", Role.DIRECTOR, None),
    ("adam", "Адам Климов", Role.ADMIN, None),
)
SHOWN = ("nina", "anna", "vera", "adam")
AGES = {"equipment": 110, "services": 110, "how-we-sell": 40, "clients": 3}
"""How many days ago the pages of a category were written; the others `USUAL_AGE` days ago."""
USUAL_AGE = 70


@dataclass(frozen=True)
class _Source:
    """One file of the demonstration."""

    language: str
    category: str
    key: str
    fields: Mapping[str, Any]
    body: str


def seed_if_empty(app: Flask) -> list[str]:
    """Fill an instance without any account; the lines that name the demonstration's sign-ins.

    An instance that somebody already uses is left alone, and no line is returned.
    """
    with app.app_context():
        if _is_used(database()):
            return _sign_ins() if _is_demonstration(database()) else []
        people = _make_people(database())
        shelves = _make_categories(database(), people["vera"])
        desk = Desk(database(), app.extensions["render_pool"])
        _make_pages(desk, people, shelves)
        while redraw_stale(desk):
            pass
        with database().transaction() as session:
            add_usual_groups(session, people["vera"])
        stage = stage_of(desk, people)
        live_before(stage)
        learn(stage, app.config["SETTINGS"].base_url)
        live_a_little(stage)
    return _sign_ins()


def _is_used(db: Database) -> bool:
    with db.reading() as session:
        return bool(session.scalar(select(func.count()).select_from(User)))


def _is_demonstration(db: Database) -> bool:
    with db.reading() as session:
        return (
            session.scalar(select(User.id).where(User.email_folded == _email("nina"))) is not None
        )


def _sign_ins() -> list[str]:
    roles = {name: role for name, _full, role, _team in PEOPLE}
    return [f"{roles[name]:<9} {_email(name):<24} {PASSWORD}" for name in SHOWN]


def _email(name: str) -> str:
    return f"{name}@pelmen.example"


def _make_people(db: Database) -> dict[str, Actor]:
    hashed = hash_password(PASSWORD)
    with db.transaction() as session:
        teams = {name: create_team(session, None, name).id for name in ("Север", "Юг")}
        idents = {}
        for name, full, role, team in PEOPLE:
            place = (role, teams.get(team or ""), "ru", ZONE, hashed)
            idents[name] = create_user(session, None, NewPerson(_email(name), full, *place)).id
    with db.reading() as session:
        found = {name: actor_of(session, ident) for name, ident in idents.items()}
    return {name: person for name, person in found.items() if person}


def _make_categories(db: Database, director: Actor) -> dict[str, int]:
    planned = yaml.safe_load((FOLDER / "categories.yaml").read_text("utf-8"))["categories"]
    made: dict[str, int] = {}
    with db.transaction() as session:
        for entry, parent in _walk(planned, None):
            plan = _plan(entry, made.get(parent["slug"]) if parent else None, parent)
            made[entry["slug"]] = add_category(session, director, plan).id
    return made


def _walk(
    entries: list[dict[str, Any]], parent: dict[str, Any] | None
) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    for entry in entries:
        yield entry, parent
        yield from _walk(entry.get("children", []), entry)


def _plan(entry: dict[str, Any], parent_id: int | None, parent: dict[str, Any] | None) -> Plan:
    template = entry.get("template") or (parent or {}).get("template") or {}
    return Plan(
        name_ru=entry["name"]["ru"],
        name_en=entry["name"]["en"],
        slug=entry["slug"],
        parent_id=parent_id,
        template_ru=template.get("ru", ""),
        template_en=template.get("en", ""),
        fields=tuple(_field(fact) for fact in entry.get("facts", [])),
    )


def _field(fact: dict[str, Any]) -> Field:
    choices = fact.get("choices", [])
    return Field(
        key=fact["key"],
        label_ru=fact["label"]["ru"],
        label_en=fact["label"]["en"],
        kind=Kind(fact["kind"]),
        unit=fact.get("unit", ""),
        choices=tuple(Choice(c["code"], c["label"]["ru"], c["label"]["en"]) for c in choices),
        required=fact.get("required", False),
    )


def _sources() -> list[_Source]:
    return [_source(path) for path in sorted(FOLDER.glob("*/*/*.md"))]


def _source(path: Path) -> _Source:
    language, category, name = path.relative_to(FOLDER).parts
    parted = split(path.read_text("utf-8"))
    return _Source(language, category, f"{category}/{name}", parted.fields, parted.body)


def _make_pages(desk: Desk, people: Mapping[str, Actor], shelves: Mapping[str, int]) -> None:
    twins: dict[str, int] = {}
    for source in _sources():
        owner = people[str(source.fields["owner"]).split("@")[0]]
        content = Content(
            title=source.fields["title"],
            body=source.body,
            facts=source.fields.get("facts", {}),
            tags=tuple(source.fields.get("tags", ())),
            category_id=shelves[source.category],
        )
        with clock.at(_written_at(source.category)):
            saved = new_page(desk, owner, source.language, content, Deed("create"))
        if source.key in twins:
            with desk.database.transaction() as session:
                pair_twins(session, owner, saved.page_id, twins[source.key])
        twins[source.key] = saved.page_id


def _written_at(category: str) -> datetime:
    return clock.now() - timedelta(days=AGES.get(category, USUAL_AGE))
