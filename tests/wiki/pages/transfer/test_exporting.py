import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.conftest import Cast
from tests.databases import DatabaseMaker
from tests.factories.files import picture
from tests.factories.people import make_cast
from tests.wiki.pages.transfer.test_front_matter import letters
from wiki.accounts.models import User
from wiki.database import Database
from wiki.errors import Refusal
from wiki.files.models import Attachment, AttachmentVersion
from wiki.files.rules import file_url
from wiki.files.services import store_bytes
from wiki.files.store import FileStore
from wiki.pages.categories import load_tree
from wiki.pages.content import Content, FactValue
from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.models import Category, Page, Revision
from wiki.pages.restoring import set_archived
from wiki.pages.revisions import Deed
from wiki.pages.saving import Desk, Draft, new_page, save_page
from wiki.pages.services import pair_twins
from wiki.pages.shelving import Plan, add_category
from wiki.pages.transfer.exporting import export_tree
from wiki.pages.transfer.importing import Workshop, import_tree
from wiki.pages.transfer.own_files import inward, outward
from wiki.rendering import RenderPool

State = dict[str, Any]

FIELDS = (
    Field("weight", "Масса: нетто", "Weight", Kind.NUMBER, "kg", required=True),
    Field("pack", "Упаковка", "Pack", Kind.CHOICE, choices=(Choice("a", "А", "A"),)),
)


@pytest.fixture
def elsewhere(
    make_database: DatabaseMaker, tmp_path: Path, renderer: RenderPool
) -> Iterator[Workshop]:
    """A second, empty instance."""
    home = tmp_path / "elsewhere"
    home.mkdir()
    address = make_database(home / "wiki.sqlite3") or f"sqlite:///{home / 'wiki.sqlite3'}"
    database = Database(address)
    yield Workshop(Desk(database, renderer), FileStore(home))
    database.dispose()


def _state(database: Database) -> tuple[State, list[Any]]:
    """All that an export must keep, without numbers, which differ from instance to instance."""
    with database.reading() as session:
        pages = list(session.scalars(select(Page)))
        names = {page.id: (page.language, page.title) for page in pages}
        state = {
            names[page.id]: {
                "body": _without_numbers(revision.body),
                "facts": {key: _named(value, names) for key, value in revision.facts.items()},
                "tags": revision.tags,
                "archived": revision.archived,
                "owner": session.scalar(select(User.email).where(User.id == page.owner_id)),
                "shelf": session.scalar(
                    select(Category.slug).where(Category.id == page.category_id)
                ),
                "twins": sorted(
                    names[p.id] for p in pages if p.twin_group and p.twin_group == page.twin_group
                ),
            }
            for page in pages
            if (revision := session.get(Revision, page.current_revision_id))
        }
        tree = load_tree(session)
        shelves = [
            (s.slug, [p.slug for p in tree.path(s.id)], s.name_ru, s.templates, s.own_fields)
            for s in sorted(tree.shelves.values(), key=lambda shelf: shelf.slug)
        ]
        files = select(Attachment.name, AttachmentVersion.sha256).join(AttachmentVersion)
        shelves += sorted(tuple(row) for row in session.execute(files))
    return state, shelves


def _named(value: FactValue, names: dict[int, tuple[str, str]]) -> Any:
    is_page = isinstance(value, dict) and "page" in value
    return names.get(value["page"]) if is_page else value  # type: ignore[index,arg-type]


def _without_numbers(body: str) -> str:
    first, *rest = body.split("/files/")
    return "/files/".join([first, *(part.partition("/")[2] for part in rest)])


def _furnish(workshop: Workshop, cast: Cast) -> None:
    """Pages with all that pages can have."""
    desk = workshop.desk
    with desk.database.transaction() as session:
        top = add_category(session, cast.vera, Plan("Еда", "Food", template_ru="## Кому\n"))
        shelf = add_category(
            session, cast.vera, Plan("Пельмени", "Dumplings", parent_id=top.id, fields=FIELDS)
        )
        file = store_bytes(session, workshop.store, cast.anna, picture(), "вид сбоку.png", "all")
        shelf_id, address = shelf.id, file_url(file.id, file.name)
    facts: dict[str, FactValue] = {"weight": {"value": "0.8", "unit": "kg"}, "pack": "a"}
    body = f"![Вид]({address})\n\n`{address}` и [[Другая|та]].\n\n---\n\n```\n{{% note %}}\n```\n"
    content = Content("Классика: «Пельмени»", body, facts, ("мясо", "yes"), shelf_id)
    first = new_page(desk, cast.anna, "ru", content, Deed())
    other = Content("Classic", "Text.", {"link": {"page": first.page_id}}, (), None)
    second = new_page(desk, cast.boris, "en", other, Deed())
    third = new_page(
        desk, cast.vera, "ru", Content("Другая", "  blank first", {}, (), None), Deed()
    )
    set_archived(desk, cast.vera, third.page_id, True)
    with desk.database.transaction() as session:
        pair_twins(session, cast.vera, first.page_id, second.page_id)


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_an_export_imported_into_an_empty_instance_is_the_same_again(
    workshop: Workshop, cast: Cast, elsewhere: Workshop, tmp_path: Path, name: str
) -> None:
    _furnish(workshop, cast)
    there = make_cast(elsewhere.desk.database)
    export_tree(workshop, cast.vera, tmp_path / name)
    report = import_tree(elsewhere, there["vera"], tmp_path / name)
    assert (report.refused, report.remarks, len(report.created)) == ([], [], 3)
    assert _state(elsewhere.desk.database) == _state(workshop.desk.database)


