from __future__ import annotations

from pathlib import Path

import pytest

from embedding.galaxy_file import load
from galaxy_desktop.app import main


def test_the_first_start_leaves_a_galaxy_and_pictures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main([]) == 0
    folder = tmp_path / "galaxy-desktop"
    galaxy = load(folder / "invented.galaxy")
    assert len(galaxy) == 2_500
    # Scenes are planted in the graph, and a galaxy that did not show them would be of no use.
    assert galaxy.quality["connection_ratio"] < 0.5
    assert galaxy.quality["recall_at_20"] > 0.3

    printed = capsys.readouterr().out
    assert "2,500 artists" in printed
    for figure, value in galaxy.quality.items():
        assert f"{figure:18}{value:.3f}" in printed
    pictures = [folder / f"invented-{angle}.png" for angle in ("front", "side")]
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
    assert pictures[0].read_bytes() != pictures[1].read_bytes()


def test_a_folder_that_cannot_be_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["--out", str(tmp_path / "file" / "folder")]) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path}/file/folder: the folder cannot be made (Not a directory);"
        " give another one with --out.\n"
    )


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--help"])
    assert leaving.value.code == 0
    assert "example: galaxy-desktop" in capsys.readouterr().out
