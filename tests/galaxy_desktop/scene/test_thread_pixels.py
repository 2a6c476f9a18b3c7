"""Threads are drawn where their points are seen, in their colours, on any screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from galaxy_desktop.model.look import Look
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.threads import Thread, curve, path
from galaxy_desktop.scene.offscreen import Offscreen
from galaxy_desktop.scene.quality_control import Detail
from galaxy_desktop.scene.scene import Scene
from galaxy_desktop.scene.threads import mesh
from tests.galaxy_desktop.scene.conftest import Picture, world_of

SIZE = (240, 160)
AHEAD = Pose((0, 0, 3))
DARK = Look(bloom=0, connections=0, exposure=0.05)
RED = "#ff4030"
WORLD = world_of([(-0.8, 0, 0), (0.8, 0, 0), (0, 0.9, 0), (0, -0.9, 0)], popularity=1)
Threaded = Callable[..., Picture]


@pytest.fixture
def threaded(offscreen: Offscreen) -> Iterator[Threaded]:
    """Return a function that draws threads over a dark galaxy: from 0 to 1, shape (h, w, 3)."""
    offscreen.make_current()
    scene = Scene(WORLD, DARK)

    def drawn(
        *threads: Thread,
        pose: Pose = AHEAD,
        size: tuple[int, int] = SIZE,
        unit: float = 1.0,
        dim: float = 1.0,
    ) -> Picture:
        offscreen.make_current()
        with offscreen.drawing(size):
            scene.light_up(pose, size, Detail())
            scene.show(pose, size)
            scene.draw_threads(threads, pose, size, unit, dim)
        pixels = offscreen.read()
        assert (pixels[..., 3] == 255).all()
        return pixels[..., 2::-1] / 255

    yield drawn
    offscreen.make_current()
    scene.delete()


def is_red(picture: Picture) -> np.ndarray:
    return (picture[..., 0] > 0.5) & (picture[..., 0] > 1.5 * picture[..., 2])


def seen_at(thread: Thread, pose: Pose, size: tuple[int, int] = SIZE) -> np.ndarray:
    """Return the pixels, column and row, that the points of a thread are in."""
    pixels, depths = pose.project(thread.points, size)
    inside = (depths > 0.1) & (pixels >= 1).all(axis=1) & (pixels < np.array(size) - 1).all(axis=1)
    return pixels[inside].astype(int)


def test_a_curve_passes_the_pixels_of_its_points_in_its_colour(threaded: Threaded) -> None:
    thread = curve((-0.8, 0.1, 0), (0.7, -0.3, 0.4), RED)
    red = is_red(threaded(thread))
    # Its first points are where it fades into its star.
    for x, y in seen_at(thread, AHEAD)[8:]:
        assert red[y - 1 : y + 2, x - 1 : x + 2].any(), (x, y)
    pixels = seen_at(thread, AHEAD)
    rows, columns = np.nonzero(red)
    away = np.hypot(columns[:, None] - pixels[:, 0], rows[:, None] - pixels[:, 1])
    # Where it ends, it glows.
    assert away[away[:, -1] > 14].min(axis=1).max() < 4


def test_without_threads_nothing_is_drawn(threaded: Threaded) -> None:
    assert not is_red(threaded()).any()
    threaded(curve((-0.8, 0, 0), (0.8, 0, 0), RED))
    assert not is_red(threaded()).any()


def test_nothing_is_drawn_that_lies_behind_the_camera(threaded: Threaded) -> None:
    thread = path([(-0.5, 0.2, 4), (0.4, 0.1, 5), (0.2, -0.3, 6)], RED)
    np.testing.assert_array_equal(threaded(thread), threaded())


def test_what_passes_the_camera_is_cut_off_and_fades(threaded: Threaded) -> None:
    thread = path([(0.3, 0.2, 0), (0.3, 0.1, 2), (0.3, 0, 6)], RED)
    picture = threaded(thread)
    red = is_red(picture)
    assert red.any()
    # It leaves the picture to the right, where it comes near.
    assert not red[:, : SIZE[0] // 2].any()
    assert red[:, -40:].any()


def test_a_camera_on_a_thread_sees_no_tangle(threaded: Threaded) -> None:
    rng = np.random.default_rng(2)
    thread = path(rng.normal(size=(12, 3)) * 0.6, RED)
    for at in thread.points[::9]:
        red = is_red(threaded(thread, pose=Pose(tuple(at.tolist()), 0.4)))
        assert red.mean() < 0.2


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_it_is_as_wide_on_any_screen(threaded: Threaded, ratio: float) -> None:
    thread = path([(-0.8, 0, 0), (0.8, 0, 0)], "#ffffff")
    size = (round(SIZE[0] * ratio), round(SIZE[1] * ratio))
    column = threaded(thread, size=size, unit=ratio)[:, size[0] // 2, 0]
    light = (column - column.min()) / (column.max() - column.min())
    assert (light > 0.7).sum() == pytest.approx(2 * ratio, abs=1)
    # A line two logical pixels wide, and as much light again in its glow.
    assert 3.0 < light.sum() / ratio < 7.0


def test_in_a_coarse_picture_it_is_fainter_and_not_gone(threaded: Threaded) -> None:
    thread = path([(-0.8, 0, 0), (0.8, 0, 0)], "#ffffff")
    fine = threaded(thread)[:, 120, 0].max()
    coarse = threaded(thread, size=(80, 52), unit=1 / 3)[:, 40, 0].max()
    assert 0.25 * fine < coarse < 0.9 * fine


def test_it_begins_beside_its_star(threaded: Threaded) -> None:
    thread = path([(-0.8, 0, 0), (0.8, 0, 0)], RED)
    red = is_red(threaded(thread))
    (left, right), _ = AHEAD.project(thread.points[[0, -1]], SIZE)
    columns = np.flatnonzero(red.any(axis=0))
    assert left[0] + 3 < columns.min() < left[0] + 14
    assert right[0] - 14 < columns.max() < right[0] - 3


def test_curves_glow_where_they_meet_and_paths_do_not(threaded: Threaded) -> None:
    def at_the_end(*threads: Thread) -> float:
        (end,), _ = AHEAD.project(threads[0].points[-1:], SIZE)
        x, y = end.astype(int)
        return float(threaded(*threads)[y - 4 : y + 5, x - 4 : x + 5].sum())

    ends = ((-0.8, 0, 0), (0.4, 0.3, 0))
    assert at_the_end(curve(*ends, RED)) > 1.5 * at_the_end(path(ends, RED))


def test_a_path_turns_from_one_colour_into_the_other(threaded: Threaded) -> None:
    thread = path([(-0.9, 0, 0), (0.9, 0, 0)], "#ff0000", "#0000ff")
    picture = threaded(thread)
    middle = slice(SIZE[1] // 2 - 3, SIZE[1] // 2 + 3)
    left, right = picture[middle, 98].max(axis=0), picture[middle, 142].max(axis=0)
    assert left[0] > 1.15 * left[2]
    assert right[2] > 1.15 * right[0]


def test_what_is_taken_away_is_drawn_in_dashes(threaded: Threaded) -> None:
    ends = ((-0.9, 0, 0), (0.9, 0, 0))
    whole, dashed = (is_red(threaded(curve(*ends, RED, dashed=dashed))) for dashed in (False, True))

    def gaps(red: np.ndarray) -> int:
        columns = red[:, 95:140].any(axis=0)
        return int((columns[:-1] & ~columns[1:]).sum())

    assert gaps(whole) == 0
    assert gaps(dashed) >= 3


def test_it_grows_dark_with_the_picture(threaded: Threaded) -> None:
    thread = curve((-0.8, 0, 0), (0.8, 0, 0), RED)
    assert not is_red(threaded(thread, dim=0.0)).any()


def test_no_picture_is_too_small_and_no_thread_too_short(threaded: Threaded) -> None:
    thread = path([(0, 0, 0), (0, 0, 0)], RED)
    assert np.isfinite(threaded(thread, curve((0, 0, 0), (0, 0, 0), RED))).all()
    threaded(thread, size=(1, 1))


def test_the_mesh_of_a_thread_is_two_triangles_for_each_of_its_parts() -> None:
    threads = (curve((0, 0, 0), (1, 0, 0), RED), curve((2, 0, 0), (1, 0, 0), "#00ff00"))
    vertices, triangles = mesh(threads, 1e-9)
    parts = sum(len(thread.points) - 1 for thread in threads)
    # And two for the glow where both end.
    assert len(triangles) == 6 * (parts + 1)
    assert len(vertices) == 2 * (parts + 2) + 4
    assert triangles.max() == len(vertices) - 1
    glow = vertices[-4:]
    np.testing.assert_allclose(glow["a_colour"], [[0.5, (0x40 / 255 + 1) / 2, 0x30 / 510]] * 4)


def test_points_that_no_bend_needs_are_left_out() -> None:
    straight = path([(0, 0, 0), (1, 0, 0)], RED)
    assert len(mesh((straight,), 10.0)[0]) == 4
    assert len(mesh((straight,), 0.25)[0]) in range(8, 13)
    bent = path(np.random.default_rng(5).normal(size=(12, 3)), RED)
    vertices, _ = mesh((bent,), 0.5)
    points = vertices["a_point"][::2]
    assert len(points) < len(bent.points)
    # Each point that is left out lies on what is drawn, nearly.
    a, b = points[:-1, None], points[1:, None]
    share = ((bent.points - a) * (b - a)).sum(axis=2) / ((b - a) ** 2).sum(axis=2)
    nearest = a + np.clip(share, 0, 1)[..., None] * (b - a)
    away = np.linalg.norm(bent.points - nearest, axis=2).min(axis=0)
    assert away.max() < 0.01
