"""The entry in the menu: what is written, that a desktop reads it, and that it goes again."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.errors import InputError
from galaxy_desktop.model.desktop_entry import EntryFiles, exec_line, own_command


@pytest.fixture(name="files")
def _files(tmp_path: Path) -> EntryFiles:
    return EntryFiles(tmp_path / "share with spaces")


def _entry(files: EntryFiles) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(files.entry, "utf-8")
    return parser["Desktop Entry"]


def test_the_menu_starts_the_program_with_the_file(files: EntryFiles) -> None:
    files.install(["/opt/my programs/galaxy-desktop"])
    entry = _entry(files)
    assert entry["Exec"] == '"/opt/my programs/galaxy-desktop" %f'
    assert entry["Name"] == "Galaxy Desktop"
    assert entry["Icon"] == entry["StartupWMClass"] == "galaxy-desktop"
    assert entry["MimeType"] == "application/x-galaxy-desktop;"
    assert set(entry["Categories"].split(";")) == {"AudioVideo", "Audio", "Education", ""}


def test_files_of_the_program_are_known_by_their_ending(files: EntryFiles) -> None:
    files.install(["/usr/bin/galaxy-desktop"])
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = ET.parse(files.mime).getroot().find(f"{space}mime-type")
    assert kind is not None
    assert kind.get("type") == "application/x-galaxy-desktop"
    glob = kind.find(f"{space}glob")
    assert glob is not None
    assert glob.get("pattern") == "*.galaxy"
    assert ET.parse(files.icon).getroot().tag.endswith("svg")


def test_what_was_written_is_told_and_goes_again(files: EntryFiles) -> None:
    told = files.install(["/usr/bin/galaxy-desktop"])
    assert [line for line in told if line.startswith("Wrote")] == [f"Wrote {p}" for p in files.all]
    again = files.uninstall()
    assert [line for line in again if line.startswith("Removed")] == [
        f"Removed {p}" for p in files.all
    ]
    assert not any(path.exists() for path in files.all)
    assert files.uninstall() == ["There was no entry to remove."]


def test_installing_twice_is_as_installing_once(files: EntryFiles) -> None:
    files.install(["/usr/bin/galaxy-desktop"])
    before = [path.read_bytes() for path in files.all]
    files.install(["/usr/bin/galaxy-desktop"])
    assert [path.read_bytes() for path in files.all] == before


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="no desktop-file-validate")
def test_the_entry_is_valid(files: EntryFiles) -> None:
    files.install(['/opt/a "b" $c `d` 100%/galaxy-desktop'])
    done = subprocess.run(
        ["desktop-file-validate", files.entry], capture_output=True, text=True, check=False
    )
    assert "error" not in done.stdout
    assert done.returncode == 0


@pytest.mark.skipif(not shutil.which("update-mime-database"), reason="no update-mime-database")
def test_the_type_of_file_is_taken_up(files: EntryFiles) -> None:
    files.install(["/usr/bin/galaxy-desktop"])
    globs = (files.data / "mime" / "globs2").read_text("utf-8")
    assert "60:application/x-galaxy-desktop:*.galaxy" in globs


@given(
    st.lists(
        st.text(
            st.characters(min_codepoint=32, exclude_characters="=\x7f", exclude_categories=("Cs",)),
            min_size=1,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_path_survives_the_quoting(words: list[str]) -> None:
    line = exec_line(words)
    # As a desktop reads it: the text's escapes first, then the quotes, then the field codes.
    text = line.replace("\\\\", "\\")
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    read = [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in quoted]
    assert read == words


@pytest.mark.parametrize("path", ["/opt/a=b/galaxy-desktop", "/opt/a\nb", "/opt/a\x7f"])
def test_a_path_that_no_entry_can_hold_is_refused(path: str) -> None:
    with pytest.raises(InputError, match="cannot stand in a menu entry"):
        exec_line([path])


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="folder cannot be made"):
        EntryFiles(tmp_path / "file").install(["/usr/bin/galaxy-desktop"])


def test_the_users_folder_is_the_standards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert EntryFiles.of_user().data == tmp_path / "data"
    for none in ("", "relative/share"):
        monkeypatch.setenv("XDG_DATA_HOME", none)
        assert EntryFiles.of_user().data == tmp_path / ".local" / "share"
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(InputError, match="Linux"):
        EntryFiles.of_user()


def test_the_command_is_how_it_was_started(tmp_path: Path) -> None:
    script = tmp_path / "galaxy-desktop"
    script.touch()
    assert own_command(str(script)) == [str(script)]
    module = [sys.executable, "-m", "galaxy_desktop"]
    assert own_command("/x/galaxy_desktop/__main__.py") == module
    assert own_command("no-such-program-anywhere") == module
    assert own_command("") == module
