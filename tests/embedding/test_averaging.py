import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.averaging import Averager, average
from embedding.errors import InputError

# Four directions in the plane, and one artist without any.
PLANE = np.array([[1, 0], [0, 1], [2, 2], [3, 1], [1, 3], [-1, -1], [0, 0], [-2, 0]], np.float32)


def cos(a: np.ndarray, b: np.ndarray) -> float:
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))


def test_exact_figures_in_the_plane():
    found = average(PLANE, (0, 1))
    assert found.ingredients == (0, 1)
    assert found.weights == (1.0, 1.0)
    assert found.similarity == 0
    assert [r.index for r in found.results] == [2, 3, 4, 7, 5]
    middle, leaning, *_, far = found.results
    assert middle.cosine == middle.match == 1
    assert middle.shares == pytest.approx((0.5, 0.5))
    assert leaning.match == pytest.approx(0.8)
    # cosines of (3, 1) to the two axes
    to_a, to_b = 3 / math.sqrt(10), 1 / math.sqrt(10)
    assert leaning.cosines == pytest.approx((to_a, to_b))
    assert leaning.lean == pytest.approx((1 - to_b) / ((1 - to_a) + (1 - to_b)))
    assert far.cosine == pytest.approx(-1)
    assert far.match == 0


def test_lengths_count():
    longer = PLANE * np.array([[10], *[[1]] * 7])
    assert [r.index for r in average(longer, (0, 1), count=2).results] == [3, 2]


def test_weights_and_any_scale_of_them():
    assert average(PLANE, (0, 1), (3, 1)).results[0].index == 3
    assert average(PLANE, (0, 1), (3e-300, 1e-300)).results[0].index == 3
    assert average(PLANE, (0, 1), (3e300, 1e300)).results[0].index == 3
    zero = average(PLANE, (0, 1), (1, 0)).results[0]
    assert zero.index == 3
    assert zero.shares == (1, 0)


def test_similarity_is_the_cosine_to_the_power():
    found = average(PLANE, (0, 3))
    assert found.similarity == pytest.approx((3 / math.sqrt(10)) ** 1.8)
    assert average(PLANE, (2, 5), (2, 1)).similarity == 0
    three = average(PLANE, (0, 1, 2))
    assert three.similarity == pytest.approx(2 * math.sqrt(0.5) ** 1.8 / 3)


def test_analogy_adds_and_subtracts():
    vectors = np.array(
        [[1, 0, 0], [1, 1, 0], [0, 0, 1], [0, 1, 1.1], [5, -1, 0], [-1, 0, 0]], np.float32
    )
    # (1) - (0) + (2) = (0, 1, 1)
    found = Averager(vectors).analogy(1, 0, 2)
    assert found.weights == (1, -1, 1)
    assert found.results[0].index == 3
    assert found.results[0].shares[1] == 0
    assert sum(found.results[0].shares) == pytest.approx(1)


def test_an_artist_with_the_direction_of_an_ingredient_is_all_of_it():
    vectors = np.array([[1, 0], [0, 1], [7, 0], [1, 1]], np.float32)
    found = {r.index: r.shares for r in average(vectors, (0, 1)).results}
    assert found[2] == (1, 0)


def brute_force(vectors, ingredients, weights, count, left_out=()):
    wide = vectors.astype(np.float64)
    goal = sum(w * wide[i] for i, w in zip(ingredients, weights, strict=True))
    scored = [
        (-cos(goal, wide[i]), i) for i in range(len(wide)) if i not in {*ingredients, *left_out}
    ]
    return [i for _, i in sorted(scored)[:count]], [-c for c, _ in sorted(scored)[:count]]


