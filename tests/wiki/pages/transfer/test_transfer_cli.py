import json
from pathlib import Path

from flask import Flask

from tests.conftest import Cast
from tests.wiki.pages.transfer.conftest import TreeMaker
from wiki.pages.transfer.cli import pages_commands

FILES = {"ru/a.md": "# Один\n\nСм. [два](b.md) и [нет](gone.md).\n", "ru/b.md": "# Два\n"}


def test_import_prints_a_report_and_export_brings_the_pages_out(
    app: Flask, cast: Cast, tree: TreeMaker, tmp_path: Path
) -> None:
    runner = app.test_cli_runner()
    done = runner.invoke(pages_commands, ["import", str(tree(FILES)), "--quiet"])
    assert done.exit_code == 0, done.output
    assert "2 created" in done.output
    assert "ru/a.md: gone.md (нет)" in done.output
    target = tmp_path / "out.zip"
    done = runner.invoke(pages_commands, ["export", str(target), "--as", cast.vera.email])
    assert done.exit_code == 0, done.output
    assert "2 pages" in done.output
    assert target.is_file()


def test_the_json_report_is_whole_and_nothing_else_is_printed(
    app: Flask, cast: Cast, tree: TreeMaker
) -> None:
    arguments = ["import", str(tree(FILES)), "--json", "--dry-run"]
    done = app.test_cli_runner().invoke(pages_commands, arguments)
    report = json.loads(done.stdout)
    assert report["dry_run"] is True
    assert report["created"]["count"] == 2
    assert report["unresolved"]["lines"][0]["target"] == "gone.md"


def test_files_left_out_are_told_by_the_exit_code(app: Flask, cast: Cast, tree: TreeMaker) -> None:
    root = tree({**FILES, "ru/c.md": b"\x00\x01\xff\xfe\xfd" * 50})
    done = app.test_cli_runner().invoke(pages_commands, ["import", str(root), "--quiet"])
    assert done.exit_code == 3
    assert "ru/c.md: It is not text, so it was left out." in done.output


def test_what_cannot_be_done_is_one_sentence_and_exit_code_one(
    app: Flask, cast: Cast, tree: TreeMaker, tmp_path: Path
) -> None:
    runner = app.test_cli_runner()
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    for arguments in (
        ["import", str(tmp_path / "bad.zip")],
        ["import", str(tree(FILES)), "--as", cast.nina.email],
        ["import", str(tree(FILES)), "--as", "nobody@example.com"],
        ["export", str(tree(FILES))],
    ):
        done = runner.invoke(pages_commands, arguments)
        assert done.exit_code == 1, arguments
        assert "Nothing was" in done.output
        assert "Traceback" not in done.output
