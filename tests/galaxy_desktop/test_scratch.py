"""The folder that does not outlive the window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from galaxy_desktop.jobs import scratch
from galaxy_desktop.jobs.scratch import PREFIX, Scratch


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(scratch, "YOUNG", -1.0)


def test_it_is_there_until_it_is_removed(tmp_path: Path) -> None:
    one = Scratch()
    (one.path / "some").write_text("thing")
    assert one
    one.remove()
    assert not one
    assert list(tmp_path.iterdir()) == []
    one.remove()


def test_what_a_killed_owner_left_is_removed_and_what_a_living_one_has_is_not(
    tmp_path: Path,
) -> None:
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    (left / "some.galaxy").write_text("half")
    living = (
        "import sys, tempfile; tempfile.tempdir = sys.argv[1];"
        " from galaxy_desktop.jobs.scratch import Scratch;"
        " s = Scratch(); print(s.path, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", living, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        theirs = Path(other.stdout.readline().strip())
        ours = Scratch()
        assert theirs.is_dir()
        assert ours
        other.kill()
        other.wait()
        scratch.sweep()
        assert list(tmp_path.iterdir()) == [ours.path]
    ours.remove()


def test_a_young_folder_a_link_and_a_strange_file_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "YOUNG", 60.0)
    (tmp_path / f"{PREFIX}young").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").touch()
    (tmp_path / f"{PREFIX}link").symlink_to(elsewhere)
    (tmp_path / f"{PREFIX}file").touch()
    os.utime(elsewhere, (0, 0))
    os.utime(tmp_path / f"{PREFIX}file", (0, 0))
    scratch.sweep()
    assert len(list(tmp_path.iterdir())) == 4
    assert (elsewhere / "precious").exists()
