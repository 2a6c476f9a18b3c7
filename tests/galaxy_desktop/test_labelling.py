from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding.galaxy_file import load
from galaxy_desktop.model.atlas import atlas_file
from galaxy_desktop.model.framing import heart, home_pose
from galaxy_desktop.model.label_candidates import ALWAYS
from galaxy_desktop.model.label_kinds import Kind, PlacedLabel
from galaxy_desktop.model.label_tracks import FADE_IN, FADE_OUT
from galaxy_desktop.model.labelling import Labeller
from galaxy_desktop.model.look import Look
from galaxy_desktop.model.orbit import OWN_TURN
from galaxy_desktop.model.pose import Pose, looking_at
from galaxy_desktop.model.star_size import widening
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.worlds import world

SIZE = (1280.0, 800.0)
FRAME = 1 / 60


def measure(text: str, kind: Kind, size: int) -> tuple[float, float]:
    plate = 12 if kind in ("selected", "hovered") else 0
    return 0.55 * size * len(text) + plate, 1.35 * size + plate / 2


def galaxy(n: int = 1500, seed: int = 1) -> World:
    """Return clusters of artists, with tags."""
    rng = np.random.default_rng(seed)
    cluster = rng.integers(0, 12, n)
    middles = rng.normal(size=(12, 3))
    places = middles[cluster] + rng.normal(size=(n, 3)) * 0.15
    return world(places, 100 * rng.random(n) ** 3, tags=[(f"scene {c}",) for c in cluster.tolist()])


@pytest.fixture(scope="module")
def stars() -> World:
    return galaxy()


def labeller(stars: World) -> Labeller:
    made = Labeller(stars, measure)
    made.prepare()
    return made


def boxes(labels: Iterable[PlacedLabel]) -> set[tuple[object, str, float, float]]:
    return {(b.key, b.kind, round(b.x, 6), round(b.y, 6)) for b in labels}


def assert_apart(labels: list[PlacedLabel]) -> None:
    for one, other in combinations(labels, 2):
        across = max(one.x, other.x) - min(one.x + one.width, other.x + other.width)
        down = max(one.y, other.y) - min(one.y + one.height, other.y + other.height)
        assert max(across, down) >= -1e-6, (one, other)


def around(stars: World, turn: float, away: float, height: float = 0.4) -> Pose:
    place = stars.centre + np.array([np.sin(turn), height, np.cos(turn)]) * away * stars.radius
    return looking_at(place, stars.centre)


angle, distance = st.floats(0, 6.3), st.floats(0.05, 4.0)


@settings(max_examples=60)
@given(angle, distance, st.sampled_from([(1280, 800), (640, 480), (2560, 720), (200, 90)]))
def test_no_two_names_overlap_and_all_are_in_the_picture(
    turn: float, away: float, size: tuple[int, int]
) -> None:
    stars = galaxy()
    shown = labeller(stars).update(around(stars, turn, away), size, 1.0)
    assert_apart(shown)
    for label in shown:
        assert label.x >= 0
        assert label.x + label.width <= size[0]
        assert label.y >= 0
        assert label.y + label.height <= size[1]
        assert 0 < label.alpha <= 1


def test_from_afar_landmarks_and_regions_are_named_and_from_near_everyone(stars: World) -> None:
    names = labeller(stars)
    far = names.update(around(stars, 0.3, 3.2), SIZE, 1.0)
    assert {b.kind for b in far} == {"landmark", "region"}
    assert len([b for b in far if b.kind == "landmark"]) >= 10
    assert len([b for b in far if b.kind == "region"]) >= 4
    near = looking_at(stars.positions[7] + [0, 0, 0.9 * ALWAYS * stars.radius], stars.positions[7])
    names = labeller(stars)
    shown = {b.key for b in names.update(near, SIZE, 1.0)}
    assert 7 in shown


