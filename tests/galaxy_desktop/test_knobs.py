"""The knobs take what the engine takes, and presets and old galaxies become settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.errors import InputError
from embedding.settings import BuildSettings
from embedding.skipgram import MOST_DIMS as ENGINE_MOST_DIMS
from galaxy_desktop.model.knobs import KNOBS, MOST_DIMS, Knob, fitted, knob, settings_of
from galaxy_desktop.model.presets import PRESETS

_ARTISTS = st.integers(2, 200_000)
_ON_SLIDERS = [each for each in KNOBS if each.scale != "none"]


def test_the_knobs_are_those_of_the_article() -> None:
    names = [each.name for each in KNOBS]
    assert names == [
        *("p", "q", "walks", "length", "window", "epochs", "dims", "max_artists", "seed")
    ]
    for each in KNOBS:
        assert each.default == getattr(BuildSettings(), each.name)
        assert each.sentence.endswith(".")
        assert each.sentence.count(".") == 1


def test_the_engine_trains_so_many_dimensions() -> None:
    assert MOST_DIMS == ENGINE_MOST_DIMS


@pytest.mark.parametrize("each", _ON_SLIDERS, ids=lambda k: k.name)
@given(artists=_ARTISTS)
def test_every_place_of_a_slider_is_a_value_that_builds(each: Knob, artists: int) -> None:
    fit = each.within(artists)
    values = [fit.at(place) for place in range(0, fit.steps + 1, max(1, fit.steps // 30))]
    assert values == sorted(values)
    assert fit.at(0) == fit.low
    assert fit.at(fit.steps) == fit.high
    for value in values:
        assert isinstance(value, int) == each.whole
        replace(BuildSettings(), **{each.name: value})


@pytest.mark.parametrize("each", _ON_SLIDERS, ids=lambda k: k.name)
def test_a_value_lies_where_the_slider_gives_it(each: Knob) -> None:
    for place in range(each.steps + 1):
        # Values are rounded, so that a few places share one.
        assert abs(each.place(each.at(place)) - place) <= (6 if each.scale == "log" else 0)
    assert each.place(0) == 0 or each.low == 0
    assert each.place(10**9) == each.steps


def test_a_key_on_a_slider_by_ratio_changes_the_value() -> None:
    for name in ("p", "q", "max_artists"):
        each = knob(name)
        values = [each.at(place) for place in range(0, each.steps + 1, 6)]
        assert len(set(values)) == len(values)


def test_p_and_q_have_one_in_the_middle() -> None:
    assert knob("p").at(knob("p").steps // 2) == 1
    assert knob("q").place(1) == knob("q").steps // 2


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("p", "2.5", 2.5),
        ("p", " 0,5 ", 0.5),
        ("q", "1e-3", 0.001),
        ("walks", "12", 12),
        ("max_artists", "40,406", 40_406),
        ("max_artists", "40 406", 40_406),
        ("dims", "64", 64),
        ("seed", "9223372036854775807", 2**63 - 1),
    ],
)
def test_what_is_typed_is_read(name: str, text: str, value: float) -> None:
    assert knob(name).read(text, 50_000) == value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("p", "0", "Return p: 0 is not possible; give a number above 0, such as 0.5."),
        ("p", "inf", "Return p: inf is not possible; give a number above 0, such as 0.5."),
        ("p", "nan", "Return p: nan is not possible; give a number above 0, such as 0.5."),
        ("q", "much", "In-out q: “much” is no number; give a number above 0, such as 0.5."),
        ("walks", "2.5", "Walks: “2.5” is no whole number; give a whole number from 1 to 10,000."),
        ("dims", "2", "Dimensions: 2 is not possible; give a whole number from 3 to 64."),
        ("dims", "65", "Dimensions: 65 is not possible; give a whole number from 3 to 64."),
        ("max_artists", "101", "Artists: 101 is not possible; give a whole number from 2 to 100."),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(name: str, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        knob(name).read(text, 100)
    assert str(caught.value) == said


@given(st.text(max_size=30), st.sampled_from(KNOBS), _ARTISTS)
def test_anything_typed_is_a_good_value_or_refused(text: str, each: Knob, artists: int) -> None:
    try:
        value = each.read(text, artists)
    except InputError:
        return
    replace(BuildSettings(), **{each.name: value})


@given(st.floats(0.001, 1000), st.integers(1, 10_000))
def test_what_is_shown_is_read_again(p: float, walks: int) -> None:
    each = knob("p")
    assert each.read(each.show(p), 9) == pytest.approx(p, rel=1e-5)
    assert knob("walks").read(knob("walks").show(walks), 9) == walks


def test_a_galaxy_gives_its_settings_back() -> None:
    built = BuildSettings(p=1.6, q=0.5, hs=False, negative=3, alpha=9, min_alpha=8, lengths="log")
    recorded = replace(built, engine="reference", replicas=4, workers=3).as_dict()
    assert settings_of(recorded, 200_000) == built


@given(
    st.dictionaries(
        st.sampled_from([*BuildSettings().as_dict(), "more"]),
        st.one_of(st.none(), st.text(max_size=3), st.integers(), st.floats(), st.lists(st.none())),
    ),
    _ARTISTS,
)
def test_whatever_a_file_says_becomes_settings(recorded: dict[str, Any], artists: int) -> None:
    settings = settings_of(recorded, artists)
    assert settings.max_artists <= artists
    assert settings.dims <= max(3, artists)
    assert (settings.engine, settings.replicas, settings.workers) == ("own", 1, 0)


def test_presets_leave_the_artists_and_the_seed_alone() -> None:
    mine = BuildSettings(seed=77, max_artists=500)
    for preset in PRESETS:
        shape = preset.apply(mine)
        assert (shape.seed, shape.max_artists) == (77, 500)
        assert preset.matches(shape)
        assert not preset.matches(replace(shape, q=3.3))


def test_presets_are_different_and_the_last_is_the_original() -> None:
    shapes = [preset.apply(BuildSettings()) for preset in PRESETS]
    assert len(set(shapes)) == len(PRESETS) == 4
    assert shapes[-1] == BuildSettings(p=1.6, q=0.1)


def test_few_artists_have_few_dimensions() -> None:
    few = fitted(BuildSettings(dims=16), 5)
    assert (few.dims, few.averager_dims, few.max_artists) == (5, 5, 5)
