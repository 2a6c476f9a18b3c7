from __future__ import annotations

import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from embedding.galaxy_file import load, save
from galaxy_desktop.app import main
from galaxy_desktop.commands import plain_dialog
from galaxy_desktop.model import atlas
from galaxy_desktop.model.atlas import atlas_file
from tests.embedding.galaxies import galaxy

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    # Pictures need no display, and are drawn without one.
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    save(galaxy(30, title="Thirty", source="A test", licence="CC0-1.0"), tmp_path / "a.galaxy")
    return tmp_path / "a.galaxy"


def _size(png: Path) -> tuple[int, int]:
    header = png.read_bytes()[:24]
    assert header.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", header[16:])
    return width, height


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run it as a user does where there is no display."""
    command = [sys.executable, "-m", "galaxy_desktop", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=REPO, check=False)


def test_a_screenshot_needs_no_display(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    target = tmp_path / "a.png"
    done = _run(file, "--screenshot", target, "--size", "320x200")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Thirty\nA test\nCC0-1.0\n30 artists, ")
    assert done.stdout.endswith(f"{target}\n")
    assert _size(target) == (320, 200)


def test_where_it_is_taken_can_be_said(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = load(file).names[12]
    pictures = []
    for number, where in enumerate(
        ([], ["--at", name], ["--pose=-1,0.5,2,30,-10"], ["--pose=-1,0.5,2,30,-10,90"])
    ):
        target = tmp_path / f"{number}.png"
        small = ["--size", "160x100", "--no-labels"]
        assert main([str(file), "--screenshot", str(target), *small, *where]) == 0
        pictures.append(target.read_bytes())
    assert len(set(pictures)) == 4
    capsys.readouterr()


def test_a_tour_leaves_eight_pictures(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "some" / "tour"
    assert main([str(file), "--tour", str(folder), "--size", "160x100"]) == 0
    pictures = sorted(folder.iterdir())
    assert [_size(picture) for picture in pictures] == [(160, 100)] * 8
    assert [picture.stem for picture in pictures[-3:]] == [
        "6-an-average",
        "7-a-path",
        "8-a-rebuild-half-way",
    ]
    assert len({picture.read_bytes() for picture in pictures}) == 8
    assert capsys.readouterr().out.splitlines()[-8:] == [str(picture) for picture in pictures]


def test_without_a_file_it_is_the_atlas_of_music(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--screenshot", str(tmp_path / "a.png"), "--size", "64x40"]) == 0
    shown = load(atlas_file())
    printed = capsys.readouterr().out
    assert printed.startswith(f"{shown.title}\n{shown.source}\nCC0-1.0\n{len(shown):,} artists, ")
    for figure, value in shown.quality.items():
        assert f"{figure:18}{value:.3f}" in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", "Nobody at all"], 'no artist is called "Nobody at all"'),
        (["--size", "7680x7680", "--at", ""], "the name of an artist is empty"),
    ],
)
def test_what_cannot_be_drawn_is_one_sentence(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    target = tmp_path / "a.png"
    assert main([str(file), "--screenshot", str(target), *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not target.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--size", "big"],
        ["--size", "0x100"],
        ["--size", "20000x100"],
        ["--pose", "1,2,3"],
        ["--pose", "1,2,3,4,nan"],
        ["--pose", "1,2,3,4,90"],
        ["--pose", "1e30,2,3,4,5"],
        ["--pose", "1,2,3,4,5,179"],
        ["--at", "a", "--pose", "1,2,3,4,5"],
        ["--tour", "b"],
        ["--screenshot", "a.jpg"],
    ],
)
def test_arguments_that_mean_nothing_are_told(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--screenshot", "a.png", *arguments]) == 2
    said = capsys.readouterr().err
    assert said.startswith("--")
    assert said.endswith("see galaxy-desktop --help.\n")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["--at", "a"], "--at"),
        (["--pose", "1,2,3,4,5"], "--pose"),
        (["--size", "64x40"], "--size"),
        (["--no-labels"], "--no-labels"),
        (["--tour", "b", "--at", "a"], "--at"),
    ],
)
def test_what_is_said_of_a_picture_is_not_ignored_without_one(
    arguments: list[str], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{option}: only for --screenshot")
    assert said.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_what_cannot_be_printed_is_one_sentence(file: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "galaxy_desktop", file, "--screenshot", tmp_path / "a.png"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("what there is to say is not written (No space left on device)")
    assert done.stderr.count("\n") == 1


def test_who_reads_no_more_hears_no_complaint(file: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "galaxy_desktop", file, "--screenshot", tmp_path / "a.png"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 128 + signal.SIGPIPE


def test_a_name_that_no_terminal_can_write_does_not_stop_it(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii:strict")
    target = tmp_path / "\udcfe青.png"
    done = _run(file, "--screenshot", target, "--size", "64x64")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("/??.png\n")
    assert target.exists()


def test_what_is_said_of_a_file_steers_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "\x1b[31m\n"), "--screenshot", "a.png"]) == 2
    said = capsys.readouterr().err
    assert "\x1b" not in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_tour_that_is_cut_short_leaves_whole_pictures(
    file: Path, tmp_path: Path, number: signal.Signals
) -> None:
    command = [sys.executable, "-m", "galaxy_desktop", file, "--tour", tmp_path / "tour"]
    with subprocess.Popen(
        [*command, "--size", "640x400"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        while b".png" not in program.stdout.readline():
            pass
        program.send_signal(number)
        said = program.stderr.read()
    assert (program.returncode, said) == (128 + number, b"")
    assert {picture.suffix for picture in (tmp_path / "tour").iterdir()} == {".png"}


def test_a_folder_that_cannot_be_is_one_sentence(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(file), "--tour", str(file / "folder")]) == 2
    assert capsys.readouterr().err == (
        f"{file}/folder: the folder cannot be made (Not a directory); give another one.\n"
    )


def test_a_file_that_is_not_there_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "no.galaxy"), "--tour", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path}/no.galaxy: ")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("unit", [1e30, 1e-30])
def test_a_galaxy_that_no_card_can_reckon_with_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], unit: float
) -> None:
    made = galaxy(30)
    positions = (made.positions * unit).astype("float32")
    save(galaxy(30, positions=positions), tmp_path / "a.galaxy")
    assert main([str(tmp_path / "a.galaxy"), "--screenshot", str(tmp_path / "a.png")]) == 2
    assert "too far apart, or too close together" in capsys.readouterr().err


def test_an_installation_without_the_atlas_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atlas, "NAME", "lost.galaxy")
    assert main(["--tour", str(tmp_path)]) == 2
    assert "the atlas of music is not there; install Galaxy Desktop again." in (
        capsys.readouterr().err
    )


def test_the_menu_entry_comes_and_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--install-desktop-entry"]) == 0
    entry = tmp_path / "data" / "applications" / "galaxy-desktop.desktop"
    assert "--from-menu" in entry.read_text("utf-8")
    assert main(["--uninstall-desktop-entry"]) == 0
    assert not entry.exists()
    capsys.readouterr()


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"QT_QPA_PLATFORM": "nothing"}, "no window can be opened here (Could not find the Qt"),
        ({"QT_QPA_PLATFORM": "minimal"}, "this system has no OpenGL; "),
        ({"QT_QPA_PLATFORM": "offscreen"}, "this system has no OpenGL; "),
        ({"WAYLAND_DISPLAY": "nowhere", "DISPLAY": ":9999"}, "no window can be opened here ("),
        ({"DISPLAY": ":9999"}, "DISPLAY=:9999: the display does not answer; "),
        ({}, "there is no display to open a window on; "),
    ],
)
def test_where_no_window_can_be_opened_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], said: str
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    done = _run()
    assert done.returncode == 2
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1
    if said.startswith("this system"):
        # Qt can show that by itself.
        return
    shown = tmp_path / "shown"
    told = tmp_path / "notify-send"
    told.write_text(f'#!/bin/sh\necho "$*" > "{shown}"\n', "utf-8")
    told.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _run("--from-menu").returncode == 2
    assert said in shown.read_text("utf-8")


@pytest.mark.parametrize("missing", ["PyQt6.QtGui", "vispy"])
def test_a_library_that_is_missing_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    module = tmp_path / "sitecustomize.py"
    module.write_text(f"import sys; sys.modules[{missing!r}] = None", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    for arguments in ((), ("--screenshot", tmp_path / "a.png")):
        done = _run(*arguments)
        assert done.returncode == 2
        assert done.stderr.startswith("a library is missing (")
        assert done.stderr.count("\n") == 1


def test_started_from_a_menu_the_desktop_shows_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "sitecustomize.py"
    module.write_text("import sys; sys.modules['PyQt6.QtGui'] = None", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":4711")
    shown = tmp_path / "shown"
    for name, status in (("zenity", 1), ("kdialog", 0), ("xmessage", 0)):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "$0|$*" >> "{shown}"\nexit {status}\n', "utf-8")
        program.chmod(0o755)
    done = _run("--from-menu")
    assert done.returncode == 2
    assert done.stderr.startswith("a library is missing (")
    # The first could not, the second could.
    tried = shown.read_text("utf-8").splitlines()
    assert [Path(line.split("|")[0]).name for line in tried] == ["zenity", "kdialog"]
    assert all("a library is missing (import of PyQt6.QtGui halted" in line for line in tried)
    shown.unlink()
    assert _run().returncode == 2
    assert not shown.exists()


def test_where_a_desktop_shows_nothing_the_status_still_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not plain_dialog.show("a library is missing")


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["--help"])
    assert leaving.value.code == 0
    assert "examples: galaxy-desktop" in capsys.readouterr().out


def test_a_name_in_a_script_without_a_font_writes_nothing() -> None:
    """Qt would write a line for each font of the system."""
    program = (
        "from PyQt6.QtCore import QLoggingCategory\n"
        "from galaxy_desktop.commands.qt_start import say_no_missing_scripts\n"
        "say_no_missing_scripts()\n"
        "fonts = QLoggingCategory('qt.text.font.db')\n"
        "assert not fonts.isInfoEnabled() and fonts.isWarningEnabled()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
