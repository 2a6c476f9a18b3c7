"""What measures the window: the same stars for all, the same path, honest figures."""

from __future__ import annotations

import json
import math
import urllib.request
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from galaxy_desktop.model.framing import heart
from galaxy_desktop.model.pose import looking_at
from galaxy_desktop.model.world import World
from tests.benchmarks import drawing, elsewhere, flying, three_js
from tests.benchmarks.drawing_jobs import SMALLEST, diameters
from tests.benchmarks.galaxies import keep_galaxy, make_galaxy
from tests.benchmarks.measure import JobFailed
from tests.benchmarks.stages import SIZE, turn
from tests.benchmarks.starting import event


@pytest.fixture(scope="module")
def world() -> World:
    return World(make_galaxy(2000))


@pytest.mark.parametrize(("artists", "related"), [(30, 3), (2000, 11)])
def test_a_galaxy_has_the_artists_asked_for_and_is_about_as_large_as_a_built_one(
    artists: int, related: int
) -> None:
    galaxy = make_galaxy(artists, related)
    assert len(galaxy) == artists == len(set(galaxy.names))
    assert galaxy.edges >= artists * related / 2
    assert np.sqrt(np.square(galaxy.positions).sum(axis=1).mean()) == pytest.approx(1, abs=0.01)
    assert galaxy.popularity.max() <= 100
    assert np.median(galaxy.popularity) < 30


def test_the_same_seed_makes_the_same_galaxy_and_another_another() -> None:
    first, again, other = make_galaxy(300), make_galaxy(300), make_galaxy(300, seed=2)
    np.testing.assert_array_equal(first.positions, again.positions)
    np.testing.assert_array_equal(first.indices, again.indices)
    assert not np.array_equal(first.positions, other.positions)


def test_a_galaxy_of_too_few_artists_is_refused() -> None:
    with pytest.raises(ValueError, match="no galaxy of 11 artists"):
        make_galaxy(11, 11)


def test_a_kept_galaxy_is_made_once(tmp_path: Path) -> None:
    path = keep_galaxy(tmp_path / "worlds", 50, 3)
    made = path.stat().st_mtime_ns
    assert keep_galaxy(tmp_path / "worlds", 50, 3) == path
    assert path.stat().st_mtime_ns == made


def test_a_turn_goes_around_the_heart_at_one_distance(world: World) -> None:
    middle, poses = heart(world), turn(world, 8)
    places = np.array([pose.position for pose in poses])
    away = np.linalg.norm(places - middle, axis=1)
    np.testing.assert_allclose(away, away[0])
    np.testing.assert_allclose(places.mean(axis=0)[[0, 2]], middle[[0, 2]], atol=1e-9)
    for pose in poses:
        pixels, _ = pose.project(middle[None], SIZE)
        np.testing.assert_allclose(pixels[0], np.array(SIZE) / 2, atol=1e-6)


def test_stars_are_as_large_as_ours_and_never_smaller_than_our_smallest(world: World) -> None:
    best = int(np.argmax(world.fame))
    before = looking_at(world.positions[best] + np.array([0, 0, 0.2]), world.positions[best])
    sizes = diameters(world, before)
    assert sizes.min() == SMALLEST
    assert sizes[best] > 2 * SMALLEST


def test_the_rate_is_the_median_of_the_rounds_and_a_percentile_is_of_all_frames() -> None:
    frames = drawing.Frames()
    for milliseconds in (100, 50, 10):
        frames.add(np.full(4, milliseconds / 1000), "llvmpipe")
    assert frames.rate == pytest.approx(20)
    assert frames.milliseconds(50) == pytest.approx(50)
    assert frames.milliseconds(100) == pytest.approx(100)


@pytest.mark.parametrize(
    ("there", "chosen"),
    [
        ({"": "llvmpipe", "device": "NVIDIA H200", "surfaceless": "llvmpipe"}, "device"),
        ({"": "llvmpipe", "surfaceless": "llvmpipe"}, "surfaceless"),
        ({"": "NVIDIA H200"}, ""),
        ({}, None),
    ],
)
def test_a_graphics_card_is_preferred_and_then_what_surely_works(
    there: dict[str, str], chosen: str | None
) -> None:
    def run(_job: str, platform: str) -> SimpleNamespace:
        if platform not in there:
            raise JobFailed("EGL: could not initialize")
        return SimpleNamespace(figures={"renderer": there[platform]})

    bench: Any = SimpleNamespace(run=run)
    assert drawing.best_platform(bench) == chosen


def test_frames_in_time_are_those_of_thirty_a_second() -> None:
    name, count, half, *_, longest, share = flying.row("tour", np.array([0.02, 0.03, 0.05, 0.3]))
    assert (name, count, share) == ("tour", 4, 0.5)
    assert half == pytest.approx(40)
    assert longest == pytest.approx(300)
    assert math.isnan(flying.percentile(np.array([]), 95))


def test_work_of_others_is_told_once_it_matters() -> None:
    assert elsewhere.note(0.1) == ""
    assert elsewhere.note(1.24) == "others kept 1.2 cores busy meanwhile"
    assert elsewhere.Elsewhere().cores() >= 0


def test_a_line_of_the_program_is_an_event_or_what_it_says() -> None:
    assert event('{"event": "drawn", "t": 1.2}\n') == "drawn"
    assert event("Traceback (most recent call last):\n") == "Traceback (most recent call last):"
    assert event("[1]\n") == "[1]"


def test_the_page_gets_the_same_stars_and_the_same_path(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(three_js, "CACHE", tmp_path)
    for name in three_js.MODULES:
        (tmp_path / name).write_text("export const REVISION = 0;")
    poses = turn(world, 4)
    files = three_js.page_files(world, poses, 0.5)
    about = json.loads(files["about.json"])
    assert about["stars"] == len(world)
    assert [step["place"] for step in about["path"]] == [list(pose.position) for pose in poses]
    stars = np.frombuffer(files["stars.bin"], "<f4")
    np.testing.assert_array_equal(stars[: 3 * len(world)], world.positions.ravel())
    assert stars.size == 6 * len(world)


def test_the_page_is_served_and_its_answer_is_heard() -> None:
    with three_js.serve({"": b"<p>page", "a.js": b"1"}) as (address, answers):
        with urllib.request.urlopen(address) as page:
            assert page.read() == b"<p>page"
        with urllib.request.urlopen(f"{address}a.js") as module:
            assert module.headers["Content-Type"] == "text/javascript"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address}favicon.ico")
        urllib.request.urlopen(f"{address}answer", data=b'{"times": [0.1]}').close()
        assert answers.get(timeout=5) == {"times": [0.1]}


def test_what_is_missing_for_three_js_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"chromium": "/usr/bin/chromium"}
    monkeypatch.setattr(three_js, "CACHE", tmp_path)
    monkeypatch.setattr("tests.benchmarks.three_js.shutil.which", found.get)
    assert three_js.missing() == "npm, which brings three.js, is not installed"
    found.clear()
    assert three_js.missing() == "Chromium is not installed"
    found["google-chrome"] = "/opt/google/chrome"
    for name in three_js.MODULES:
        (tmp_path / name).touch()
    assert three_js.missing() == ""
