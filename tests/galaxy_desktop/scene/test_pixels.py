"""What the pixels mean."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.ndimage import map_coordinates, uniform_filter

from galaxy_desktop.model.framing import home_pose
from galaxy_desktop.model.look import PALETTES, Look, ToneMapping
from galaxy_desktop.model.pose import Pose, looking_at
from galaxy_desktop.model.star_size import widening
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.quality_control import Detail
from tests.embedding.galaxies import galaxy
from tests.galaxy_desktop.scene.conftest import Drawer, Picture, world_of

SIZE = (240, 160)
PLAIN = Look(bloom=0, connections=0)
AHEAD = Pose((0, 0, 3))


def centroid(picture: Picture) -> tuple[float, float]:
    light = np.maximum(picture - np.median(picture, axis=(0, 1)), 0).sum(axis=2) ** 2
    y, x = np.mgrid[: light.shape[0], : light.shape[1]] + 0.5
    return float((x * light).sum() / light.sum()), float((y * light).sum() / light.sum())


@pytest.mark.parametrize("n", [2, 20, 200])
def test_a_galaxy_of_few_is_seen_from_home(draw: Drawer, n: int) -> None:
    few = World(galaxy(n, popularity=np.full(n, 50, np.uint8)))
    size = (800, 500)
    pose = home_pose(few, size[0] / size[1], 60)
    picture = draw(few, pose, look=PLAIN, size=size).max(axis=2)
    pixels, depths = pose.project(few.positions, size)
    for x, y in pixels[depths > 0].astype(int)[: n // 2]:
        assert picture[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2].max(initial=1) > 0.15


@pytest.mark.parametrize("place", [(0, 0, 0), (0.6, 0.3, 0.1), (-0.71, -0.43, 0.5), (0.003, 0, 2)])
def test_a_lone_star_lies_at_its_projected_pixel(
    draw: Drawer, place: tuple[float, float, float]
) -> None:
    world = world_of([place], popularity=80)
    pixels, _ = AHEAD.project(world.positions, SIZE)
    seen = centroid(draw(world, AHEAD, look=PLAIN))
    np.testing.assert_allclose(seen, pixels[0], atol=0.35)


def test_up_is_up_and_right_is_right(draw: Drawer) -> None:
    x, y = centroid(draw(world_of([(0.5, 0.6, 0)], popularity=90), AHEAD, look=PLAIN))
    assert x > SIZE[0] / 2
    assert y < SIZE[1] / 2


def test_what_is_behind_the_camera_is_not_drawn(draw: Drawer) -> None:
    world = world_of([(0, 0, 5), (0.1, 0, 4)], [(0, 1)], 100)
    empty = draw(world, AHEAD)
    assert np.ptp(empty, axis=(0, 1)).max() < 0.01


def test_bloom_brightens_what_is_around_a_star(draw: Drawer) -> None:
    world = world_of([(0, 0, 2.7)], popularity=100)
    small = 1 / widening(1)
    plain = draw(world, AHEAD, look=replace(PLAIN, star_size=small))
    glowing = draw(world, AHEAD, look=replace(PLAIN, star_size=small, bloom=1))
    y, x = np.mgrid[: SIZE[1], : SIZE[0]] + 0.5
    away = np.hypot(x - SIZE[0] / 2, y - SIZE[1] / 2)
    around = (away > 7) & (away < 14)
    assert glowing[around].mean() > 1.3 * plain[around].mean()
    # It fades outwards.
    rings = [glowing[(away > low) & (away < low + 6)].mean() for low in (7, 20, 60)]
    assert rings[0] > rings[1] > rings[2]


@pytest.mark.parametrize("place", [(0.0, 0.0), (0.003, -0.002), (-0.0047, 0.0011)])
def test_the_halo_of_a_star_is_round(draw: Drawer, place: tuple[float, float]) -> None:
    here = world_of([(*place, 2.4)], popularity=100)
    size = (480, 480)
    ((x, y),), _ = AHEAD.project(here.positions, size)
    look = replace(PLAIN, bloom=1.5, star_size=1 / widening(1))
    seen = uniform_filter(draw(here, AHEAD, look=look, size=size).mean(axis=2), 3)
    dark = seen[0, 0]
    angles = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    for away in range(16, 72, 4):
        # The middle of a pixel is at a half.
        at = y + away * np.sin(angles) - 0.5, x + away * np.cos(angles) - 0.5
        ring = map_coordinates(seen, at, order=1) - dark
        # Between one side of the picture and the next; opposite sides even out where on the grid
        # of the bloom the star lies.
        quarter = ring.reshape(4, -1).mean(axis=0)
        assert np.ptp(quarter) < 0.2 * quarter.mean()


def test_a_far_star_is_dimmer_and_never_lost(draw: Drawer) -> None:
    world = world_of([(0, 0, 0)], popularity=60)
    lights = []
    for distance in (0.2, 0.5, 1.0, 2.0, 4.0):
        picture = draw(world, Pose((0, 0, distance)), look=PLAIN)
        lights.append(np.maximum(picture - np.median(picture, axis=(0, 1)), 0).sum())
    assert all(near > 1.2 * far for near, far in pairwise(lights))
    assert lights[-1] > 0


def test_the_popular_are_larger_and_brighter(draw: Drawer) -> None:
    known, unknown = (
        draw(world_of([(0, 0, 2.5)], popularity=p), AHEAD, look=PLAIN) for p in (100, 5)
    )
    assert (known.max(axis=2) > 0.3).sum() > 4 * (unknown.max(axis=2) > 0.3).sum()


@pytest.mark.parametrize("tone", ["aces", "reinhard"])
@pytest.mark.parametrize("palette", PALETTES)
def test_however_dense_it_never_clips_to_flat_white(
    draw: Drawer, tone: ToneMapping, palette: str
) -> None:
    rng = np.random.default_rng(1)
    world = world_of(rng.normal(scale=0.2, size=(30_000, 3)), popularity=90)
    picture = draw(world, Pose((0, 0, 1.0)), look=Look(palette=palette, tone=tone, exposure=4))  # type: ignore[arg-type]
    assert np.isfinite(picture).all()
    bright = picture.max(axis=2) > 0.9
    assert bright.any()
    assert (picture[bright].min(axis=1) < 0.99).all()


def test_a_sub_pixel_step_moves_the_light_without_flicker(draw: Drawer) -> None:
    world = world_of([(0, 0, 0)], popularity=10)
    lights = []
    for step in np.linspace(0, 1, 9):
        pose = Pose((step * 3 / AHEAD.focal(SIZE[1]), 0, 3))
        picture = draw(world, pose, look=Look(bloom=0, connections=0, exposure=4))
        # The square root of the tone curve undone: light, not brightness, stays.
        lights.append(np.maximum(picture**2 - np.median(picture) ** 2, 0).sum())
    assert max(lights) < 1.6 * min(lights)


def test_related_artists_are_connected_by_a_line(draw: Drawer) -> None:
    spread = [(-0.01, 0, 0), (0.01, 0, 0), (0, 2, -1), (0, -2, 1), (2, 0, 1), (-2, 0, -1)]
    look = Look(bloom=0, exposure=4, star_size=1 / widening(len(spread)))
    pose = looking_at((0, 0, 0.06), (0, 0, 0))
    joined, apart = (draw(world_of(spread, pairs), pose, look=look) for pairs in ([(0, 1)], []))
    middle = np.s_[78:82, 110:130]
    assert joined[middle].max() > apart[middle].max() + 0.02
    none = draw(world_of(spread, [(0, 1)]), pose, look=replace(look, connections=0))
    np.testing.assert_allclose(none[middle], apart[middle], atol=0.01)


def galaxy_like() -> tuple[np.ndarray, list[tuple[int, int]]]:
    rng = np.random.default_rng(5)
    middles = rng.normal(size=(40, 3))
    places = (middles[:, None] + rng.normal(scale=0.05, size=(40, 100, 3))).reshape(-1, 3)
    pairs = [(i, i + 1) for i in range(len(places) - 1) if (i + 1) % 100]
    return places, pairs


def test_the_same_world_gives_the_same_picture(draw: Drawer) -> None:
    pictures = [draw(world_of(*galaxy_like()), AHEAD) for _ in range(2)]
    np.testing.assert_array_equal(*pictures)


@pytest.mark.parametrize(
    "detail", [Detail(0.5), Detail(1.0, 800), Detail(1.0, None, 500), Detail(0.6, 900, 600)]
)
def test_with_less_detail_the_whole_is_as_bright(draw: Drawer, detail: Detail) -> None:
    world = world_of(*galaxy_like(), popularity=[i % 100 for i in range(4000)])
    full = draw(world, AHEAD, size=(480, 320))
    coarse = draw(world, AHEAD, size=(480, 320), detail=detail)
    light = [float((picture**2).mean()) for picture in (full, coarse)]
    assert light[1] == pytest.approx(light[0], rel=0.35)
    # Coarser, but the same picture.
    blocks = [p.reshape(8, 40, 12, 40, 3).mean(axis=(1, 3, 4)).ravel() for p in (full, coarse)]
    assert np.corrcoef(*blocks)[0, 1] > 0.95


def test_palettes_differ_and_dim_darkens(draw: Drawer) -> None:
    world = world_of(*galaxy_like())
    means = [
        draw(world, AHEAD, look=Look(palette=p, exposure=4)).mean(axis=(0, 1)) for p in PALETTES
    ]
    for one in range(3):
        for other in range(one):
            assert np.abs(means[one] - means[other]).max() > 0.01
    assert draw(world, AHEAD, dim=0.0).max() <= 1 / 255
    assert draw(world, AHEAD, dim=0.5).mean() < draw(world, AHEAD).mean()


@pytest.mark.parametrize("size", [(1, 1), (7, 300), (640, 180), (161, 119)])
def test_every_size_can_be_drawn(draw: Drawer, size: tuple[int, int]) -> None:
    world = world_of(*galaxy_like())
    assert draw(world, AHEAD, size=size, detail=Detail(0.37)).shape == (size[1], size[0], 3)


def test_one_artist_and_all_at_one_point_can_be_drawn(draw: Drawer) -> None:
    for world in (world_of([(0.5, 0, 0)]), world_of([(1, 1, 1)] * 50, [(0, 1)])):
        for pose in (AHEAD, looking_at((1, 1, 1.0001), (1, 1, 1)), Pose((1, 1, 1))):
            assert np.isfinite(draw(world, pose, selected=0)).all()


def test_the_glow_along_a_slanted_line_is_even(draw: Drawer) -> None:
    ends = [(-3, -0.23, 0), (3, 0.37, 0)]
    world, size = world_of(ends, [(0, 1)], popularity=1), (240, 160)
    look = replace(PLAIN, bloom=2)
    light = draw(world, AHEAD, look=look, size=size, selected=0).sum(axis=2) ** 2
    (left, right), _ = AHEAD.project(np.array(ends), size)
    columns = np.arange(60, 180)
    slope = (right[1] - left[1]) / (right[0] - left[0])
    for away in (4, -4):
        rows = left[1] + slope * (columns - left[0]) + away
        low = np.floor(rows).astype(int)
        part = rows - low
        along = (1 - part) * light[low, columns] + part * light[low + 1, columns]
        evened = np.convolve(along, np.full(31, 1 / 31), "valid")
        teeth = np.abs(along[15:-15] / evened - 1).max()
        assert evened.min() > 0.01
        assert teeth < 0.3, (away, teeth)