def test_between_far_and_near_names_come_one_by_one(stars: World) -> None:
    names = labeller(stars)
    counts = []
    goal = stars.positions[stars.fame.argmax()].astype(float)
    for away in np.geomspace(3.5, 0.06, 240):
        pose = looking_at(goal + np.array([0.2, 0.1, 0.97]) * away * stars.radius, goal)
        counts.append(sum(b.alpha for b in names.update(pose, SIZE, FRAME)))
    assert min(counts[20:]) > 5
    assert np.abs(np.diff(counts[20:])).max() < 4


def test_a_tiny_movement_never_changes_the_names(stars: World) -> None:
    for turn, away in ((0.1, 0.3), (2.0, 0.8), (4.0, 2.5)):
        pose = around(stars, turn, away)
        names = labeller(stars)
        names.update(pose, SIZE, 1.0)
        still = {(b.key, b.kind) for b in names.update(pose, SIZE, 1.0)}
        rng = np.random.default_rng(3)
        for _ in range(120):
            shift = rng.normal(size=5) * 1e-4
            jitter = replace(
                pose,
                position=tuple(np.array(pose.position) + shift[:3] * stars.radius),
                yaw=pose.yaw + shift[3],
                pitch=pose.pitch + shift[4],
            )
            shown = names.update(jitter, SIZE, FRAME)
            assert {(b.key, b.kind) for b in shown} == still
            assert_apart(shown)


def flight(stars: World, frames: int = 480) -> list[Pose]:
    """Return a way around and into the galaxy."""
    ways = np.linspace(0, 1, frames)
    return [around(stars, 1.5 * s, 2.4 - 2.1 * s, 0.5 - 0.4 * s) for s in ways]


def test_along_a_flight_names_fade_and_never_jump_or_overlap(stars: World) -> None:
    names = labeller(stars)
    before: dict[object, PlacedLabel] = {}
    changes, last = [], Pose((0.0, 0.0, 0.0))
    small = Look(star_size=1 / widening(len(stars)))
    for pose in flight(stars):
        labels = names.update(pose, SIZE, FRAME, look=small)
        assert_apart(labels)
        now = {b.key: b for b in labels}
        assert len(now) == len(labels)
        for key, one in before.items():
            other = now.get(key)
            if other is None and not well_within(one):
                # It went out of the picture, or might have.
                continue
            changes.append((other.alpha if other else 0.0) - one.alpha)
            if other is not None and isinstance(key, int):
                # Its star may move fast; it stays on the side of it that it is on.
                assert side_of(other, stars, pose) == side_of(one, stars, last)
        assert all(now[key].alpha <= FRAME / FADE_IN + 1e-9 for key in now.keys() - before.keys())
        before, last = now, pose
    assert len(changes) > 5000
    assert max(changes) <= FRAME / FADE_IN + 1e-9
    # Where another comes near quickly, a name has to go more quickly than by itself.
    assert min(changes) > -0.85
    assert np.mean(np.array(changes) < -FRAME / FADE_OUT - 1e-9) < 0.02


def side_of(label: PlacedLabel, stars: World, pose: Pose) -> tuple[int, int]:
    """Return where a name stands from its star: left, on it or right, above, on it or below."""
    x, y = pose.project(stars.positions[[label.key]], SIZE)[0][0]
    across, down = label.x + label.width / 2 - x, label.y + label.height / 2 - y
    return sign(across, label.width), sign(down, label.height)


def sign(way: float, length: float) -> int:
    return 0 if abs(way) < 0.4 * length else 1 if way > 0 else -1


def well_within(label: PlacedLabel) -> bool:
    return 10 < label.x < SIZE[0] - label.width - 10 and 10 < label.y < SIZE[1] - label.height - 10


def test_the_same_flight_shows_the_same(stars: World) -> None:
    def fly() -> list[set[tuple[object, str, float, float]]]:
        names = labeller(stars)
        return [boxes(names.update(pose, SIZE, FRAME)) for pose in flight(stars, 80)]

    assert fly() == fly()


