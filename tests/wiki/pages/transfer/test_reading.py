import os
import stat
import zipfile
from pathlib import Path

import pytest

from wiki.errors import Refusal
from wiki.pages.transfer.reading import Limits, open_tree


def _zip(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def _read(path: Path, limits: Limits | None = None) -> tuple[dict[str, bytes], dict[str, str]]:
    with open_tree(path, limits) as tree:
        content = {name: tree.read(name) for name in tree.sizes}
        return content, {refused.path: str(refused.why) for refused in tree.refused}


def test_a_folder_and_its_zip_are_the_same_tree(tmp_path: Path) -> None:
    files = {"ru/a.md": "Текст".encode(), "en/b.md": b"text", "pic.png": b"\x89PNG"}
    for name, content in files.items():
        place = tmp_path / "folder" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    assert _read(tmp_path / "folder") == _read(_zip(tmp_path / "a.zip", files)) == (files, {})


def test_the_folder_around_everything_in_a_zip_does_not_count(tmp_path: Path) -> None:
    assert list(_read(_zip(tmp_path / "a.zip", {"docs/x.md": b"", "docs/y/z.md": b""}))[0]) == [
        "x.md",
        "y/z.md",
    ]


def test_a_folder_named_for_a_language_is_kept(tmp_path: Path) -> None:
    assert list(_read(_zip(tmp_path / "a.zip", {"ru/x.md": b""}))[0]) == ["ru/x.md"]


@pytest.mark.parametrize(
    "name",
    ["../evil.md", "a/../../evil.md", "/etc/evil.md", "C:/evil.md", "a\\evil.md", "a/\x07.md"],
)
def test_a_path_that_leads_elsewhere_is_left_out_with_a_sentence(tmp_path: Path, name: str) -> None:
    content, refused = _read(_zip(tmp_path / "a.zip", {name: b"evil", "good.md": b"good"}))
    assert content == {"good.md": b"good"}
    assert len(refused) == 1
    assert all("left out" in why for why in refused.values())


def test_a_nul_in_a_name_does_not_hide_what_follows_it(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"good.mdX/../../evil": b"x"})
    path.write_bytes(path.read_bytes().replace(b"good.mdX", b"good.md\0"))
    content, refused = _read(path)
    assert content == {}
    assert len(refused) == 1


def test_links_are_left_out_of_folders_and_zips(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "secret").write_text("secret")
    os.symlink(tmp_path / "secret", tmp_path / "folder" / "link.md")
    entry = zipfile.ZipInfo("link.md")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    for path in (tmp_path / "folder", tmp_path / "a.zip"):
        content, refused = _read(path)
        assert content == {}
        assert "link" in refused["link.md"]


def test_a_file_that_unpacks_to_a_thousand_times_its_size_is_left_out(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"bomb.md": b"0" * 20_000_000, "good.md": b"good"})
    content, refused = _read(path)
    assert content == {"good.md": b"good"}
    assert "200" in refused["bomb.md"]


def test_a_zip_with_too_much_in_it_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {f"{n}.md": b"x" * 1000 for n in range(20)})
    with pytest.raises(Refusal, match="more than 10 files"):
        _read(path, Limits(files=10))
    with pytest.raises(Refusal, match="MB in all"):
        _read(path, Limits(in_all=5_000))


def test_a_zip_whose_directory_alone_would_fill_the_memory_is_refused_unread(
    tmp_path: Path,
) -> None:
    path = _zip(tmp_path / "a.zip", {f"{'n' * 200}{n}": b"" for n in range(200)})
    with pytest.raises(Refusal, match="more than 20 files"):
        _read(path, Limits(files=20))


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"one.md": os.urandom(5000), "two.md": b""})
    data = bytearray(path.read_bytes())
    second = data.rindex(b"PK\x01\x02")
    data[second + 20 : second + 24] = (5000).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    with pytest.raises(Refusal, match="more than it holds"):
        _read(path)


def test_a_locked_or_damaged_file_is_left_out_and_the_rest_taken(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"damaged.md": b"abcdefgh" * 40, "good.md": b"good"})
    data = bytearray(path.read_bytes())
    data[45:50] = b"\xff" * 5
    path.write_bytes(bytes(data))
    with open_tree(path) as tree:
        assert tree.read("good.md") == b"good"
        with pytest.raises(Refusal, match="damaged"):
            tree.read("damaged.md")


def test_what_is_no_zip_and_no_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"not a zip at all")
    for path in (tmp_path / "a.zip", tmp_path / "nothing"):
        with pytest.raises(Refusal):
            _read(path)


def test_names_written_by_old_russian_systems_are_understood(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"XXXXXX.md": b"x"})
    path.write_bytes(path.read_bytes().replace(b"XXXXXX", "тариф1".encode("cp866")))
    assert list(_read(path)[0]) == ["тариф1.md"]


def test_files_of_the_system_are_passed_over_in_silence(tmp_path: Path) -> None:
    files = {
        "__MACOSX/._a.md": b"x",
        ".git/config": b"x",
        "Thumbs.db": b"x",
        "a/b.md": b"x",
        "c.md": b"",
    }
    assert _read(_zip(tmp_path / "a.zip", files)) == ({"a/b.md": b"x", "c.md": b""}, {})
