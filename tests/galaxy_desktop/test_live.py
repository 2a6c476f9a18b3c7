"""As many artists in live mode as are finished soon."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from embedding.settings import BuildSettings
from galaxy_desktop.model.live import LEAST, live_artists, shape_seconds

_HEAVY = BuildSettings(walks=200, length=80, window=15)
settings = st.builds(
    BuildSettings,
    walks=st.integers(1, 200),
    length=st.integers(2, 100),
    window=st.integers(1, 30),
    epochs=st.integers(1, 50),
    dims=st.integers(3, 16),
    negative=st.integers(0, 10),
)


def test_with_the_default_settings_it_is_about_ten_thousand() -> None:
    assert live_artists(BuildSettings(), 40_000) == 10_000
    assert live_artists(BuildSettings(), 9_876) == 9_876


def test_a_build_too_heavy_to_look_on_has_still_a_galaxy() -> None:
    assert live_artists(_HEAVY, 40_000) == LEAST
    assert live_artists(_HEAVY, 12) == 12


def test_what_live_mode_takes_is_there_in_five_seconds_and_more_takes_longer() -> None:
    assert 4.5 < shape_seconds(BuildSettings(), 10_000) <= 5
    fewer = BuildSettings(max_artists=10_000)
    assert shape_seconds(fewer, 40_000) == shape_seconds(BuildSettings(), 10_000)
    assert 18 < shape_seconds(BuildSettings(), 40_000) < 25


@given(settings, st.integers(2, 100_000))
def test_more_work_for_each_is_never_done_for_more(chosen: BuildSettings, artists: int) -> None:
    number = live_artists(chosen, artists)
    assert min(LEAST, artists) <= number <= artists
    for heavier in (
        replace(chosen, walks=2 * chosen.walks),
        replace(chosen, length=2 * chosen.length),
        replace(chosen, window=chosen.window + 1),
        replace(chosen, negative=chosen.negative + 1),
        replace(chosen, dims=chosen.dims + 4),
    ):
        assert live_artists(heavier, artists) <= number
    # All of 3,801 may do where of 4,801 only 3,800 are taken, a round number.
    assert live_artists(chosen, artists + 1000) >= number * (0.9 if number == artists else 1)