def test_an_export_imported_where_it_was_made_changes_nothing(
    workshop: Workshop, cast: Cast, tmp_path: Path
) -> None:
    _furnish(workshop, cast)
    export_tree(workshop, cast.vera, tmp_path / "out")
    report = import_tree(workshop, cast.vera, tmp_path / "out")
    assert (report.unchanged, report.created, report.changed, report.conflicts) == (3, [], [], [])


def test_an_export_edited_outside_is_merged_with_what_was_written_here_since(
    workshop: Workshop, cast: Cast, tmp_path: Path
) -> None:
    desk = workshop.desk
    page = new_page(desk, cast.anna, "en", Content("A", "One.\n\nTwo.\n", {}, (), None), Deed())
    export_tree(workshop, cast.vera, tmp_path / "out")
    save_page(desk, cast.anna, page.page_id, Draft(Content("A", "One!\n\nTwo.\n", {}, (), None), 1))
    file = tmp_path / "out" / "pages" / "en" / "a.md"
    file.write_text(file.read_text().replace("Two.", "Two, outside."))
    report = import_tree(workshop, cast.vera, tmp_path / "out")
    assert len(report.merged) == 1
    with desk.database.reading() as session:
        now = session.get_one(Page, page.page_id)
        assert session.get_one(Revision, now.current_revision_id).body == "One!\n\nTwo, outside.\n"


def test_an_export_holds_only_what_its_maker_may_see(
    workshop: Workshop, cast: Cast, tmp_path: Path
) -> None:
    content = Content("Secret plan", "Text.", {}, (), None)
    new_page(workshop.desk, cast.anna, "en", content, Deed(), audience=f"team:{cast.anna.team_id}")
    new_page(workshop.desk, cast.anna, "en", Content("Open", "x", {}, (), None), Deed())
    done = export_tree(workshop, cast.vera, tmp_path / "out.zip")
    names = zipfile.ZipFile(tmp_path / "out.zip").namelist()
    assert done.pages == 1
    assert [name for name in names if name.startswith("pages/")] == ["pages/en/open.md"]


def test_an_export_never_writes_over_anything(
    workshop: Workshop, cast: Cast, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(Refusal, match="Nothing was written"):
        export_tree(workshop, cast.vera, tmp_path / "full")
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


titles = st.text(letters, min_size=1, max_size=40).filter(
    lambda t: t.strip() and not set("|#") & set(t) and "[[" not in t and "]]" not in t
)
values = st.one_of(
    st.text(letters, min_size=1, max_size=20),
    st.booleans(),
    st.fixed_dictionaries({"value": st.just("1.50"), "unit": st.sampled_from(["kg", ""])}),
    st.fixed_dictionaries({"amount": st.just("2.00"), "currency": st.just("RUB")}),
)
contents = st.builds(
    Content,
    title=titles,
    body=st.text(letters, max_size=200),
    facts=st.dictionaries(st.from_regex(r"[a-z_]{1,10}", fullmatch=True), values, max_size=3),
    tags=st.lists(st.text(letters, min_size=1, max_size=10), max_size=3).map(tuple),
    category_id=st.none(),
)


@pytest.mark.slow
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(contents, min_size=1, max_size=6, unique_by=lambda c: c.title.casefold()))
def test_any_contents_survive_export_and_import(
    make_database: DatabaseMaker,
    renderer: RenderPool,
    tmp_path_factory: pytest.TempPathFactory,
    made: list[Content],
) -> None:
    here, there = (_instance(make_database, renderer, tmp_path_factory) for _ in "ab")
    vera, other = (make_cast(place.desk.database)["vera"] for place in (here, there))
    for content in made:
        try:
            new_page(here.desk, vera, "ru", content, Deed())
        except Refusal:
            continue
    target = tmp_path_factory.mktemp("out") / "out"
    export_tree(here, vera, target)
    report = import_tree(there, other, target)
    assert (report.refused, report.remarks) == ([], [])
    assert _state(there.desk.database) == _state(here.desk.database)
    for place in (here, there):
        place.desk.database.dispose()


def _instance(
    make_database: DatabaseMaker, renderer: RenderPool, folders: pytest.TempPathFactory
) -> Workshop:
    home = folders.mktemp("instance")
    address = make_database(home / "wiki.sqlite3") or f"sqlite:///{home / 'wiki.sqlite3'}"
    return Workshop(Desk(Database(address), renderer), FileStore(home))


pieces = st.sampled_from(
    ["/files/1/a%20b.png", "/files/2/c.pdf", "/files/3/gone.png", "../../files/1/a%20b.png",
     "../files/1/a%20b.png", "/files/1/", "/files/1/a%20b.png.", "x", " ", "(", ")", "\n", "`",
     "https://a.example/files/1/a%20b.png"]
)  # fmt: skip


@given(st.lists(pieces, max_size=12).map("".join))
def test_addresses_of_files_survive_the_way_out_and_back(body: str) -> None:
    names = {1: "a b.png", 2: "c.pdf"}
    out = outward(body, "pages/ru/x.md", names)
    back = inward(out, "pages/ru/x.md", names, lambda ident: file_url(ident, names[ident]))
    if "../files/" not in body:
        assert back == body
