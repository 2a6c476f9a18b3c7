"""Which names are shown, and where."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding.galaxy_file import load
from galaxy_desktop.model.atlas import atlas_file
from galaxy_desktop.model.framing import heart, home_pose
from galaxy_desktop.model.label_candidates import ALWAYS
from galaxy_desktop.model.label_kinds import PlacedLabel
from galaxy_desktop.model.labelling import Labeller
from galaxy_desktop.model.look import Look
from galaxy_desktop.model.orbit import OWN_TURN
from galaxy_desktop.model.pose import Pose, looking_at
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
    measure,
    rested,
)
from tests.galaxy_desktop.worlds import world


@pytest.fixture(scope="module")
def stars() -> World:
    return galaxy()


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
