import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding.directions import Directions
from embedding.errors import InputError
from embedding.paths import path


def circle(degrees) -> np.ndarray:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def arc(vectors: np.ndarray, start: int, end: int, count: int) -> np.ndarray:
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    a, b = unit[start], unit[end]
    angle = np.arccos(a @ b)
    t = np.linspace(0, 1, count)[:, None]
    return (np.sin((1 - t) * angle) * a + np.sin(t * angle) * b) / np.sin(angle)


def steps(vectors: np.ndarray, way) -> np.ndarray:
    unit = vectors[list(way)] / np.linalg.norm(vectors[list(way)], axis=1, keepdims=True)
    return np.arccos(np.clip((unit[:-1] * unit[1:]).sum(axis=1), -1, 1))


def one_by_one(vectors: np.ndarray, start: int, end: int, count: int) -> list[int]:
    """For each point of the arc in turn the nearest artist that is not yet used."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    way = [start]
    for point in arc(vectors, start, end, count)[1:-1]:
        order = np.argsort(-(unit @ point), kind="stable").tolist()
        way.append(next(i for i in order if i not in way and i != end))
    return [*way, end]


def test_an_even_arc_is_walked_in_order():
    vectors = circle([0, 80, 10, 70, 20, 60, 30, 50, 40]) * np.arange(1, 10)[:, None]
    found = path(vectors, 0, 1, 9)
    assert found.artists == (0, 2, 4, 6, 8, 7, 5, 3, 1)
    np.testing.assert_allclose(np.degrees(found.angles), 10, atol=1e-4)
    np.testing.assert_allclose(found.matches, np.cos(np.radians(10)) ** 2, atol=1e-6)
    assert found.leaps == ()


def test_evenly_spaced_artists_are_taken_of_many():
    found = path(circle(range(91)), 0, 90, 4)
    assert found.artists == (0, 30, 60, 90)


def test_a_gap_is_a_leap():
    vectors = circle([0, 5, 10, 15, 20, 80, 85, 90])
    found = path(vectors, 0, 7, 8)
    assert found.artists == tuple(range(8))
    assert found.largest == 4
    assert found.largest_angle == pytest.approx(np.radians(60), abs=1e-6)
    assert found.leaps == (4,)


def test_where_all_steps_are_long_all_are_leaps():
    assert path(circle([0, 50, 100]), 0, 2, 3).leaps == (0, 1)
    assert path(circle([0, 40, 80]), 0, 2, 3).leaps == ()


def test_a_step_that_is_hardly_felt_is_no_leap():
    found = path(circle([0, 2, 4, 6, 25, 27, 29, 31]), 0, 7, 8)
    assert found.angles[found.largest] > 9 * np.median(found.angles)
    assert found.leaps == ()
    assert path(circle([0, 2, 4, 6, 38, 40, 42, 44]), 0, 7, 8).leaps == (3,)


def test_backwards_is_the_other_way_round():
    vectors = circle(range(0, 91, 3))
    there, back = path(vectors, 0, 30, 7), path(vectors, 30, 0, 7)
    assert there.artists == back.artists[::-1]


@settings(max_examples=40)
@given(st.integers(30, 500), st.integers(3, 10), st.integers(3, 30), st.integers(0, 10_000))
def test_on_any_cloud(n, d, count, seed):
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(n, d)).astype(np.float32)
    start, end = rng.choice(n, 2, replace=False).tolist()
    found = path(vectors, start, end, count)
    assert len(found.artists) == count == len(set(found.artists))
    assert (found.artists[0], found.artists[-1]) == (start, end)
    wide = vectors.astype(np.float64)
    np.testing.assert_allclose(found.angles, steps(wide, found.artists), atol=1e-5)
    np.testing.assert_allclose(found.matches, np.maximum(np.cos(found.angles), 0) ** 2, atol=1e-9)
    assert found.largest_angle == max(found.angles)
    naive = one_by_one(wide, start, end, count)
    assert found.largest_angle <= steps(wide, naive).max() + 1e-5


def test_on_average_the_largest_step_is_much_smaller_than_one_by_one():
    ratios = []
    for seed in range(15):
        wide = np.random.default_rng(seed).normal(size=(1000, 8)).astype(np.float32).astype(float)
        naive = steps(wide, one_by_one(wide, 0, 1, 10)).max()
        ratios.append(path(wide, 0, 1, 10).largest_angle / naive)
    assert np.mean(ratios) < 0.8


@pytest.mark.parametrize("seed", [18, 100, 127, 155])
def test_where_going_onward_costs_a_leap_one_by_one_is_kept(seed):
    wide = np.random.default_rng(seed).normal(size=(60, 2)).astype(np.float32).astype(float)
    naive = one_by_one(wide, 0, 1, 10)
    assert path(wide, 0, 1, 10).artists == tuple(naive)


def test_the_way_stays_near_the_arc():
    for seed in range(10):
        wide = np.random.default_rng(seed).normal(size=(2000, 4))
        unit = wide / np.linalg.norm(wide, axis=1, keepdims=True)
        points = arc(wide, 0, 1, 8)[1:-1]
        found = path(wide, 0, 1, 8)
        for artist, point in zip(found.artists[1:-1], points, strict=True):
            nearer = np.count_nonzero(unit @ point > unit[artist] @ point + 1e-9)
            assert nearer < 64


def test_as_many_as_there_are():
    vectors = np.random.default_rng(0).normal(size=(12, 3))
    assert sorted(path(vectors, 3, 9, 12).artists) == list(range(12))


def test_copies_of_one_artist_are_different_artists():
    found = path(np.ones((40, 8), np.float32), 5, 6, 30)
    assert len(set(found.artists)) == 30
    assert found.largest_angle == 0
    halves = np.concatenate([np.tile([1.0, 0], (20, 1)), np.tile([0, 1.0], (20, 1))])
    found = path(halves, 0, 39, 30)
    assert len(set(found.artists)) == 30
    assert len(found.leaps) == 1


def test_filters():
    vectors = circle(range(0, 91, 5))
    popularity = np.arange(19, dtype=np.uint8)
    plain = path(vectors, 0, 18, 5)
    other = path(vectors, 0, 18, 5, exclude=plain.artists[1:-1])
    assert not set(plain.artists[1:-1]) & set(other.artists)
    ranged = path(vectors, 0, 18, 5, popularity=popularity, popularity_range=(5, 9))
    assert all(5 <= i <= 9 for i in ranged.artists[1:-1])


def test_an_artist_without_direction_is_never_met():
    vectors = circle([0, 30, 60, 90])
    vectors[1] = 0
    with pytest.raises(InputError, match="only 3 may be on it"):
        path(vectors, 0, 3, 4)
    with pytest.raises(InputError, match="artist 1 has an empty vector"):
        path(vectors, 0, 1, 3)


@pytest.mark.parametrize(
    ("start", "end", "count", "message"),
    [
        (0, 0, 3, '"A" is given twice'),
        (0, 1, 2, "ask for 3 to 30"),
        (0, 1, 31, "ask for 3 to 30"),
        (0, 1, 5, "only 4 may be on it"),
        (0, 3, 4, '"A" and "D" are exact opposites'),
    ],
)
def test_what_cannot_be_walked_is_refused(start, end, count, message):
    with pytest.raises(InputError, match=message):
        path(circle([0, 40, 90, 180]), start, end, count, names=list("ABCD"))


@pytest.mark.parametrize("absent", [-1, 4])
def test_absent_artists_are_refused(absent):
    with pytest.raises(IndexError, match="no artist"):
        path(circle([0, 40, 90, 180]), 0, absent, 3)


def test_among_a_hundred_thousand_a_path_is_quick():
    directions = Directions(np.random.default_rng(0).normal(size=(100_000, 8)))
    best = np.inf
    for end in (1, 2, 3):
        start = time.process_time()
        path(directions, 0, end, 8)
        best = min(best, time.process_time() - start)
    assert best < 0.1