@given(
    st.integers(12, 900),
    st.integers(2, 12),
    st.integers(2, 5),
    st.integers(1, 50),
    st.integers(0, 10_000),
)
def test_the_same_as_by_brute_force(n, d, many, count, seed):
    rng = np.random.default_rng(seed)
    vectors = (rng.normal(size=(n, d)) * rng.uniform(0.1, 9, (n, 1))).astype(np.float32)
    ingredients = rng.choice(n, many, replace=False).tolist()
    weights = [1.0, *rng.uniform(-1, 1, many - 1).tolist()]
    found = average(vectors, ingredients, weights, count=count)
    artists, cosines = brute_force(vectors, ingredients, weights, count)
    assert [r.index for r in found.results] == artists
    np.testing.assert_allclose([r.cosine for r in found.results], cosines, atol=1e-9)
    for result in found.results:
        assert sum(result.shares) == pytest.approx(1)
        assert min(result.shares) >= 0
        expected = [
            cos(vectors[result.index].astype(float), vectors[i].astype(float)) for i in ingredients
        ]
        np.testing.assert_allclose(result.cosines, expected, atol=1e-9)


def test_many_artists_the_same_as_by_brute_force():
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(20_000, 8)).astype(np.float32)
    averager = Averager(vectors)
    for pair in ((0, 1), (7, 19_999)):
        artists, _ = brute_force(vectors, pair, (1, 1), 50)
        assert [r.index for r in averager.average(pair, count=50).results] == artists


def test_equals_are_ordered_by_index():
    vectors = np.ones((3_000, 8), np.float32) * np.arange(1, 3_001, dtype=np.float32)[:, None]
    found = average(vectors, (2, 0), count=5)
    assert [r.index for r in found.results] == [1, 3, 4, 5, 6]
    assert found.results[0].shares == (0.5, 0.5)


def test_filters():
    popularity = np.array([90, 90, 50, 30, 10, 0, 0, 0], np.uint8)

    def found(**options):
        return [r.index for r in average(PLANE, (0, 1), popularity=popularity, **options).results]

    assert found(popularity_range=(10, 30)) == [3, 4]
    assert found(popularity_range=(91, 100)) == []
    assert found(exclude=(2, 3)) == [4, 7, 5]
    assert found(exclude=np.array([2, 3, 4, 5, 7])) == []


@pytest.mark.parametrize(
    ("ingredients", "weights", "options", "message"),
    [
        ((), None, {}, "at least two"),
        ((0,), None, {}, "at least two"),
        ((0, 0), None, {}, '"A" is given twice'),
        ((0, 6), None, {}, '"G" has an empty vector'),
        ((2, 5), (1, 2), {}, '"C" and "F" cancel each other out'),
        ((0, 1), (0, 0), {}, "no weight is above 0"),
        ((0, 1), (-1, -2), {}, "no weight is above 0"),
        ((0, 1), (1, math.nan), {}, "the weight nan is no good"),
        ((0, 1), (1, math.inf), {}, "the weight inf is no good"),
        ((0, 1), (1,), {}, "1 weights are given for 2"),
        ((0, 1), None, {"count": 0}, "ask for 1 to 50"),
        ((0, 1), None, {"count": 51}, "ask for 1 to 50"),
        ((0, 1), None, {"popularity_range": (0, 50)}, "no popularity"),
        (
            (0, 1),
            None,
            {"popularity_range": (50, 0), "popularity": np.zeros(8, np.uint8)},
            "lower end",
        ),
    ],
)
def test_what_cannot_be_averaged_is_refused(ingredients, weights, options, message):
    with pytest.raises(InputError, match=message):
        Averager(PLANE, list("ABCDEFGH")).average(ingredients, weights, **options)


@pytest.mark.parametrize("artist", [-1, 8])
def test_absent_artists_are_refused(artist):
    with pytest.raises(IndexError, match="no artist"):
        average(PLANE, (0, artist))
    with pytest.raises(IndexError, match="no artist"):
        average(PLANE, (0, 1), exclude=(artist,))


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_broken_vectors_are_refused(value):
    broken = PLANE.copy()
    broken[3, 1] = value
    with pytest.raises(InputError, match="artist 3 holds a value that is not finite"):
        Averager(broken)


def test_a_list_is_no_table():
    with pytest.raises(InputError, match="not a table"):
        Averager(np.zeros(5))


@pytest.mark.parametrize("scale", [1e-30, 1e30])
def test_tiny_and_huge_vectors(scale):
    scaled = (PLANE * scale).astype(np.float32)
    assert [r.index for r in average(scaled, (0, 1)).results] == [2, 3, 4, 7, 5]
