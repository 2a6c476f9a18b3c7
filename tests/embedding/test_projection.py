import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding.errors import InputError
from embedding.projection import align, project

LENGTHS = ("plain", "log")


def cloud(n: int, d: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return (rng.normal(size=(n, d)) * np.linspace(3, 1, d) + 5).astype(np.float32)


def radius(positions: np.ndarray) -> float:
    return float(np.sqrt((positions.astype(np.float64) ** 2).sum(axis=1).mean()))


def rotation(seed: int, d: int = 3) -> np.ndarray:
    return np.linalg.qr(np.random.default_rng(seed).normal(size=(d, d)))[0]


@settings(max_examples=25)
@given(st.integers(2, 60), st.integers(3, 12), st.integers(0, 1000))
def test_result_is_centred_and_of_unit_radius(n, d, seed):
    positions = project(cloud(n, d, seed))
    assert positions.shape == (n, 3)
    assert positions.dtype == np.float32
    assert np.abs(positions.mean(axis=0)).max() < 1e-5
    assert radius(positions) == pytest.approx(1, abs=1e-5)


@settings(max_examples=25)
@given(st.integers(0, 1000))
def test_axes_are_the_widest_directions_in_order(seed):
    vectors = cloud(50, 6, seed).astype(np.float64)
    positions = project(vectors).astype(np.float64)
    spectrum = np.linalg.svd(vectors - vectors.mean(axis=0), compute_uv=False)[:3]
    widths = np.linalg.norm(positions, axis=0)
    np.testing.assert_allclose(widths / widths[0], spectrum / spectrum[0], rtol=1e-5)
    assert abs(positions[:, 0] @ positions[:, 1]) < 1e-4


@settings(max_examples=25)
@given(st.integers(1, 40), st.integers(3, 12), st.integers(0, 1000), st.sampled_from(LENGTHS))
def test_positions_are_those_of_scikit_learn(n, d, seed, lengths):
    vectors = cloud(n, d, seed)
    theirs = project(vectors, lengths, "reference")
    np.testing.assert_allclose(project(vectors, lengths), theirs, atol=1e-4)


def test_three_dimensions_are_only_turned():
    vectors = cloud(40, 3)
    positions = project(vectors)
    before = np.linalg.norm(vectors[:, None] - vectors[None], axis=2)
    after = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    scale = after.sum() / before.sum()
    np.testing.assert_allclose(after, before * scale, atol=1e-5)


@settings(max_examples=25)
@given(st.integers(0, 500), st.floats(0.01, 1e4))
def test_turning_moving_and_scaling_the_vectors_changes_nothing(seed, scale):
    vectors = cloud(80, 4, seed).astype(np.float64)
    moved = scale * (vectors @ rotation(seed, 4)) + 3 * scale
    np.testing.assert_allclose(project(moved), project(vectors), atol=2e-4)


def test_each_axis_points_at_its_farthest_artist():
    positions = project(cloud(100, 5))
    farthest = np.abs(positions).argmax(axis=0)
    assert (positions[farthest, np.arange(3)] > 0).all()


def test_of_equally_far_artists_the_first_decides():
    assert project(np.array([[-2.0, 0, 0], [2, 0, 0], [0, 1, 0], [0, -1, 0]]))[0, 0] > 0
    assert project(np.array([[2.0, 0, 0], [-2, 0, 0], [0, 1, 0], [0, -1, 0]]))[0, 0] > 0


def test_exact_positions_of_a_cross():
    cross = np.array([[9.0, 5, 0, 1], [1, 5, 0, 1], [5, 7, 0, 1], [5, 3, 0, 1]])
    unit = 1 / np.sqrt((16 + 16 + 4 + 4) / 4)
    expected = np.array([[4, 0, 0], [-4, 0, 0], [0, 2, 0], [0, -2, 0]]) * unit
    np.testing.assert_allclose(project(cross), expected, atol=1e-6)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_few_artists(n):
    positions = project(cloud(n, 8))
    assert positions.shape == (n, 3)
    assert np.isfinite(positions).all()
    assert radius(positions) == pytest.approx(0 if n == 1 else 1, abs=1e-6)
    assert not positions[:, max(n - 1, 0) :].any()


@pytest.mark.parametrize("value", [0.0, 1e-30, 0.1, 3e37])
def test_equal_vectors_stand_in_one_place(value):
    assert not project(np.full((10, 4), value, np.float32)).any()


@pytest.mark.parametrize("scale", [1e-30, 1e30])
def test_tiny_and_huge_vectors(scale):
    wide = cloud(30, 4).astype(np.float64)
    np.testing.assert_allclose(project((wide * scale).astype(np.float32)), project(wide), atol=1e-4)


def test_input_is_left_alone():
    vectors = cloud(20, 4)
    before = vectors.copy()
    project(vectors)
    np.testing.assert_array_equal(vectors, before)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_not_finite_is_refused(value):
    vectors = cloud(10, 4)
    vectors[7, 2] = value
    with pytest.raises(InputError, match="artist 7 holds a value that is not finite"):
        project(vectors)


@pytest.mark.parametrize("shape", [(0, 4), (5,), (0,)])
def test_no_vectors_are_refused(shape):
    with pytest.raises(InputError, match="no vectors"):
        project(np.zeros(shape))


def test_two_dimensions_are_refused():
    with pytest.raises(InputError, match=r"--dims.*give 3 or more"):
        project(cloud(10, 2))


def keys(n: int) -> list[str]:
    return [f"k{i}" for i in range(n)]


@settings(max_examples=25)
@given(st.integers(4, 40), st.integers(0, 1000), st.booleans())
def test_alignment_undoes_any_rotation_and_mirroring(n, seed, mirrored):
    earlier = project(cloud(n, 4, seed))
    turn = rotation(seed)
    if mirrored:
        turn[:, 0] *= -1
    turned = (earlier @ turn).astype(np.float32)
    np.testing.assert_allclose(align(turned, keys(n), earlier, keys(n)), earlier, atol=1e-4)


def test_alignment_goes_by_key_not_by_place():
    earlier = project(cloud(30, 4))
    order = np.random.default_rng(1).permutation(30)[:20]
    now = (earlier[order] @ rotation(3)).astype(np.float32)
    aligned = align(now, [keys(30)[i] for i in order], earlier, keys(30))
    # The twenty have a centre of their own, which alignment keeps.
    shift = aligned - earlier[order]
    np.testing.assert_allclose(shift, np.broadcast_to(shift.mean(axis=0), shift.shape), atol=0.1)


@settings(max_examples=25)
@given(st.integers(0, 1000))
def test_alignment_keeps_centre_radius_and_distances(seed):
    now, earlier = project(cloud(25, 4, seed)), project(cloud(30, 5, seed + 1))
    aligned = align(now, keys(25), earlier, keys(30))
    assert aligned.dtype == np.float32
    assert np.abs(aligned.mean(axis=0)).max() < 1e-5
    assert radius(aligned) == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(aligned @ aligned.T, now @ now.T, atol=1e-4)


@settings(max_examples=25)
@given(st.integers(0, 200))
def test_no_other_rotation_is_nearer(seed):
    now, earlier = project(cloud(15, 4, seed)), project(cloud(15, 4, seed + 1))
    best = ((align(now, keys(15), earlier, keys(15)) - earlier) ** 2).sum()
    for other in range(20):
        assert best <= ((now @ rotation(other) - earlier) ** 2).sum() + 1e-3


def test_fewer_than_four_shared_artists_turn_nothing():
    now, earlier = project(cloud(10, 4)), project(cloud(10, 4, 1))
    others = [*keys(3), *(f"other{i}" for i in range(7))]
    assert align(now, keys(10), earlier, others) is now
    assert align(now, keys(10), earlier, ["x"] * 10) is now
    assert align(now, keys(10), np.zeros((0, 3), np.float32), []) is now


def test_a_key_that_stands_twice_is_nobody():
    earlier = project(cloud(12, 4))
    names = [*keys(10), "twin", "twin"]
    now = (earlier[[*range(10), 11, 10]] @ rotation(5)).astype(np.float32)
    aligned = align(now, names, earlier, names)
    np.testing.assert_allclose(aligned[:10], earlier[:10], atol=1e-4)


def test_artists_in_one_place_turn_nothing():
    now = project(cloud(10, 4))
    assert align(now, keys(10), np.zeros((10, 3), np.float32), keys(10)) is now
    flat = np.zeros((10, 3), np.float32)
    assert align(flat, keys(10), now, keys(10)) is flat


def test_logarithmic_lengths_keep_directions_and_draw_in_the_far_ones() -> None:
    rng = np.random.default_rng(4)
    half = rng.normal(size=(40, 3)) * rng.pareto(1.5, (40, 1))
    points = np.concatenate((half, -half))  # mean 0, so that the centre stays the origin
    positions = project(points, "log")
    length = np.linalg.norm(points, axis=1)
    wanted = np.log1p(2.5 * length / np.sqrt((length**2).mean()))
    shown = np.linalg.norm(positions, axis=1)
    assert np.allclose(shown / shown[0], wanted / wanted[0], rtol=1e-4)
    cosines = (points / length[:, None]) @ (points / length[:, None]).T
    turned = (positions / shown[:, None]) @ (positions / shown[:, None]).T
    assert np.allclose(cosines, turned, atol=1e-4)


@pytest.mark.parametrize("factor", [1e-6, 3.0, 1e9])
def test_logarithmic_lengths_know_no_unit(factor: float) -> None:
    vectors = np.random.default_rng(5).normal(size=(50, 4))
    assert np.allclose(project(vectors, "log"), project(factor * vectors, "log"), atol=1e-5)


def test_logarithmic_lengths_of_nothing() -> None:
    assert not project(np.zeros((5, 4)), "log").any()
