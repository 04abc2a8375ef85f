"""The README's table of settings is the one of the code."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from wiki.config import PREFIX, Settings
from wiki.operations.settings_table import settings_table

README = Path(__file__).parent.parent.parent / "README.md"


def test_the_readme_has_the_table_of_settings() -> None:
    """To bring it up to date: put the output of `dossier-wiki settings` between the marks."""
    found = re.search(r"<!-- settings -->\n(.*?)\n<!-- /settings -->", README.read_text(), re.S)
    assert found, "README.md needs the table between `<!-- settings -->` and `<!-- /settings -->`"
    assert found[1].strip() == settings_table()


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_each_setting_has_a_row_with_a_meaning(name: str) -> None:
    row = re.search(rf"^\| `{PREFIX}{name.upper()}` \| (.+) \| (.+) \|$", settings_table(), re.M)
    assert row
    assert len(row[2]) > 5
