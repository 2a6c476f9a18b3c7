from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt6.QtCore import QStandardPaths
from PyQt6.QtTest import QSignalSpy
from PyQt6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from embedding.galaxy_file import load, save
from galaxy_desktop.jobs.picture_job import PictureJob, Shown
from galaxy_desktop.model.framing import home_pose
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.threads import curve, path
from galaxy_desktop.model.world import World
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.picture_dialog import PictureDialog
from galaxy_desktop.ui.picturing import Picturing
from galaxy_desktop.ui.studio import Studio
from tests.embedding.galaxies import galaxy


@pytest.fixture
def file(tmp_path: Path) -> Path:
    save(galaxy(40), tmp_path / "forty.galaxy")
    return tmp_path / "forty.galaxy"


@pytest.fixture
def shown(file: Path) -> Shown:
    state = AppState(World(load(file)), Settings())
    state.pose = Pose((0.1, 0.2, 2.5), 0.1, -0.2, 70.0)
    state.selected, state.highlights = 3, (5, 8)
    places = state.world.positions
    state.threads = (
        path(places[[3, 5, 8]], "#ffa24d", "#5fc3ff"),
        curve(*places[[0, 1]], "#ffffff", dashed=True),
    )
    state.settings = replace(
        state.settings, look=replace(state.settings.look, palette="ember", labels=0.0)
    )
    return Shown.of(state)


def test_what_is_shown_survives_the_way_to_the_process(shown: Shown) -> None:
    there = Shown.from_json(shown.to_json())
    assert replace(there, threads=shown.threads) == shown
    for one, other in zip(there.threads, shown.threads, strict=True):
        np.testing.assert_array_equal(one.points, other.points)
        assert one.points.dtype == np.float32
        assert replace(one, points=other.points).to_json() == other.to_json()


def test_the_process_draws_what_the_window_would(
    qtbot: QtBot, file: Path, shown: Shown, tmp_path: Path
) -> None:
    job = PictureJob()
    with qtbot.waitSignal(job.done, timeout=60_000, raising=True) as done:
        job.start(str(file), shown, tmp_path / "a.png", (320, 200))
    assert done.args == [str(tmp_path / "a.png")]
    with Studio(World(load(file)), shown.settings) as studio:
        chosen = shown.selected, shown.highlights
        here = studio.take(shown.pose, (320, 200), *chosen, shown.threads)
        without = studio.take(shown.pose, (320, 200), *chosen)
    assert not np.array_equal(here, without)
    from PyQt6.QtGui import QImage

    image = QImage(str(tmp_path / "a.png")).convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    assert bits is not None
    assert (image.width(), image.height()) == (320, 200)
    assert bits.asstring(320 * 200 * 3) == here.tobytes()


@pytest.mark.parametrize("problem", ["gone", "another", "target"])
def test_what_goes_wrong_is_one_sentence(
    qtbot: QtBot, file: Path, shown: Shown, tmp_path: Path, problem: str
) -> None:
    target, said = tmp_path / "a.png", "forty.galaxy: "
    if problem == "gone":
        file.unlink()
    elif problem == "another":
        save(galaxy(40, seed=5), file)
    else:
        target, said = tmp_path / "no" / "a.png", "a.png: the folder does not exist"
    job = PictureJob()
    with qtbot.waitSignal(job.failed, timeout=60_000, raising=True) as failed:
        job.start(str(file), shown, target, (64, 64))
    assert failed.args is not None
    assert said in failed.args[0]
    assert not target.exists()


@pytest.mark.usefixtures("qtbot")
def test_a_job_that_is_stopped_leaves_nothing(file: Path, shown: Shown, tmp_path: Path) -> None:
    job = PictureJob()
    job.start(str(file), shown, tmp_path / "a.png", (3000, 3000))
    spy = QSignalSpy(job.failed)
    job.stop()
    assert not len(spy)
    assert not (tmp_path / "a.png").exists()


def test_the_dialog_asks_for_size_names_and_file(qtbot: QtBot, file: Path, tmp_path: Path) -> None:
    state = AppState(World(load(file)), Settings())
    dialog = PictureDialog(state, (831, 692))
    qtbot.addWidget(dialog)
    asked: list[Any] = []
    dialog.wanted.connect(lambda *args: asked.append(args))
    assert dialog.size_chosen == (1920, 1080)
    dialog.sizes.setCurrentIndex(0)
    dialog.names.switch.click()
    dialog.save_as(tmp_path / "with.dots")
    ((shown, target, size),) = asked
    assert size == (831, 692)
    assert target == tmp_path / "with.dots.png"
    assert shown.settings.look.labels == 0
    assert state.settings.look.labels == 1


def test_a_folder_that_is_not_there_is_not_offered(
    qtbot: QtBot, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[Path] = []

    def ask(_parent: object, _title: str, path: str, _kinds: str) -> tuple[str, str]:
        offered.append(Path(path).parent)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "Pictures"))
    dialog = PictureDialog(AppState(World(load(file)), Settings()), (831, 692))
    qtbot.addWidget(dialog)
    dialog.save.click()
    (tmp_path / "Pictures").mkdir()
    dialog.save.click()
    assert offered == [Path.home(), tmp_path / "Pictures"]


@pytest.mark.parametrize("became", ["another galaxy", "nothing"])
def test_what_is_seen_is_drawn_whatever_became_of_its_file(
    became: str,
    qtbot: QtBot,
    file: Path,
    shown: Shown,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    world = World(load(file), str(file))
    if became == "nothing":
        file.unlink()
    else:
        save(galaxy(30, seed=1), file)
    background, said, wrong = Background(), list[str](), list[str]()
    state = AppState(world, Settings())
    state.message.connect(said.append)
    picturing = Picturing(state, background, wrong.append)
    target = tmp_path / "forty.png"
    picturing.draw(world, shown, target, (64, 48))
    qtbot.waitUntil(lambda: len(said) > 1 or bool(wrong), timeout=60_000)
    assert wrong == []
    assert said == ["Drawing the picture...", f"The picture is saved as {target}."]
    assert target.stat().st_size > 0
    background.wait()
    picturing.close_down()
    assert list(scratch.iterdir()) == []


def test_a_picture_is_of_the_galaxy_that_was_seen_when_it_was_asked_for(
    qtbot: QtBot, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = World(load(file), str(file))
    state = AppState(seen, Settings())
    drawn: list[World] = []

    def answer(dialog: PictureDialog) -> int:
        # A build ends while the user thinks.
        state.world = World(galaxy(30, seed=1))
        dialog.save_as(tmp_path / "seen.png")
        return 1

    monkeypatch.setattr(PictureDialog, "exec", answer)
    picturing = Picturing(state, Background(), pytest.fail)
    monkeypatch.setattr(picturing, "draw", lambda world, *_: drawn.append(world))
    window = QWidget()
    qtbot.addWidget(window)
    picturing.ask((640, 480), window)
    assert drawn == [seen]
    picturing.close_down()


@pytest.mark.usefixtures("qtbot")
def test_a_picture_of_stars_on_their_way_has_names() -> None:
    here = World(galaxy(40))
    pose, pictures = home_pose(here, 1.5), []
    for labels in (0.0, 1.0):
        settings = replace(Settings(), look=replace(Settings().look, labels=labels))
        with Studio(here, settings) as studio:
            places = np.random.default_rng(2).permutation(here.positions)
            pictures.append(studio.glide(places, 0.5, pose, (480, 320)).astype(int))
    written = np.abs(pictures[1] - pictures[0]).max(axis=2) > 60
    assert written.sum() > 200
