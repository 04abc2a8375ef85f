"""What the build made: whole, ours alone, and small enough."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DIST = ROOT / "static" / "dist"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MANIFEST: dict[str, str] = json.loads((DIST / "manifest.json").read_text())


def built(name: str) -> str:
    return (DIST / MANIFEST[name]).read_text("utf-8")


def test_the_manifest_names_what_templates_ask_for() -> None:
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r'asset\("([^"]+)"\)', path.read_text("utf-8"))
    }
    assert "app.css" in asked
    assert asked <= set(MANIFEST)


def test_a_name_bears_the_hash_of_its_content() -> None:
    for name in MANIFEST.values():
        assert sha256((DIST / name).read_bytes()).hexdigest()[:10] in name


def test_nothing_old_is_left_in_the_folder() -> None:
    known = {*MANIFEST.values(), "manifest.json", "stamp"}
    assert {path.name for path in DIST.iterdir()} == known


def test_styles_load_nothing_from_elsewhere() -> None:
    loaded = re.findall(r"url\(([^)]*)\)|(@import)", built("app.css"))
    assert loaded
    assert [one for one in loaded if one[1] or not one[0].strip("\"'").startswith("data:")] == []


def test_colours_of_the_dark_theme_also_follow_the_device() -> None:
    css = built("app.css")
    assert css.count("[data-bs-theme=dark]") > 3
    assert css.count("[data-bs-theme=auto]") == css.count("[data-bs-theme=dark]")


@pytest.mark.parametrize(("name", "limit"), [("app.js", 100), ("editor.js", 450), ("app.css", 230)])
def test_a_bundle_stays_small(name: str, limit: int) -> None:
    assert len(built(name)) < limit * 1000


def test_scripts_evaluate_no_text() -> None:
    # htmx holds one `Function(…)` and one `eval`, both behind `allowEval`, which is off.
    assert len(re.findall(r"\beval\(|\bnew Function\b", built("editor.js"))) == 0
    assert "allowEval:!1" in built("app.js")


def test_every_icon_that_templates_name_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', built("icons.svg")))
    named = {
        (path.name, name)
        for path in TEMPLATES
        for name in re.findall(r'(?:icon\(|picture=)"([a-z0-9-]+)"', path.read_text("utf-8"))
    }
    assert len(named) > 20
    assert [one for one in sorted(named) if one[1] not in sprite] == []
