"""The command line as a whole."""

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import app
from bench.instance import Instance
from wiki.errors import Refusal
from wiki.operations.command import build_command
from wiki.operations.house import House

ROOT = Path(app.__file__).parent
COMMAND = build_command(app.the_house())


def _all(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        return [path]
    return [found for name, sub in command.commands.items() for found in _all(sub, (*path, name))]


NAMES = _all(COMMAND)


def test_all_promised_commands_are_there() -> None:
    promised = {
        ("serve",), ("worker",), ("backup",), ("restore",), ("doctor",),
        ("users", "create"), ("users", "invite"), ("users", "deactivate"), ("users", "token"),
        ("search", "rebuild"), ("search", "check"), ("pages", "import"), ("pages", "export"),
    }  # fmt: skip
    assert promised <= set(NAMES)


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
def test_the_help_of_each_command_has_an_example_on_its_own_line(
    name: tuple[str, ...],
) -> None:
    done = CliRunner().invoke(COMMAND, [*name, "--help"])
    assert done.exit_code == 0
    assert re.search(rf"(?m)^ +(\S+ \| |[A-Z_]+=\S+ )?.*dossier-wiki {' '.join(name)}", done.output)
    assert "\\b" not in done.output


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
def test_each_command_is_documented(name: tuple[str, ...]) -> None:
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert f"dossier-wiki {' '.join(name)}" in text


def test_help_and_doctor_work_when_a_setting_is_wrong(tmp_path: Path) -> None:
    instance = Instance(tmp_path / "home", {"port": "eighty"})
    assert instance.command("--help").returncode == 0
    done = instance.command("doctor", "--json")
    assert done.returncode == 1
    problem = next(f for f in json.loads(done.stdout) if f["grade"] == "problem")
    assert "DOSSIER_WIKI_PORT is 'eighty'" in problem["what"]
    assert problem["mend"]


def test_a_wrong_setting_stops_the_server_with_one_sentence(tmp_path: Path) -> None:
    done = Instance(tmp_path / "home", {"default_language": "fr"}).command("serve")
    assert done.returncode == 1
    assert (
        done.stderr.strip() == "Error: The setting DOSSIER_WIKI_DEFAULT_LANGUAGE must be ru or en."
    )


def test_a_home_that_cannot_be_written_stops_the_server_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = Instance(tmp_path / "file" / "home").command("serve")
    assert done.returncode == 1
    assert "cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    address = "postgresql://nobody@127.0.0.1:1/nothing"
    done = Instance(tmp_path / "home", {"database_url": address}).command("serve")
    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_database_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "wiki.sqlite3").write_text("this is no database, only a long text" * 99)
    done = Instance(tmp_path / "home").command("backup", str(tmp_path / "b.zip"))
    assert done.returncode == 1
    assert "not a database" in done.stderr
    assert "Traceback" not in done.stderr


def test_backup_and_restore_by_hand_give_the_same_checksum(
    instance: Instance, tmp_path: Path
) -> None:
    instance.add_person("anna@example.com")
    backup = instance.command("backup", str(tmp_path / "b.zip"))
    assert backup.returncode == 0, backup.stderr
    again = instance.command("backup", str(tmp_path / "b.zip"))
    assert again.returncode == 1
    assert "already there and was left as it is" in again.stderr
    other = Instance(tmp_path / "other")
    restored = other.command("restore", str(tmp_path / "b.zip"))
    assert restored.returncode == 0, restored.stderr
    checksum = other.command("checksum", "--quiet").stdout.strip()
    assert re.fullmatch("[0-9a-f]{64}", checksum)
    assert f"Checksum: {checksum}" in backup.stdout
    assert f"Checksum: {checksum}" in restored.stdout


def test_an_unknown_command_ends_with_code_2() -> None:
    assert CliRunner().invoke(COMMAND, ["fly"]).exit_code == 2


def test_a_refusal_anywhere_ends_with_code_1_and_its_sentence() -> None:
    @click.command("refuse")
    def refuse() -> None:
        raise Refusal("The box has %(count)d dumplings.", count=3)

    command = build_command(House(app.create_app, ("none",), (refuse,)))
    done = CliRunner().invoke(command, ["refuse"])
    assert (done.exit_code, done.output) == (1, "Error: The box has 3 dumplings.\n")