def test_names_fade_in_and_then_rest(stars: World) -> None:
    names = labeller(stars)
    pose = around(stars, 1.0, 1.0)
    first = names.update(pose, SIZE, 0.05)
    assert first
    assert max(b.alpha for b in first) == pytest.approx(0.05 / 0.15)
    assert not names.settled
    for _ in range(30):
        last = names.update(pose, SIZE, FRAME)
    assert names.settled
    assert names.update(pose, SIZE, FRAME) == last
    assert names.settled
    assert names.resting
    names.update(around(stars, 1.3, 1.0), SIZE, FRAME)
    assert not names.settled
    assert not names.resting


def test_what_is_pointed_at_and_chosen_comes_first(stars: World) -> None:
    selected = int(stars.fame.argmin())
    pose = looking_at(stars.positions[selected] + [0.1, 0.1, 1.0], stars.positions[selected])
    near = stars.tree.query(stars.positions[selected], 30)[1].tolist()
    hovered, related, lit = near[1], near[2:8], near[8:14]
    names = labeller(stars)
    before = names.update(pose, SIZE, 1.0)
    labels = names.update(pose, SIZE, 0.3, hovered, selected, related, lit)
    kinds = {b.key: b.kind for b in labels}
    assert kinds[selected] == "selected"
    assert kinds[hovered] == "hovered"
    assert [b.kind for b in labels[-2:]] == ["hovered", "selected"]
    assert sum(kind == "related" for kind in kinds.values()) >= 2
    assert {key for key, kind in kinds.items() if kind == "related"} <= set(related)
    assert {key for key, kind in kinds.items() if kind == "highlight"} <= set(lit)
    assert_apart(labels)
    for _ in range(40):
        after = names.update(pose, SIZE, FRAME)
    assert {b.kind for b in after} == {b.kind for b in before}


def test_no_name_covers_the_selected_star(stars: World) -> None:
    selected = int(stars.fame.argmax())
    for away in (0.05, 0.2, 1.0):
        pose = looking_at(
            stars.positions[selected] + np.array([0, 0, away * stars.radius]),
            stars.positions[selected],
        )
        (x, y), _ = pose.project(stars.positions[[selected]], SIZE)[0][0], None
        for label in labeller(stars).update(pose, SIZE, 1.0, None, selected):
            inside = label.x < x < label.x + label.width and label.y < y < label.y + label.height
            assert not inside, label


def test_a_selected_star_out_of_sight_is_pointed_to(stars: World) -> None:
    names = labeller(stars)
    selected = int(stars.fame.argmax())
    pose = looking_at(stars.positions[selected] + [0, 0, 1.0], stars.positions[selected])
    seen = names.update(pose, SIZE, 1.0, None, selected)
    assert names.pointer is None
    assert all(b.kind != "pointer" for b in seen)
    away = replace(pose, yaw=pose.yaw + 1.5)
    for _ in range(60):
        labels = names.update(away, SIZE, FRAME, None, selected)
    assert names.settled
    (arrow,) = (b for b in labels if b.kind == "pointer")
    (name,) = (b for b in labels if b.kind == "selected")
    assert arrow.x + arrow.width / 2 > SIZE[0] - 40
    assert name.x + name.width < arrow.x
    assert name.x + name.width > arrow.x - 60
    assert name.alpha == 1.0
    assert_apart(labels)


def test_the_name_glides_to_the_edge_and_does_not_jump(stars: World) -> None:
    names = labeller(stars)
    selected = int(stars.fame.argmax())
    pose = looking_at(stars.positions[selected] + [0, 0, 1.0], stars.positions[selected])
    names.update(pose, SIZE, 1.0, None, selected)
    before = None
    for turn in np.linspace(0, 1.4, 240):
        turned = replace(pose, yaw=pose.yaw + turn)
        (name,) = (
            b for b in names.update(turned, SIZE, FRAME, None, selected) if b.key == selected
        )
        if before is not None:
            assert abs(name.x - before.x) + abs(name.y - before.y) < 30
        before = name


