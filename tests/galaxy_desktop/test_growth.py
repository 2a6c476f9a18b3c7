"""Who is new in a galaxy that grows, where they stand, and what stays as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embedding.galaxy_file import load, save
from galaxy_desktop.model.growth import Answer, Growth, Named, joined
from galaxy_desktop.model.new_places import APART, BEYOND, ONWARD, Outskirts
from galaxy_desktop.model.preview_places import PreviewPlaces
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.threads import Thread, curve
from galaxy_desktop.model.world import World
from tests.embedding.galaxies import galaxy
from tests.galaxy_desktop.worlds import world

AXES = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [-1, 0, 0], [0, -1, 0], [0, 0, -1]])


def _ball(n: int = 600) -> World:
    """Return artists that fill a ball of radius 1, the first six at the ends of its axes."""
    random = np.random.default_rng(3)
    places = random.normal(size=(n, 3))
    places *= (random.random(n) ** (1 / 3) / np.linalg.norm(places, axis=1))[:, None]
    places[:6] = AXES
    return world(places, edge_weights=[2.0])


def _named(name: str) -> Named:
    return Named(name.upper(), f"key of {name}", name)


def _answer(of: str, *new: str, known: tuple[str, ...] = ()) -> Answer:
    """Return an answer in which ids are names in capitals."""
    named = tuple(_named(name) for name in new)
    related = tuple(each.upper() for each in (*new, *known))
    return Answer(_named(of), named, related)


def _asked(*answers: Answer) -> list[Answer]:
    """Return these answers, and one about each artist that they name."""
    return [*answers, *(Answer(new, (), ()) for answer in answers for new in answer.new)]


def _grown(base: World, *answers: Answer) -> World:
    growth = Growth(base, "ListenBrainz", "CC0-1.0")
    growth.take(_asked(*answers))
    return growth.world()


def test_an_artist_that_is_there_is_no_new_one_by_key_or_by_name() -> None:
    base = World(galaxy(7))  # its ids are id-0 ..., its names among others Żółć and é
    growth = Growth(base, "Test", "")
    growth.take(
        _asked(
            Answer(
                Named("m0", "id-3", "Called otherwise"),
                (
                    Named("m1", "k1", "zolc"),
                    Named("m2", "k2", "Somebody"),
                    Named("m3", "k3", "É"),
                ),
                ("m1", "m2", "m3"),
            )
        )
    )
    grown = growth.world()
    assert len(growth) == 1
    assert grown.galaxy.names == [*base.galaxy.names, "Somebody"]
    assert grown.galaxy.keys == [*base.galaxy.keys, "k2"]
    assert {1, 6, 7} <= set(grown.galaxy.related(3).tolist())
    assert 3 in grown.galaxy.related(7)


def test_whom_a_single_artist_names_waits_to_be_asked_about() -> None:
    growth = Growth(_ball(), "Test", "")
    growth.take([_answer("Artist 0", "A", "B", "C")])
    assert len(growth) == 0
    growth.take([_answer("Artist 0", known=("A",)), _answer("Artist 1", known=("B",))])
    grown = growth.world()
    assert grown.galaxy.names[-1] == "B"
    assert grown.galaxy.related(len(grown) - 1).tolist() == [0, 1]
    growth.take([_answer("C", "D")])
    grown = growth.world()
    assert grown.galaxy.names[-2:] == ["B", "C"]
    assert grown.galaxy.related(len(grown) - 1).tolist() == [0]


def test_nothing_that_was_there_changes() -> None:
    base = _ball()
    grown = _grown(base, _answer("Artist 0", "A", "B"), _answer("A", "C", known=("B",)))
    n = len(base)
    assert len(grown) == n + 3
    assert np.array_equal(grown.positions[:n], base.positions)
    assert np.array_equal(grown.galaxy.vectors[:n], base.galaxy.vectors)
    assert (grown.radius, grown.star_unit) == (base.radius, base.star_unit)
    assert np.array_equal(grown.centre, base.centre)
    change = Reforming.of(base, grown)
    assert np.array_equal(change.found, np.arange(n))
    assert change.only_adds
    assert not Reforming.of(grown, base).only_adds
    assert not Reforming.of(base, _ball()).only_adds
    assert (grown.path, grown.temporary) == (base.path, base.temporary)


def test_new_artists_stand_outside_of_who_names_them() -> None:
    base = _ball()
    names = [f"New {k}" for k in range(40)]
    grown = _grown(base, _answer("Artist 0", *names), _answer("Artist 1", "Other"))
    new = grown.positions[len(base) :] - base.centre
    far = np.linalg.norm(new, axis=1)
    edge = np.linalg.norm(base.positions - base.centre, axis=1).max()
    assert (far > 0.9 * edge).all()
    assert (far < edge + BEYOND * base.radius * 1.01).all()
    # In the direction of who names them, yet not all in one line.
    assert (new[:40, 0] / far[:40] > 0.85).all()
    assert new[40, 1] / far[40] > 0.85
    assert np.unique(new[:40].round(3), axis=0).shape == (40, 3)


def test_who_is_named_by_new_artists_only_stands_farther_out_but_never_far_off() -> None:
    base = _ball()
    chain = [f"Link {k}" for k in range(40)]
    answers = [_answer(a, b) for a, b in zip(["Artist 2", *chain], chain, strict=False)]
    grown = _grown(base, *answers)
    far = np.linalg.norm(grown.positions[len(base) :] - base.centre, axis=1)
    assert far[2] > far[0]
    assert far.max() < 1.1 + BEYOND / (1 - ONWARD) * base.radius


def test_the_place_does_not_depend_on_when_others_are_told() -> None:
    base = _ball()
    first, second = _answer("Artist 0", "A", "B"), _answer("Artist 4", "C")
    at_once = _grown(base, first, second)
    one_by_one = Growth(base, "ListenBrainz", "CC0-1.0")
    one_by_one.take(_asked(first))
    one_by_one.world()
    one_by_one.take(_asked(second))
    assert np.array_equal(at_once.positions, one_by_one.world().positions)


def test_a_seed_that_is_not_there_stands_near_those_it_is_related_to() -> None:
    base = _ball()
    grown = _grown(base, _answer("Nobody knows it", "A", known=("x",)))
    assert grown.galaxy.names[-2:] == ["Nobody knows it", "A"]
    assert np.isfinite(grown.positions).all()
    named = Answer(
        Named("S", "S", "Seed"), (Named("k", "k", "Artist 5"), Named("a", "a", "A")), ("k", "a")
    )
    grown = _grown(base, named)
    new = grown.positions[len(base) :] - base.centre
    assert (new[:, 2] / np.linalg.norm(new, axis=1) < -0.8).all()


def test_what_the_new_ones_bring_along_fits_the_rest(tmp_path: Path) -> None:
    base = World(galaxy(9))
    answer = Answer(
        Named("x", "id-2", "x"),
        (
            Named("m1", "m1", "Famous", 10**8, "https://example.org/m1"),
            Named("m2", "m2", "Unknown"),
        ),
        ("m1", "m2"),
    )
    grown = _grown(base, answer).galaxy
    assert grown.popularity[-2:].tolist() == [100, 12]
    assert grown.links is not None
    assert grown.links[-2:] == ["https://example.org/m1", ""]
    assert (grown.source, grown.licence) == ("invented; ListenBrainz", "CC0-1.0")
    assert grown.weights is not None
    assert base.galaxy.weights is not None
    assert set(grown.weights.tolist()) <= {
        *base.galaxy.weights.tolist(),
        float(np.median(base.galaxy.weights)),
    }
    # All that a file is checked for holds.
    save(grown, tmp_path / "grown.galaxy")
    assert load(tmp_path / "grown.galaxy").names == grown.names


def test_one_may_go_on_with_nothing_new() -> None:
    base = _ball()
    grown = _grown(base)
    assert grown.galaxy.names == base.galaxy.names
    bare = World(replace(base.galaxy, weights=None, links=None))
    assert _grown(bare, _answer("Artist 0", "A")).galaxy.links is None


def test_the_edge_follows_the_galaxy() -> None:
    random = np.random.default_rng(1)
    # Three times as long as wide.
    places = random.normal(size=(4000, 3)) * [3, 1, 1]
    edge = Outskirts(world(places)).edge(AXES.astype(float))
    assert edge[0] > 2 * edge[1]
    assert edge[3] > 2 * edge[4]


@given(
    st.lists(st.tuples(st.integers(0, 5), st.lists(st.text(max_size=3), max_size=4)), max_size=12),
    st.integers(0, 12),
)
def test_whatever_a_service_says_the_galaxy_is_sound(
    said: list[tuple[int, list[str]]], cut: int
) -> None:
    base = world(AXES * 2.0, edges=[(0, 1), (2, 3)])
    growth = Growth(base, "Test", "Any")
    met: set[str] = set()
    answers = []
    for of, names in said:
        new = tuple(Named(name, name, name) for name in dict.fromkeys(names) if name not in met)
        met.update(names)
        answers.append(Answer(Named(f"s{of}", f"s{of}", f"Artist {of}"), new, tuple(names)))
    growth.take(answers[:cut])
    growth.take(answers[cut:])
    grown = growth.world().galaxy
    n = len(grown)
    assert len(grown.positions) == len(grown.vectors) == len(grown.popularity) == n
    assert np.isfinite(grown.positions).all()
    assert np.isfinite(grown.vectors).all()
    pairs = {(i, int(j)) for i in range(n) for j in grown.related(i)}
    assert all((j, i) in pairs and i != j for i, j in pairs)
    assert len(pairs) == len(grown.indices)
    away = np.linalg.norm(grown.positions[6:], axis=1)
    assert (away > 1.9 + BEYOND * base.radius * (1 - APART) - 0.3).all()


def test_sources_are_told_once() -> None:
    assert joined("", "b") == "b"
    assert joined("a", "") == "a"
    assert joined("a", "b") == "a; b"
    assert joined("a; b", "b") == "a; b"


def test_what_is_read_and_flown_goes_on_while_artists_come() -> None:
    base = _ball()
    state = AppState(base)
    along: tuple[Thread, ...] = (curve(base.positions[0], base.positions[1], "#ff8833"),)
    state.threads, state.hovered, state.selected = along, 3, 5
    state.reform(_grown(base, _answer("Artist 0", "A")))
    assert (state.threads, state.hovered, state.selected) == (along, 3, 5)
    assert state.gliding.moving
    assert not state.gliding.travelling
    state.pass_time(9)
    assert not state.gliding.displaced
    state.reform(base)
    assert not state.threads
    assert state.hovered is None
    assert state.selected == 5


def test_who_gets_an_id_by_a_merge_stays_who_it_is() -> None:
    base = world(AXES * 1.0, names=["Ada", "Bo", "Cy", "Di", "Ed", "Ed"], edges=[(0, 1)])
    one, two = "01234567-89ab-cdef-0123-456789abcdef", "11234567-89ab-cdef-0123-456789abcdef"
    merged = world(
        np.vstack((AXES, AXES[:2] * 3))[::-1],
        names=["Neu", "Cý", "Ed", "Ed", "Di", "Bo", "Cy 2", "Ada"],
        ids=["x", two, "Ed", "Ed (2)", "Di", "Bo", "Cy 2", one],
        aliases=[(), ("Cy",), (), (), (), (), (), ()],
        edges=[(0, 1)],
    )
    assert Reforming.of(base, merged).found.tolist() == [7, 5, 1, 4, 2, -1]
    back = Reforming.of(merged, base).found
    assert back.tolist() == [-1, 2, 4, -1, 3, 1, -1, 0]
    assert [merged.find_key(name) for name in ("Ada", "Cy", "Ed", "Nobody")] == [7, 1, 2, None]
    # MusicBrainz tells these apart.
    other = world(AXES[:2], names=["Neu", "Ada"], ids=["y", two])
    assert Reforming.of(merged, other).found.tolist() == [0, 1, *[-1] * 6]


def test_a_preview_finds_those_whom_the_service_calls_otherwise() -> None:
    base = _ball()
    grown = _grown(base, _answer("Artist 3", "A"), _answer("A", "B"))
    places = PreviewPlaces(grown, ["key of A", "key of Artist 3", "Artist 4", "key of nobody"])
    at = places.of(np.arange(12, dtype=np.float32).reshape(4, 3))
    assert at[len(base)].tolist() == [0, 1, 2]
    assert at[3].tolist() == [3, 4, 5]
    assert at[4].tolist() == [6, 7, 8]
    assert np.isnan(at[5]).all()
