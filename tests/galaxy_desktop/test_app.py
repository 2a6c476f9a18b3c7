from __future__ import annotations

from pathlib import Path

import pytest

from embedding.galaxy_file import load, save
from galaxy_desktop.app import main
from galaxy_desktop.model import atlas
from galaxy_desktop.model.atlas import atlas_file
from tests.embedding.galaxies import galaxy


def test_the_first_start_shows_the_atlas_of_music(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main([]) == 0
    folder = tmp_path / "galaxy-desktop"
    shown = load(atlas_file())
    printed = capsys.readouterr().out
    assert printed.startswith(f"{shown.title}\n{shown.source}\nCC0-1.0\n{len(shown):,} artists, ")
    for figure, value in shown.quality.items():
        assert f"{figure:18}{value:.3f}" in printed
    pictures = [folder / f"galaxy-{angle}.png" for angle in ("front", "side")]
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
    assert pictures[0].read_bytes() != pictures[1].read_bytes()


def test_a_galaxy_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(galaxy(30), tmp_path / "a.galaxy")
    assert main([str(tmp_path / "a.galaxy"), "--out", str(tmp_path / "out")]) == 0
    assert "30 artists, " in capsys.readouterr().out
    assert (tmp_path / "out" / "galaxy-side.png").is_file()


def test_a_folder_that_cannot_be_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(galaxy(30), tmp_path / "a.galaxy")
    assert main([str(tmp_path / "a.galaxy"), "--out", str(tmp_path / "a.galaxy" / "folder")]) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path}/a.galaxy/folder: the folder cannot be made (Not a directory);"
        " give another one with --out.\n"
    )


def test_a_file_that_is_not_there_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "no.galaxy"), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path}/no.galaxy: ")
    assert not (tmp_path / "out").exists()


def test_an_installation_without_the_atlas_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atlas, "NAME", "lost.galaxy")
    assert main([]) == 2
    assert "the atlas of music is not there; install Galaxy Desktop again." in (
        capsys.readouterr().err
    )


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--help"])
    assert leaving.value.code == 0
    assert "example: galaxy-desktop" in capsys.readouterr().out
