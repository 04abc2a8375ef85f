"""The strict policy holds in every template: nothing inline, every form bears its token."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent.parent / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
MAIL = [path for path in TEMPLATES if "mail" in path.parts]
PAGES = [path for path in TEMPLATES if path not in MAIL]


def names(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def text_of(path: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_no_script_or_style_stands_in_a_template(path: Path) -> None:
    text = text_of(path)
    assert re.findall(r"<style\b", text) == []
    for script in re.findall(r"<script\b[^>]*?>", re.sub(r"\{\{.*?\}\}", "x", text)):
        assert "application/json" in script or ("nonce=" in script and "src=" in script)


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_no_attribute_holds_style_or_script(path: Path) -> None:
    text = text_of(path)
    assert re.findall(r"\sstyle\s*=", text) == []
    assert re.findall(r"\s(?:on[a-z]+|hx-on[:a-z-]*)\s*=\s*[\"']", text) == []
    assert "javascript:" not in text


MACROS = {
    path: [
        name
        for name, body in re.findall(r"macro (\w+)\((.*?)endmacro", text_of(path), flags=re.DOTALL)
        if "csrf_field()" in body
    ]
    for path in TEMPLATES
}


def token_bearers(path: Path) -> str:
    """A pattern of all that puts the token into a form: own macros and those that it imports."""
    text = text_of(path)
    near = [path, *(FOLDER / name for name in re.findall(r'{%-? from "([^"]+)" import', text))]
    bearers = [name for one in near for name in MACROS[one] if re.search(rf"\b{name}\b", text)]
    return "|".join(["csrf_token", "hidden_tag", "csrf_field", *(rf"{name}\(" for name in bearers)])


@pytest.mark.parametrize("path", PAGES, ids=names)
def test_every_form_that_changes_something_bears_the_token(path: Path) -> None:
    text = text_of(path)
    for form in re.findall(r"<form\b.*?</form>", text, flags=re.DOTALL):
        if re.search(r"method=\"post\"", form[: form.index(">") + 1]):
            assert re.search(token_bearers(path), form), form[:120]


def test_the_rules_above_see_the_templates() -> None:
    assert len(PAGES) > 10
