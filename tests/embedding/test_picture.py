import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedding.connections import lasting_lengths
from embedding.picture import FRONT, SIDE, draw, shown_connections

STRAIGHT = (0.0, 0.0)
SIZE = (160, 120)


SPACE = draw(np.zeros((0, 3)), size=(1, 1))[0, 0].astype(int)


def light(image):
    """Return how much brighter than empty space each pixel is."""
    return (image - SPACE).sum(axis=2).astype(float)


def ball(n, seed=0):
    return np.random.default_rng(seed).normal(size=(n, 3))


@pytest.fixture(scope="module")
def cloud():
    return ball(2000)


def test_it_has_the_size_asked_for(cloud):
    image = draw(cloud, size=(101, 37))
    assert image.shape == (37, 101, 3)
    assert image.dtype == np.uint8


def test_the_same_arguments_give_the_same_pixels(cloud):
    edges = (np.arange(1000), np.arange(1000, 2000))
    np.testing.assert_array_equal(
        draw(cloud, edges=edges, size=SIZE, seed=3), draw(cloud, edges=edges, size=SIZE, seed=3)
    )


def test_the_middle_of_a_ball_is_bright_and_space_is_nearly_black(cloud):
    image = light(draw(cloud, size=SIZE))
    assert image[45:75, 60:100].mean() > 150
    assert image[:10, :10].mean() < 25


def test_scale_and_place_of_the_galaxy_do_not_matter(cloud):
    image = draw(cloud, size=SIZE).astype(int)
    moved = draw(cloud * 1000 + 77, size=SIZE).astype(int)
    assert np.abs(image - moved).max() <= 1


def test_the_two_angles_show_something_else(cloud):
    flat = cloud * (1, 1, 0.05)
    front = (light(draw(flat, size=SIZE, angle=STRAIGHT)) > 75).sum()
    edge_on = (light(draw(flat, size=SIZE, angle=(90.0, 0.0))) > 75).sum()
    assert edge_on < 0.5 * front
    assert not np.array_equal(
        draw(cloud, size=SIZE, angle=FRONT), draw(cloud, size=SIZE, angle=SIDE)
    )


def test_x_grows_to_the_right_and_y_upwards():
    rng = np.random.default_rng(0)
    crowd = [1.0, 1.0, 0.0] + 0.1 * rng.normal(size=(200, 3))
    image = light(draw(np.vstack((crowd, -crowd[:20])), size=SIZE, angle=STRAIGHT))
    assert image[:60, 80:].sum() > 2 * image[60:, :80].sum()


def test_few_artists_far_out_do_not_shrink_the_rest(cloud):
    outlier = np.vstack((cloud, [[60.0, 0, 0]]))
    lit = light(draw(outlier, size=SIZE, angle=STRAIGHT)) > 75
    columns = np.flatnonzero(lit.any(axis=0))
    assert columns[-1] - columns[0] > 80


def two_places(z=(0.0, 0.0)):
    """Two artists left and right, and a faint frame of four that keeps the view where it is."""
    return np.array([[-1, 0, z[0]], [1, 0, z[1]], [2, 2, 0], [2, -2, 0], [-2, 2, 0], [-2, -2, 0.0]])


def halves(image):
    middle = light(image)[30:90]
    return middle[:, 30:80].sum(), middle[:, 80:130].sum()


def test_the_popular_shine():
    fame = np.array([95, 10, 1, 1, 1, 1])
    left, right = halves(draw(two_places(), fame, size=SIZE, angle=STRAIGHT))
    assert left > 3 * right


def test_what_is_near_is_brighter_and_what_is_far_is_bluer():
    image = draw(two_places((1.2, -1.2)), size=SIZE, angle=STRAIGHT).astype(float)
    left, right = halves(image)
    assert left > 1.5 * right
    near, far = image[30:90, 30:80], image[30:90, 80:130]

    def blueness(part):
        red, green, blue = part[part.sum(axis=2) > 40].mean(axis=0)
        return blue / (red + green)

    assert blueness(far) > blueness(near)


