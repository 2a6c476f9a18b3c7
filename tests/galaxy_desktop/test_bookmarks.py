from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from galaxy_desktop.model.bookmarks import PNG, Bookmarks
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.storage import Places
from tests.galaxy_desktop.worlds import world

STARS = np.array([[0, 0, 0], [1, 0, 0], [0, 2, 0], [0, 0, 3]], np.float32)
HERE = world(STARS, names=["Ada", "Bo", "椎名林檎", "Di"], title="Home")
POSE = Pose((0.5, 0.25, 1.0), 0.5, -0.25, 70.0)
PICTURE = PNG + b"not much of a picture"


def fresh(tmp_path: Path, said: list[str] | None = None) -> Bookmarks:
    marks = Bookmarks(Places.under(tmp_path), said.append if said is not None else pytest.fail)
    marks.load()
    return marks


def test_they_last_from_start_to_start(tmp_path: Path) -> None:
    marks = fresh(tmp_path)
    heard: list[int] = []
    marks.changed.connect(lambda: heard.append(1))
    first = marks.add("  A place\n", POSE, HERE, 2, PICTURE)
    second = marks.add("", replace(POSE, yaw=2.0), HERE)
    assert (first.name, first.artist, first.galaxy) == ("A place", "椎名林檎", "Home")
    assert (second.name, second.artist) == ("Ada", "Ada")  # nearest to the camera
    again = fresh(tmp_path)
    assert again.all == (first, second)
    assert again.picture(first) == PICTURE
    assert again.picture(second) is None
    assert len(heard) == 2


def test_a_view_is_about_no_artist(tmp_path: Path) -> None:
    marks = fresh(tmp_path)
    view, artist = marks.add("A view", POSE, HERE), marks.add("", POSE, HERE, 0)
    assert (view.artist, view.about) == (artist.artist, False)
    assert marks.about(HERE, 0) == fresh(tmp_path).about(HERE, 0) == (artist,)
    assert marks.about(HERE, 1) == ()


def test_a_mark_finds_an_artist_that_has_an_id_by_now(tmp_path: Path) -> None:
    marks = fresh(tmp_path)
    mark = marks.add("", POSE, HERE, 3)
    merged = world(STARS, names=["Ada", "Bo", "椎名林檎", "Di"], ids=["w", "x", "y", "z"])
    assert marks.about(merged, 3) == (mark,)


def test_they_can_be_renamed_moved_and_removed(tmp_path: Path) -> None:
    marks = fresh(tmp_path)
    a, b, c = (marks.add(name, POSE, HERE, 0, PICTURE) for name in "abc")
    marks.move(c, 0)
    marks.rename(a, " the  first ")
    marks.rename(b, "  ")
    marks.remove(b)
    assert [mark.name for mark in fresh(tmp_path).all] == ["c", "the first"]
    assert len(list(tmp_path.rglob("*.png"))) == 2
    marks.move(a, 99)
    marks.remove(b)  # gone already
    assert [mark.id for mark in fresh(tmp_path).all] == [c.id, a.id]


def test_in_its_own_galaxy_it_is_the_very_same_pose(tmp_path: Path) -> None:
    mark = fresh(tmp_path).add("x", POSE, HERE, 3)
    assert mark.pose_in(world(STARS, names=["Ada", "Bo", "椎名林檎", "Di"])) == POSE


def test_after_a_rebuild_its_artist_is_at_the_same_place_in_the_picture(tmp_path: Path) -> None:
    mark = fresh(tmp_path).add("x", POSE, HERE, 1)
    other = world(STARS[::-1] * 2 + 5, names=["Bo", "Cy", "Ada", "New"])
    pose = mark.pose_in(other)
    assert pose is not None
    size = (800.0, 600.0)
    before, depth = POSE.project(HERE.positions[[1]], size)
    after, new_depth = pose.project(other.positions[[0]], size)
    np.testing.assert_allclose(after, before, atol=1e-3)
    assert new_depth == pytest.approx(2 * depth, rel=1e-5)
    assert mark.pose_in(world(STARS, names=["P", "Q", "R", "S"])) is not None  # same places
    assert mark.pose_in(world(STARS * 3, names=["P", "Q", "R", "S"])) is None


def test_entries_that_are_none_are_left_out_and_not_lost(tmp_path: Path) -> None:
    marks = fresh(tmp_path)
    good = marks.add("good", POSE, HERE, 0)
    path = Places.under(tmp_path).data / "bookmarks.json"
    content = json.loads(path.read_text("utf-8"))
    entry = content["bookmarks"][0]
    content["bookmarks"] += [
        7,
        entry | {"id": "../../evil"},
        entry | {"id": "b", "pose": {}},
        entry | {"id": "c", "offset": [0, 0, "far"]},
        entry | {"id": "d", "name": ""},
    ]
    path.write_text(json.dumps(content), "utf-8")
    said: list[str] = []
    marks = fresh(tmp_path, said)
    assert marks.all == (good,)
    assert len(said) == 1
    assert said[0].startswith("5 of 6 bookmarks could not be read")
    marks.rename(good, "better")
    (copy,) = path.parent.glob("bookmarks.json.broken-*")
    assert len(json.loads(copy.read_text("utf-8"))["bookmarks"]) == 6


def test_what_is_no_picture_is_not_shown(tmp_path: Path) -> None:
    marks = fresh(tmp_path)
    mark = marks.add("x", POSE, HERE, 0, PICTURE)
    (file,) = tmp_path.rglob("*.png")
    file.write_text("<html>")
    assert marks.picture(mark) is None


def test_a_disk_that_cannot_be_written_is_told_and_the_bookmark_stays_for_now(
    tmp_path: Path,
) -> None:
    Places.under(tmp_path).data.write_text("a file where the folder should be")
    said: list[str] = []
    marks = fresh(tmp_path, said)
    marks.add("x", POSE, HERE, 0, PICTURE)
    assert [mark.name for mark in marks.all] == ["x"]
    assert said
    assert all(sentence.endswith(".") for sentence in said)
