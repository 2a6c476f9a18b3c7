"""What is seen of a galaxy that re-forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from vispy import gloo

from galaxy_desktop.model.gliding import Gliding
from galaxy_desktop.model.look import Look
from galaxy_desktop.model.pose import Pose, looking_at
from galaxy_desktop.model.reforming import matched
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.offscreen import Offscreen
from galaxy_desktop.scene.palettes import PALETTES
from galaxy_desktop.scene.quality_control import FULL, Detail
from galaxy_desktop.scene.scene import Scene
from galaxy_desktop.scene.splatter import Splatter
from galaxy_desktop.scene.way import Way, prepare
from tests.galaxy_desktop.scene.conftest import Picture, world_of
from tests.galaxy_desktop.scene.test_pixels import centroid

SIZE = (240, 160)
POSE = Pose((0, 0, 3))
PLAIN = Look(bloom=0.0)
FEW = Detail(scale=1.0, stars=900, lines=900)

Film = Callable[..., Picture]


@pytest.fixture
def film(offscreen: Offscreen) -> Iterator[Film]:
    """Return a function that draws what is seen of a gliding, by one scene from frame to frame."""
    scenes: dict[tuple[object, ...], Scene] = {}

    def drawn(
        gliding: Gliding,
        pose: Pose = POSE,
        *,
        look: Look = PLAIN,
        detail: Detail = FULL,
        by: str = "any",
        size: tuple[int, int] = SIZE,
    ) -> Picture:
        offscreen.make_current()
        scene = scenes.setdefault((by, look), Scene(gliding.world, look))
        if by == "points":
            scene._splatter = None
        elif by == "sums":
            if scene._splatter is None:
                pytest.skip("this OpenGL has no compute shaders")
            scene._splatter.pays = lambda *_: True  # type: ignore[method-assign]
        scene.follow(gliding)
        with offscreen.drawing(size):
            scene.light_up(pose, size, detail)
            scene.show(pose, size)
        return offscreen.read()[..., 2::-1] / 255

    yield drawn
    offscreen.make_current()
    for scene in scenes.values():
        scene.delete()


def clouds(n: int = 1500, seed: int = 3, names: list[str] | None = None) -> World:
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(12, 3)) * 0.6
    of = rng.integers(0, 12, n)
    places = middles[of] + 0.15 * rng.normal(size=(n, 3))
    order = np.argsort(of, kind="stable")
    pairs = [(int(a), int(b)) for k in (1, 2) for a, b in zip(order, order[k:], strict=False)]
    made = world_of(places, pairs, np.random.default_rng(9).integers(0, 90, n).tolist())
    if names is not None:
        made.galaxy.names[:] = names
    return made


def difference(one: Picture, other: Picture) -> tuple[float, float]:
    off = np.abs(one - other)
    return float(off.mean()), float(off.max())


def same(one: Picture, other: Picture) -> None:
    """Hold two pictures to be the same but for rounding: light is added up in another order."""
    mean, most = difference(one, other)
    assert (mean, most) <= (0.002, 1)
    assert most < 0.06


@pytest.mark.parametrize("by", ["points", "sums"])
def test_half_way_a_lone_star_lies_at_the_middle_of_its_way(film: Film, by: str) -> None:
    start, goal = np.array([-0.8, 0.3, 0.2]), np.array([0.6, -0.4, 0.9])
    world = world_of([start], popularity=0)
    gliding = Gliding(world)
    for steps, place in ((0, start), (1, (start + goal) / 2), (1, goal)):
        if not gliding.displaced:
            film(gliding, by=by)
            gliding.glide([goal], 2.0)
        for _ in range(steps):
            gliding.step(1.0)
        x, y = centroid(film(gliding, by=by))
        (pixel,), _ = POSE.project(place[None], SIZE)
        assert (x, y) == pytest.approx(tuple(pixel), abs=0.3)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("detail", [FULL, FEW])
def test_points_and_sums_show_the_same_at_any_time(
    film: Film, share: float, detail: Detail
) -> None:
    gliding = Gliding(clouds())
    goal = clouds(seed=4).positions.copy()
    goal[::7] = np.nan
    pictures = []
    for by in ("points", "sums"):
        if not gliding.displaced:
            film(gliding, by=by)
            gliding.glide(goal, 1.0)
            gliding.step(share)
        pictures.append(film(gliding, by=by, detail=detail))
    mean, _ = difference(*pictures)
    assert pictures[0].mean() > 0.02
    assert mean < 0.01


def test_setting_off_and_arriving_show_no_jump(film: Film) -> None:
    old, new = clouds(), clouds(seed=4)
    gliding = Gliding(old)
    before = film(gliding)
    new_gliding = gliding.reformed(new, matched(old, new), 1.0)
    same(before, film(new_gliding))
    new_gliding.step(0.5)
    assert difference(before, film(new_gliding))[0] > 0.008
    new_gliding.step(0.5 - 1e-6)
    nearly = film(new_gliding)
    new_gliding.step(0.5)
    assert not new_gliding.displaced
    there = film(new_gliding)
    same(nearly, there)
    # As if it had just been opened.
    fresh = film(Gliding(new), look=Look(bloom=1e-9))
    same(there, fresh)


def test_a_new_goal_on_the_way_shows_no_jump(film: Film) -> None:
    gliding = Gliding(clouds())
    film(gliding)
    gliding.glide(clouds(seed=4).positions, 1.0)
    film(gliding)
    gliding.step(0.4)
    before = film(gliding)
    gliding.glide(clouds(seed=5).positions, 1.0)
    same(before, film(gliding))
    after = gliding.reformed(clouds(seed=6), np.arange(1500), 1.0)
    same(before, film(after))


@pytest.mark.parametrize("reduced", [False, True])
def test_what_a_thread_worked_out_before_looks_the_same(
    film: Film, monkeypatch: pytest.MonkeyPatch, reduced: bool
) -> None:
    worlds = [clouds(), clouds(seed=6)]
    gliding = Gliding(worlds[0])
    film(gliding)
    steps: list[Callable[[Gliding], Gliding | None]] = [
        lambda then: then.glide(clouds(seed=4).positions, 1.0, fade=reduced),
        lambda then: then.glide(clouds(seed=5).positions, 1.0, fade=reduced),
        lambda then: then.reformed(worlds[1], np.arange(1500), 1.0, fade=reduced),
        lambda then: then.glide(clouds(seed=5).positions, 1.0, fade=reduced),
    ]
    for step in steps:
        seen = gliding.ahead(0.2)
        then = gliding.ahead(0.2)
        then = step(then) or then
        prepare(seen, then, PALETTES[PLAIN.palette])
        gliding.step(0.2)
        before = film(gliding)
        with monkeypatch.context() as patch:
            # Nothing is left to be worked out.
            patch.delattr(Way, "of")
            same(before, film(then))
            gliding = then
            gliding.step(0.1)
            film(gliding)


def test_who_is_new_fades_in_and_who_is_gone_fades_out(film: Film) -> None:
    old = world_of([(-1.2, 0, 0), (0, 0.5, 0)], popularity=60)
    new = world_of([(1.2, 0, 0), (0, 0.5, 0)], popularity=60)
    gliding = Gliding(old).reformed(new, np.array([-1, 1]), 1.0)
    film(Gliding(old))

    def lights() -> list[float]:
        picture = film(gliding)
        seen = np.maximum(picture - picture[0, 0], 0)
        return [float(side.sum()) for side in (seen[:, :80], seen[:, 160:])]

    came: list[list[float]] = []
    for step in (0.0, 0.3, 0.2, 0.2, 0.3):
        gliding.step(step)
        came.append(lights())
    left, right = np.array(came).T
    assert (np.diff(left) < 0).all()
    assert (np.diff(right) > 0).all()
    assert left[-1] < 0.02 * left[0]
    assert right[0] < 0.02 * right[-1]


def test_a_line_goes_with_the_artists_that_it_joins(film: Film) -> None:
    # Others far away make it a short one.
    ends = [(-0.1, 0, 0)] * 60 + [(0.1, 0, 0)] * 60
    others = [(0, 3, 0), (0, -3, 0)] * 30
    bundle = world_of(ends + others, [(k, 60 + k) for k in range(60)], popularity=0)
    gliding, near = Gliding(bundle), Pose((0, 0, 1))

    def middle() -> float:
        picture = film(gliding, near)
        return float((picture - picture[0, 0])[75:85, 115:125].max())

    there = middle()
    assert there > 0.1
    goal = bundle.positions.copy()
    goal[60:120] = np.nan
    gliding.glide(goal, 1.0)
    gliding.step(0.5)
    assert 0.3 * there < middle() < 0.9 * there
    gliding.step(0.5)
    assert middle() < 0.01
    gliding.glide(bundle.positions, 1.0)
    gliding.step(1.0)
    assert middle() == pytest.approx(there, abs=0.01)


@pytest.mark.parametrize("inside", [False, True])
def test_what_is_seen_is_never_left_out(film: Film, inside: bool) -> None:
    gliding = Gliding(clouds())
    pose = looking_at((0.1, 0.2, 0.3), (1, 0, 0.1)) if inside else POSE
    film(gliding, pose)
    gliding.glide(clouds(seed=4).positions, 1.0)
    for step in (0.25, 0.25, 0.5):
        gliding.step(step)
        chosen = film(gliding, pose, detail=Detail(stars=10**6, lines=10**6))
        same(chosen, film(gliding, pose))


def test_colours_change_with_the_places_and_end_as_they_belong(film: Film) -> None:
    old, new = clouds(), clouds(seed=4)
    gliding = Gliding(old)
    film(gliding)
    gliding = gliding.reformed(new, matched(old, new), 1.0)
    means = []
    for step in (0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1):
        gliding.step(step)
        means.append(film(gliding).mean(axis=(0, 1)))
    steps = np.abs(np.diff(means, axis=0))
    assert steps.max() < 0.02


def test_reduced_motion_fades_across(film: Film) -> None:
    world = world_of([(-0.8, 0, 0), (0.8, 0.2, 0)], popularity=60)
    gliding = Gliding(world)
    before = film(gliding)
    gliding.glide([(0, 0.7, 0), (0, -0.7, 0)], fade=True)
    same(before, film(gliding))
    gliding.step(0.2)
    between = film(gliding)
    gliding.step(0.2)
    after = film(gliding)
    for y, x in zip(*np.nonzero(before.max(axis=2) > 0.3), strict=True):
        assert 0 < between[y, x].max() < before[y, x].max()
    for y, x in zip(*np.nonzero(after.max(axis=2) > 0.3), strict=True):
        assert 0 < between[y, x].max() < after[y, x].max()


def test_undo_on_the_way_and_palettes_meanwhile(film: Film) -> None:
    old, new = clouds(), clouds(seed=4)
    found = matched(old, new)
    gliding = Gliding(old)
    film(gliding)
    for world in (new, old, new):
        gliding = gliding.reformed(world, found, 1.0)
        gliding.step(0.3)
        assert film(gliding).mean() > 0.02
    scene = Scene(new, PLAIN)
    scene.follow(gliding)
    scene.look = Look(bloom=0.0, palette="ember")
    gliding.step(1.0)
    scene.follow(gliding)
    assert not gliding.moving
    assert len(scene._bodies.all) == 1
    np.testing.assert_allclose(
        scene._bodies.present.lights[:, :3],
        Scene(new, Look(palette="ember"))._bodies.present.lights[:, :3],
        atol=1e-6,
    )
    assert PALETTES["ember"] is scene._palette
    scene.delete()


def test_a_line_that_grows_too_long_fades_away_and_comes_back(film: Film) -> None:
    ends = [(-0.1, 0, 0)] * 60 + [(0.1, 0, 0)] * 60
    bundle = world_of(
        ends + [(0, 3, 0), (0, -3, 0)] * 30, [(k, 60 + k) for k in range(60)], popularity=0
    )
    gliding, near = Gliding(bundle), Pose((0, 0, 1))
    before = film(gliding, near)
    far = bundle.positions.copy()
    far[60:120, 0] = 3
    gliding.glide(far, 1.0)
    same(before, film(gliding, near))
    gliding.step(1.0)
    assert (film(gliding, near)[75:85, 115:125] - before[0, 0]).max() < 0.01
    gliding.glide(bundle.positions, 1.0)
    gliding.step(0.9999)
    same(before, film(gliding, near))


@pytest.mark.parametrize("reduced", [False, True])
def test_the_same_lines_of_two_galaxies_are_one_line_all_the_time(
    film: Film, reduced: bool
) -> None:
    ends = [(-0.1, 0, 0)] * 60 + [(0.1, 0, 0)] * 60 + [(0, 3, 0), (0, -3, 0)] * 30
    pairs = [(k, 60 + k) for k in range(60)]
    old, new = (world_of(ends, pairs, popularity=0) for _ in range(2))
    near = Pose((0, 0, 1))
    before = film(Gliding(old), near)
    assert (before[75:85, 115:125] - before[0, 0]).max() > 0.1
    gliding = Gliding(old).reformed(new, matched(old, new), 0.4, fade=reduced)
    for _ in range(5):
        same(before, film(gliding, near))
        gliding.step(0.1)


def test_buffers_are_made_once_for_each_way(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    set_data = gloo.VertexBuffer.set_data

    def counted(self: gloo.VertexBuffer, data: object, **kinds: object) -> None:
        made.append(np.asarray(data).nbytes)
        set_data(self, data, **kinds)

    gliding = Gliding(clouds())
    film(gliding)
    gliding.glide(clouds(seed=4).positions, 1.0)
    film(gliding)
    monkeypatch.setattr(gloo.VertexBuffer, "set_data", counted)
    for _ in range(5):
        gliding.step(0.1)
        film(gliding)
    assert max(made, default=0) < 1500 * 19 * 4


def test_without_compute_shaders_it_works_all_the_same(film: Film) -> None:
    assert Splatter.pays(SIZE, 10**6)
    gliding = Gliding(clouds(300))
    film(gliding, by="points")
    gliding.glide(clouds(300, seed=4).positions, 1.0)
    gliding.step(1.0)
    assert film(gliding, by="points").mean() > 0.01