def test_connections_are_drawn_between_related_artists():
    # Many pairs a short way apart, side by side: each leaves a line between its two stars.
    y = np.repeat(np.linspace(-1, 1, 41), 2)
    x = np.tile([-0.05, 0.05], 41)
    points = np.stack((x, y, 0 * x), axis=1)
    edges = (np.arange(0, 82, 2), np.arange(1, 82, 2))
    between = [
        light(draw(points, edges=which, size=(120, 400), angle=STRAIGHT))[20:-20, 55:65].mean()
        for which in (edges, None)
    ]
    assert between[0] > between[1] + 10


@pytest.mark.parametrize(
    ("length", "chance"),
    [(0.03, 0.82), (0.1, 0.72), (0.15, 0.18), (0.4, 0.006), (0.6, 0.0), (1.5, 0.0)],
)
def test_the_chance_of_a_connection_falls_with_its_length(length, chance):
    # Half the pairs stand at radius 1 in all directions, so that the radius of all is 1.
    n = 20_000
    outside = ball(n)
    outside /= np.linalg.norm(outside, axis=1, keepdims=True)
    aside = np.cross(outside, ball(n, 1))
    aside /= np.linalg.norm(aside, axis=1, keepdims=True)
    points = np.vstack((outside, outside + length * aside))
    points -= points.mean(axis=0)
    radius = np.sqrt((points**2).sum(axis=1).mean())
    points = np.vstack((outside, outside + length * radius * aside))
    shown = shown_connections(points, (np.arange(n), np.arange(n, 2 * n)), seed=2)
    assert shown.mean() == pytest.approx(chance, abs=0.012 if chance else 0)


def test_the_choice_of_connections_follows_the_seed(cloud):
    edges = (np.arange(1000), np.arange(1, 1001))
    first = shown_connections(cloud * 0.01 + 1, edges, seed=1)
    np.testing.assert_array_equal(first, shown_connections(cloud * 0.01 + 1, edges, seed=1))
    assert (first != shown_connections(cloud * 0.01 + 1, edges, seed=2)).any()


@pytest.mark.parametrize(
    "points", [np.zeros((0, 3)), np.zeros((1, 3)), np.ones((50, 3)), [[1, 2, 3], [1, 2, 3.0]]]
)
def test_degenerate_galaxies_are_drawn(points):
    image = draw(points, edges=(np.array([], int), np.array([], int)), size=SIZE)
    assert image.shape == (120, 160, 3)
    if len(points):
        assert light(image).max() > 200
        assert light(image)[50:70, 70:90].max() == light(image).max()
    else:
        assert image.max() < 20


@settings(deadline=None, max_examples=25)
@given(
    st.integers(1, 40),
    st.integers(0, 2**31),
    st.floats(1e-20, 1e20),
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
)
def test_any_finite_galaxy_of_any_size_is_drawn(n, seed, scale, size):
    rng = np.random.default_rng(seed)
    edges = (rng.integers(0, n, 60), rng.integers(0, n, 60))
    positions = (rng.standard_cauchy((n, 3)) * scale).clip(-1e30, 1e30)
    image = draw(positions, rng.integers(0, 101, n), edges, size=size)
    assert image.shape == (size[1], size[0], 3)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (([[0, 0, np.nan]],), "finite"),
        (([[0, 0]],), "finite"),
        (([[0, 0, 0]], [1, 2]), "one number"),
    ],
)
def test_what_cannot_be_drawn_is_refused(arguments, why):
    with pytest.raises(ValueError, match=why):
        draw(*arguments)


def test_a_picture_of_no_size_is_refused(cloud):
    with pytest.raises(ValueError, match="one pixel"):
        draw(cloud, size=(0, 10))


def test_connections_that_last_are_as_long_as_those_that_are_chosen() -> None:
    lasting = lasting_lengths(100_000)
    for limit, chance in ((0.06, 0.82), (0.12, 0.72), (0.17, 0.18), (0.49, 0.006)):
        share = 0.82 * (lasting >= np.float32(limit)).mean()
        assert share == pytest.approx(chance, abs=0.005)
    np.testing.assert_array_equal(lasting[:10], lasting_lengths(10)[:10])
