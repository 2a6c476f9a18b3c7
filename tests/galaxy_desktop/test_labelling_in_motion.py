"""Names while the camera moves and as it comes to rest: they fade and never jump."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from galaxy_desktop.model.label_kinds import PlacedLabel
from galaxy_desktop.model.label_tracks import FADE_IN, FADE_OUT
from galaxy_desktop.model.look import Look
from galaxy_desktop.model.pose import Pose, looking_at
from galaxy_desktop.model.star_size import widening
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.naming import (
    FRAME,
    SIZE,
    angle,
    around,
    assert_apart,
    boxes,
    distance,
    flight,
    galaxy,
    labeller,
    rested,
)
from tests.galaxy_desktop.worlds import world


@pytest.fixture(scope="module")
def stars() -> World:
    return galaxy()


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


def test_names_come_to_rest_where_two_stars_are_at_one_place() -> None:
    chooser = labeller(world([[0, 0, 0], [0, 0, 0], [3, 0, 0]]))
    for selected in (0, 1, 0):
        for hovered in (0, 1, 0, None):
            for _ in range(100):
                chooser.update(Pose((0, 0, 1)), SIZE, 0.05, hovered, selected)
            assert chooser.settled


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
