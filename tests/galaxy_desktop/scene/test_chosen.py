"""What is selected or under the cursor is lit by visuals of its own."""

from __future__ import annotations

import numpy as np
import pytest

from galaxy_desktop.model.look import Look
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.scene.palettes import PALETTES
from galaxy_desktop.scene.quality_control import Detail
from tests.galaxy_desktop.scene.conftest import Drawer, world_of

SIZE = (240, 160)
AHEAD = Pose((0, 0, 3))
DARK = Look(bloom=0, connections=0, exposure=0.25)


def near_accent(picture: np.ndarray) -> np.ndarray:
    accent = np.sqrt(PALETTES["lagoon"].accent)
    strength = picture.max(axis=2, keepdims=True)
    return ((np.abs(picture / np.maximum(strength, 0.05) - accent) < 0.25).all(axis=2)) & (
        strength[..., 0] > 0.2
    )


def test_the_lines_to_related_artists_light_up(draw: Drawer) -> None:
    world = world_of([(-0.8, 0, 0), (0.8, 0, 0), (0, 0.9, 0)], [(0, 1)])
    chosen = near_accent(draw(world, AHEAD, look=DARK, selected=0))
    assert not near_accent(draw(world, AHEAD, look=DARK)).any()
    pixels, _ = AHEAD.project(world.positions, SIZE)
    row = int(pixels[0, 1])
    between = chosen[row - 1 : row + 2, int(pixels[0, 0]) + 12 : int(pixels[1, 0]) - 12]
    assert between.any(axis=0).mean() > 0.9
    third = chosen[int(pixels[2, 1]) - 6 : int(pixels[2, 1]) + 6, 114:126]
    assert not third.any()


def test_a_line_to_behind_the_camera_runs_out_of_the_picture(draw: Drawer) -> None:
    world = world_of([(0, 0, 0), (1.5, 0.2, 6), (-1, -1, 0)], [(0, 1)])
    chosen = near_accent(draw(world, AHEAD, look=DARK, selected=0))
    columns = np.flatnonzero(chosen.any(axis=0))
    assert columns.max() == SIZE[0] - 1
    assert chosen[:, :100].sum() == 0


def test_a_ring_surrounds_the_selected_and_the_hovered_star(draw: Drawer) -> None:
    world = world_of([(-0.8, 0, 0), (0.8, 0, 0)], popularity=1)
    picture = draw(world, AHEAD, look=DARK, hovered=1)
    pixels, _ = AHEAD.project(world.positions, SIZE)
    y, x = np.mgrid[: SIZE[1], : SIZE[0]] + 0.5
    away = np.hypot(x - pixels[1, 0], y - pixels[1, 1])
    ring = picture.min(axis=2) > 0.5
    assert ring.any()
    assert away[ring].max() - away[ring].min() < 4
    assert away[ring].min() > 4


def test_others_can_be_lit_besides(draw: Drawer) -> None:
    world = world_of([(-0.8, 0, 0), (0.8, 0, 0), (0, 0.7, 0)])
    lit = draw(world, AHEAD, look=DARK, lit=[1, 2])
    pixels, _ = AHEAD.project(world.positions, SIZE)
    # Amber is the only colour here with more red than blue.
    warm = [bool(lit[int(y), int(x), 0] > lit[int(y), int(x), 2] + 0.1) for x, y in pixels]
    assert warm == [False, True, True]


def test_what_is_lit_more_strongly_is_brighter(draw: Drawer) -> None:
    places = [(-0.8, 0, 0), (0, 0, 0), (0.8, 0, 0)]
    world = world_of(places)
    plain = draw(world, AHEAD, look=DARK)
    lit = draw(world, AHEAD, look=DARK, lit=[2, 1, 0], strengths=[1.0, 0.5, 0.1])
    pixels, _ = AHEAD.project(world.positions, SIZE)
    gain = (lit - plain).sum(axis=2)
    light = [gain[int(y) - 9 : int(y) + 9, int(x) - 9 : int(x) + 9].sum() for x, y in pixels]
    assert 0 < 1.5 * light[0] < light[1] < light[2] / 1.3
    # One that is related as well is never fainter for being a result.
    kin = world_of(places, [(0, 1)])
    related = draw(kin, AHEAD, look=DARK, selected=0)
    faint = draw(kin, AHEAD, look=DARK, selected=0, lit=[1], strengths=[0.0])
    np.testing.assert_array_equal(faint, related)


def test_a_ring_is_as_wide_on_every_screen(draw: Drawer) -> None:
    world = world_of([(0, 0, 0)], popularity=1)
    areas = []
    for ratio in (1, 2):
        size = (SIZE[0] * ratio, SIZE[1] * ratio)
        picture = draw(world, AHEAD, look=DARK, size=size, ratio=float(ratio), hovered=0)
        areas.append((picture.min(axis=2) > 0.4).sum() / ratio**2)
    assert 0.6 < areas[1] / areas[0] < 1.6


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.25])
def test_a_line_is_whole_in_a_coarse_picture_too(draw: Drawer, scale: float) -> None:
    size = (480, 320)
    world = world_of([(-1.3, 0.1, 0), (1.3, 0.37, 0)], [(0, 1)], popularity=1)
    picture = draw(world, AHEAD, look=DARK, size=size, detail=Detail(scale), selected=0)
    (from_x, from_y), (to_x, to_y) = AHEAD.project(world.positions, size)[0]
    x = np.arange(int(from_x) + 40, int(to_x) - 40)
    y = from_y + (to_y - from_y) * (x - from_x) / (to_x - from_x)
    # The brightest across: how bright the line is all along.
    around = y.astype(int)[:, None] + np.arange(-6, 7)
    along = picture[around, x[:, None], 0].max(axis=1)
    assert np.median(along) > 0.2
    assert along.min() > 0.6 * along.max()