def test_how_many_and_how_large_follow_the_look(stars: World) -> None:
    pose = around(stars, 0.5, 0.6)

    def shown(**changes: float) -> list[PlacedLabel]:
        return labeller(stars).update(pose, SIZE, 1.0, look=replace(Look(), **changes))

    usual = shown()
    assert shown(labels=0.0) == []
    assert len(shown(labels=0.3)) < len(usual) < len(shown(labels=2.0))
    assert len(usual) <= 70
    assert np.mean([b.size for b in shown(label_size=2.0)]) > 1.7 * np.mean([b.size for b in usual])
    assert_apart(shown(labels=2.0, label_size=2.0))
    hovered = labeller(stars).update(
        pose,
        SIZE,
        1.0,
        hovered=next(b.key for b in usual if isinstance(b.key, int)),
        look=replace(Look(), labels=0.0),
    )
    assert [b.kind for b in hovered] == ["hovered"]


def test_until_it_is_prepared_only_what_is_chosen_is_named(stars: World) -> None:
    names = Labeller(stars, measure)
    selected = int(stars.fame.argmax())
    pose = looking_at(stars.positions[selected] + [0, 0, 1.0], stars.positions[selected])
    assert not names.ready
    assert names.update(pose, SIZE, 1.0) == []
    assert [b.key for b in names.update(pose, SIZE, 1.0, None, selected)] == [selected]
    names.prepare()
    assert names.ready
    assert len(names.update(pose, SIZE, 1.0, None, selected)) > 5


def test_the_name_under_the_cursor_is_found(stars: World) -> None:
    names = labeller(stars)
    labels = names.update(around(stars, 0.5, 0.6), SIZE, 1.0)
    star = next(b for b in labels if isinstance(b.key, int))
    assert names.at(labels, star.x + 3, star.y + 3) == star.key
    region = next(b for b in labels if b.kind == "region")
    assert names.at(labels, region.x + 3, region.y + 3) is None
    assert names.at(labels, -5, -5) is None


@pytest.mark.parametrize(
    "stars",
    [
        world([[0, 0, 0]], [70], names=["N" * 300]),
        world([[1, 2, 3]] * 40),
        world([[0, 0, 0], [1e-9, 0, 0]], [0, 0], names=["\u202e\n", "أم كلثوم"]),
    ],
    ids=["one artist", "all at one point", "odd names"],
)
def test_odd_galaxies_are_named_too(stars: World) -> None:
    names = labeller(stars)
    pose = looking_at(stars.centre + np.array([0, 0, 2.0]), stars.centre)
    labels = names.update(pose, SIZE, 1.0, None, 0)
    assert labels
    assert_apart(labels)
    assert all(b.text.isprintable() and len(b.text) < 60 for b in labels)
    within = replace(pose, position=tuple(stars.centre.tolist()))
    assert_apart(names.update(within, SIZE, 1.0, None, 0))
    assert names.update(pose, (0, 0), 1.0) == []


def test_reset_forgets_what_was_shown(stars: World) -> None:
    names = labeller(stars)
    pose = around(stars, 0.5, 0.6)
    alone = names.update(pose, SIZE, 1.0)
    for other in flight(stars, 30):
        names.update(other, SIZE, 0.2)
    names.reset()
    assert names.update(pose, SIZE, 1.0) == alone


def test_names_come_to_rest_where_two_stars_are_at_one_place() -> None:
    chooser = labeller(world([[0, 0, 0], [0, 0, 0], [3, 0, 0]]))
    for selected in (0, 1, 0):
        for hovered in (0, 1, 0, None):
            for _ in range(100):
                chooser.update(Pose((0, 0, 1)), SIZE, 0.05, hovered, selected)
            assert chooser.settled


def rested(names: Labeller, pose: Pose, hovered: int | None = None) -> list[PlacedLabel]:
    for _ in range(80):
        shown = names.update(pose, SIZE, FRAME, hovered)
    assert names.settled
    return shown


