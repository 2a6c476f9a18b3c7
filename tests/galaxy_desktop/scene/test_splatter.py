"""Light from compute shaders is the light that points and lines give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from vispy import gloo

from galaxy_desktop.model.extent import Extent
from galaxy_desktop.model.look import Look
from galaxy_desktop.model.pose import Pose, looking_at
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.connections import Connections
from galaxy_desktop.scene.graphics import Graphics
from galaxy_desktop.scene.offscreen import Offscreen
from galaxy_desktop.scene.palettes import PALETTES
from galaxy_desktop.scene.quality_control import FULL, Detail
from galaxy_desktop.scene.scene import Scene
from galaxy_desktop.scene.splatter import Splatter
from galaxy_desktop.scene.stars import Stars
from galaxy_desktop.scene.view import View
from tests.galaxy_desktop.scene.conftest import world_of

Light = npt.NDArray[np.float64]
SIZE = (320, 200)
AHEAD = Pose((0, 0, 3))
LOOK = Look()


@pytest.fixture
def splatter(offscreen: Offscreen) -> Iterator[Splatter]:
    offscreen.make_current()
    made = Splatter.where_it_helps()
    if made is None:
        pytest.skip("this OpenGL has no compute shaders")
    yield made
    offscreen.make_current()
    made.delete()


def light(
    world: World,
    pose: Pose,
    splatter: Splatter | None,
    detail: Detail = FULL,
    density: float = 1.0,
) -> Light:
    """Return red, green, blue of each pixel, shape (h, w, 3), by points and lines if by none."""
    palette = PALETTES["lagoon"]
    view = View.of(pose, SIZE, Extent.of(world), palette.haze)
    stars = Stars(world, palette)
    connections = Connections(world, stars)
    # Whole floats: half ones would round away light that is added to light.
    texture = gloo.Texture2D(shape=(SIZE[1], SIZE[0], 4), format="rgba", internalformat="rgba32f")
    frame = gloo.FrameBuffer(color=texture)
    with frame:
        gloo.set_viewport(0, 0, *SIZE)
        gloo.set_state(depth_test=False, blend=True, blend_func=("one", "one"))
        gloo.clear(color=(0.5, 0.5, 0.5, 1) if splatter else (0, 0, 0, 1), depth=False)
        if splatter is None:
            connections.draw(view, density, detail.lines)
            stars.draw(view, LOOK, detail.stars)
        else:
            splatter.begin(SIZE)
            for _ in connections.splat(splatter, view, density, detail.lines):
                pass
            stars.splat(splatter, view, LOOK, detail.stars)
            splatter.pour()
            stars.draw_large(view, LOOK)
        pixels = gloo.read_pixels((0, 0, *SIZE), alpha=False, out_type="float")
    for thing in (stars, connections, frame, texture):
        thing.delete()
    return np.asarray(pixels, np.float64)


def blurred(picture: Light) -> Light:
    for axis in (0, 1):
        picture = sum((np.roll(picture, k, axis) for k in range(-2, 3)), np.zeros(())) / 5
    return picture


def same_light(added: Light, drawn: Light) -> None:
    assert drawn.mean() > 0.0001
    np.testing.assert_allclose(added.mean(axis=(0, 1)), drawn.mean(axis=(0, 1)), rtol=0.02)
    off = blurred(added) - blurred(drawn)
    assert np.sqrt(np.square(off).mean()) < 0.05 * blurred(drawn).std()


def clouds(n: int = 4000, fame: int = 100) -> World:
    rng = np.random.default_rng(3)
    middles = rng.normal(size=(12, 3))
    of = rng.integers(0, 12, n)
    places = middles[of] + 0.15 * rng.normal(size=(n, 3))
    order = np.argsort(of, kind="stable")
    pairs = [(int(a), int(b)) for k in (1, 2) for a, b in zip(order, order[k:], strict=False)]
    return world_of(places, pairs, rng.integers(0, fame, n).tolist())


@pytest.fixture(scope="module")
def world() -> World:
    return clouds()


@pytest.mark.parametrize(
    "pose",
    [
        looking_at((0.3, 0.8, 3.5), (0, 0, 0)),
        looking_at((0.2, 0.1, 0.9), (0, 0, 0)),
        Pose((0.05, 0.1, 0.2), 2.0, 0.3, 75),
    ],
    ids=["from afar", "from near", "within"],
)
def test_both_ways_give_the_same_light(splatter: Splatter, world: World, pose: Pose) -> None:
    same_light(light(world, pose, splatter), light(world, pose, None))


def test_both_ways_choose_the_same_few_where_some_stand_for_all(splatter: Splatter) -> None:
    few = Detail(stars=1500, lines=2000)
    # None of them looks large from there: those are all drawn, whatever gives way.
    world, pose = clouds(fame=30), looking_at((0.3, 0.8, 3.5), (0, 0, 0))
    same_light(light(world, pose, splatter, few), light(world, pose, None, few))


def test_a_share_of_the_lines_gives_the_light_of_that_share(
    splatter: Splatter, world: World
) -> None:
    pose = looking_at((0.3, 0.8, 3.5), (0, 0, 0))
    none = light(world, pose, splatter, density=0.0)
    half, whole = (light(world, pose, splatter, density=d) - none for d in (0.5, 1.0))
    assert half.sum() == pytest.approx(whole.sum() / 2, rel=0.1)


@pytest.mark.parametrize("x", [-0.4, -0.1303, 0.0, 0.2517])
def test_a_lone_small_star_is_the_same_to_the_pixel(splatter: Splatter, x: float) -> None:
    lone = world_of([(x, 0.31 * x, 0)], popularity=60)
    drawn, added = light(lone, AHEAD, None), light(lone, AHEAD, splatter)
    assert drawn.max() > 0.001
    np.testing.assert_allclose(added, drawn, atol=0.0003)


def test_a_large_star_is_still_drawn_once(splatter: Splatter) -> None:
    near = world_of([(0, 0, 2.9), (0.5, 0, -3)], popularity=100)
    drawn, added = light(near, AHEAD, None), light(near, AHEAD, splatter)
    np.testing.assert_allclose(added, drawn, atol=0.003)
    assert (drawn.max(axis=2) > 0.1).sum() > 100


def test_a_line_from_behind_the_camera_is_cut_where_it_comes_into_view(splatter: Splatter) -> None:
    through = world_of([(0.3, 0.2, 3.4), (-0.4, -0.1, 1), (5, 5, 0)], [(0, 1)], 0)
    drawn, added = light(through, AHEAD, None), light(through, AHEAD, splatter)
    assert added.mean() == pytest.approx(drawn.mean(), rel=0.02)
    assert np.abs(blurred(added) - blurred(drawn)).max() < 0.3 * blurred(drawn).max()


def test_what_is_too_faint_to_count_is_not_lost(splatter: Splatter) -> None:
    # Each is a few units of the sums, or less, so all depends on how they are rounded.
    rng = np.random.default_rng(1)
    far = world_of(rng.normal(size=(3000, 3)), popularity=0)
    pose = Pose((0, 0, 9))
    drawn, added = light(far, pose, None), light(far, pose, splatter)
    assert 0 < drawn.max() < 0.05
    # Rounded by chance, the little red there is may come out a dozen units off.
    totals = added.sum(axis=(0, 1)), drawn.sum(axis=(0, 1))
    np.testing.assert_allclose(*totals, rtol=0.02, atol=0.0025)


def test_what_is_brighter_than_all_sums_stays_bright_and_stays_there(splatter: Splatter) -> None:
    # Of several sizes: a sum that began anew from zero would show in one or the other.
    middles = [(0.4 * x, 0.3 * y, 0) for x in (-2, -1, 1, 2) for y in (-1, 1)]
    heaps = np.repeat(middles, 3000 * np.arange(1, 9), axis=0)
    world = world_of(heaps, popularity=100)
    drawn, added = light(world, AHEAD, None), light(world, AHEAD, splatter)
    bright = drawn.max(axis=2) > 60
    assert bright.any()
    assert (added.max(axis=2)[bright] > 50).all()
    assert added.min() >= 0
    np.testing.assert_allclose(added[~bright], drawn[~bright], rtol=0.05, atol=0.003)


def test_nothing_is_seen_of_the_last_picture(splatter: Splatter, world: World) -> None:
    light(world, AHEAD, splatter)
    away = Pose((0, 0, 50))
    np.testing.assert_array_equal(light(world, Pose((0, 0, 50), np.pi), splatter), 0)
    assert light(world, away, splatter).max() > 0


def test_a_scene_looks_the_same_either_way(
    offscreen: Offscreen, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    offscreen.make_current()
    pictures = []
    for helps in (True, False):
        with monkeypatch.context() as patch:
            if helps:
                patch.setattr(Splatter, "pays", staticmethod(lambda *_: True))
            else:
                patch.setattr(Splatter, "where_it_helps", classmethod(lambda _: None))
            scene = Scene(world, LOOK)
            scene.choose(5, (7,))
            for _ in range(2):
                with offscreen.drawing(SIZE):
                    scene.draw(AHEAD, SIZE, Detail(scale=0.7, stars=2000))
            pictures.append(offscreen.read()[..., :3].astype(float))
            scene.delete()
    off = blurred(pictures[0]) - blurred(pictures[1])
    assert np.sqrt(np.square(off).mean()) < 3


def test_a_graphics_card_keeps_to_points(
    offscreen: Offscreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    offscreen.make_current()

    def card(_: Any) -> Graphics:
        return Graphics("NVIDIA GeForce RTX 3060/PCIe/SSE2", "4.6.0")

    monkeypatch.setattr(Graphics, "current", classmethod(card))
    assert Splatter.where_it_helps() is None


def test_a_poster_that_is_too_large_for_the_sums_does_not_fit(splatter: Splatter) -> None:
    assert splatter.fits((1920, 1200), 1_000_000)
    assert not splatter.fits((60_000, 60_000), 0)
    assert not splatter.fits(SIZE, 2**40)


def test_a_picture_at_rest_does_not_flicker(splatter: Splatter) -> None:
    # So many long lines that threads get in one another's way.
    world, pose = clouds(20_000), looking_at((0.2, 0.1, 1.2), (0, 0, 0))
    first = light(world, pose, splatter)
    for _ in range(4):
        np.testing.assert_array_equal(light(world, pose, splatter), first)
