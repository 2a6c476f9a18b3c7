from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.model.storage import JsonFile, Places


def kept(folder: Path, said: list[str] | None = None, version: int = 1) -> JsonFile:
    tell = said.append if said is not None else pytest.fail
    return JsonFile(folder / "deep" / "things.json", "things", version, tell)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.dictionaries(st.text().filter(lambda key: key not in ("kind", "version")), json_values))
def test_what_is_saved_is_what_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    assert kept(folder).save(content)
    assert kept(folder).load() == content
    assert files(folder) == ["things.json"]


def test_nothing_saved_is_nothing_loaded(tmp_path: Path) -> None:
    assert kept(tmp_path).load() == {}
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"\xff\xfe\x00",
        b'{"kind": "galaxy-desktop things"}',
        b'{"kind": "galaxy-desktop things", "version": true}',
        b'{"kind": "galaxy-desktop things", "version": 2}',
        b'{"kind": "galaxy-desktop other", "version": 1}',
        b'{"kind": "galaxy-desktop things", "version": 1, "a": NaN}',
        b'{"kind": "galaxy-desktop things", "version": 1, "a": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b"\x00" * 100,
    ],
)
def test_a_file_that_is_not_ours_is_set_aside_whole_with_one_sentence(
    tmp_path: Path, data: bytes
) -> None:
    said: list[str] = []
    file = kept(tmp_path, said)
    file.path.parent.mkdir()
    for number in (1, 2, 3):
        file.path.write_bytes(data)
        assert file.load() == {}
        assert not file.path.exists()
        aside = [name for name in files(tmp_path) if name.startswith("things.json.broken-")]
        assert len(aside) == number
        assert (file.path.parent / aside[-1]).read_bytes() == data
    assert len(said) == 3
    assert all(sentence.startswith("The things in ") for sentence in said)
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in said)
    assert file.save({"a": 1})
    assert file.load() == {"a": 1}


def test_a_save_that_is_cut_short_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    file = kept(tmp_path, said)
    assert file.save({"a": 1})
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", _full)
        assert not file.save({"a": 2})
        assert not file.save({"a": 3})
    assert len(said) == 1
    assert "could not be saved" in said[0]
    assert file.load() == {"a": 1}
    assert files(tmp_path) == ["things.json"]
    assert file.save({"a": 4})


def _full(_: int) -> None:
    raise OSError(28, os.strerror(28))


def test_a_folder_that_cannot_be_made_costs_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "deep").write_text("a file where the folder should be")
    said: list[str] = []
    file = kept(tmp_path, said)
    assert file.load() == {}
    assert not file.save({})
    assert not file.save({})
    assert 1 <= len(said) <= 2
    assert (tmp_path / "deep").read_text() == "a file where the folder should be"


def test_a_file_that_can_neither_be_read_nor_moved_is_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    file = kept(tmp_path, said)
    file.path.parent.mkdir()
    file.path.write_text("not JSON")
    monkeypatch.setattr(Path, "rename", _not_allowed)
    assert file.load() == {}
    assert not file.save({"a": 1})
    assert file.path.read_text() == "not JSON"
    assert said == [s for s in said if "nothing will be saved there" in s]


def _not_allowed(_: Path, __: Path) -> Path:
    raise PermissionError(13, os.strerror(13))


def test_a_folder_in_its_place_is_set_aside_too(tmp_path: Path) -> None:
    said: list[str] = []
    file = kept(tmp_path, said)
    file.path.mkdir(parents=True)
    assert file.load() == {}
    assert file.save({"a": 1})
    assert len(said) == 1


def test_what_is_not_json_is_a_mistake_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        kept(tmp_path).save({"a": float("nan")})


def test_names_stay_readable_in_the_file(tmp_path: Path) -> None:
    file = kept(tmp_path)
    file.save({"name": "椎名林檎"})
    assert "椎名林檎" in file.path.read_text("utf-8")
    assert json.loads(file.path.read_text("utf-8"))["kind"] == "galaxy-desktop things"


def test_the_folders_are_where_the_system_wants_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appdirs.system", "linux2")
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    places = Places.of_user()
    assert places.config == tmp_path / "CONFIG" / "galaxy-desktop"
    assert places.data == tmp_path / "DATA" / "galaxy-desktop"
    assert places.state == tmp_path / "STATE" / "galaxy-desktop"
    assert places.cache == tmp_path / "CACHE" / "galaxy-desktop"


def test_variables_that_name_no_folder_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appdirs.system", "linux2")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", "")
    monkeypatch.setenv("XDG_STATE_HOME", "here")
    places = Places.of_user()
    assert places.config == tmp_path / ".config" / "galaxy-desktop"
    assert places.state == tmp_path / ".local" / "state" / "galaxy-desktop"