@settings(max_examples=15)
@given(angle, distance, st.lists(st.tuples(angle, distance), min_size=1, max_size=4))
def test_a_view_come_to_rest_in_has_the_same_names_whatever_was_seen_on_the_way(
    turn: float, away: float, before: list[tuple[float, float]]
) -> None:
    stars = galaxy()
    pose, names = around(stars, turn, away), labeller(stars)
    for one, other in pairwise([*before, (turn, away)]):
        for part in np.linspace(0, 1, 12):
            between = np.add(np.multiply(one, 1 - part), np.multiply(other, part))
            assert_apart(names.update(around(stars, *between.tolist()), SIZE, 3 * FRAME))
    shown, alone = rested(names, pose), labeller(stars).update(pose, SIZE, 9.0)
    assert boxes(shown) == boxes(alone)
    alphas = {b.key: b.alpha for b in alone}
    assert {b.key: b.alpha for b in shown} == pytest.approx(alphas)


def test_at_rest_names_change_places_by_fading_only(stars: World) -> None:
    names = labeller(stars)
    for pose in flight(stars, 60):
        before = {b.key: b for b in names.update(pose, SIZE, 2 * FRAME)}
    for _ in range(80):
        shown = names.update(pose, SIZE, FRAME)
        assert_apart(shown)
        now = {b.key: b for b in shown}
        for key in before.keys() | now.keys():
            one, other = before.get(key), now.get(key)
            was, is_now = (b.alpha if b else 0.0 for b in (one, other))
            assert -FRAME / FADE_OUT - 1e-9 <= is_now - was <= FRAME / FADE_IN + 1e-9
            if one and other and max(abs(one.x - other.x), abs(one.y - other.y)) > 1e-6:
                # It was gone before it came back elsewhere.
                assert was <= FRAME / FADE_OUT + 1e-9
        before = now
    assert names.settled


def test_pointing_at_a_star_moves_no_other_names_about(stars: World) -> None:
    names = labeller(stars)
    pose = around(stars, 0.5, 0.6)
    before = boxes(rested(names, pose))
    named = {key for key, _, _, _ in before}
    other = next(a for a in range(len(stars)) if a not in named and well_seen(stars, pose, a))
    shown = boxes(b for b in rested(names, pose, other) if b.key != other)
    assert shown <= before
    assert len(before - shown) <= 3
    assert boxes(rested(names, pose)) == before


def well_seen(stars: World, pose: Pose, artist: int) -> bool:
    (x, y), depth = (values[0] for values in pose.project(stars.positions[[artist]], SIZE))
    return bool(depth > 0 and 200 < x < SIZE[0] - 200 and 200 < y < SIZE[1] - 200)


@pytest.fixture(scope="module")
def atlas() -> Labeller:
    return labeller(World(load(atlas_file())))


@pytest.mark.parametrize("size", [(960.0, 769.0), (1600.0, 1049.0)])
def test_from_afar_about_twenty_five_landmarks_of_the_atlas_are_seen(
    atlas: Labeller, size: tuple[float, float]
) -> None:
    """The canvas of a window of 1280x800, and of one of 1920x1080, beside the sidebar."""
    stars = atlas.world
    home = home_pose(stars, size[0] / size[1])
    away = np.linalg.norm(heart(stars) - home.position)

    def turned(turn: float) -> Pose:
        look = replace(home, yaw=home.yaw + turn)
        return replace(look, position=tuple((heart(stars) - look.forward * away).tolist()))

    for turn in np.arange(0, math.tau, 0.7):
        atlas.reset()
        shown = atlas.update(turned(turn), size, 9.0)
        assert_apart(shown)
        assert 22 <= sum(b.kind == "landmark" for b in shown) <= 28
        assert sum(b.kind == "region" for b in shown) >= 6
        assert all(b.alpha >= 0.5 for b in shown)
    atlas.reset()
    came: dict[object, float] = {}
    stays: list[float] = []
    for seconds in np.arange(0, 30, 0.1):
        shown = atlas.update(turned(OWN_TURN * seconds), size, 0.1)
        assert_apart(shown)
        if seconds > 1:
            assert 21 <= sum(b.kind == "landmark" and b.alpha > 0.2 for b in shown) <= 29
        now = {b.key for b in shown}
        stays += [seconds - came[key] for key in came.keys() - now]
        came = {key: came.get(key, seconds) for key in now}
    # Nothing flickers: what comes stays for a while.
    assert np.percentile(stays, 5) > 0.7
    assert np.median(stays) > 5
