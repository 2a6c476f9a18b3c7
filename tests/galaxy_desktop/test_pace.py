"""The pace of a machine is what its builds show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.settings import BuildSettings
from galaxy_desktop.model.live import live_artists, shape_seconds
from galaxy_desktop.model.pace import QUICKEST, SLOWEST, TELLING, USUAL, Pace

_SETTINGS = BuildSettings(max_artists=300_000)


def test_the_first_build_tells_it_and_each_other_one_half() -> None:
    usual = Pace().seconds(_SETTINGS, 10_000)
    twice = Pace().after(_SETTINGS, 10_000, usual / 2)
    assert twice.rows == pytest.approx(2 * USUAL)
    assert twice.seconds(_SETTINGS, 10_000) == pytest.approx(usual / 2)
    # A build that had company: from twice to an eighth of that is a quarter each way.
    busy = twice.after(_SETTINGS, 10_000, 8 * usual)
    assert busy.rows == pytest.approx(USUAL / 2)


@given(st.floats(0.6, 100), st.integers(1_000, 300_000))
def test_a_machine_is_taken_at_its_word(seconds: float, artists: int) -> None:
    pace = Pace().after(_SETTINGS, artists, seconds)
    assert SLOWEST <= pace.rows <= QUICKEST
    if SLOWEST < pace.rows < QUICKEST:
        assert shape_seconds(_SETTINGS, artists, pace) == pytest.approx(seconds + 1)
        number = live_artists(_SETTINGS, artists, pace)
        assert number in (artists, 1_000) or pace.seconds(_SETTINGS, number) <= 4
        if seconds < 3.99 or artists == 1_000:
            assert number == artists
        elif seconds > 4.01:
            assert number < artists


def test_what_was_too_short_or_not_seen_tells_nothing() -> None:
    for known in (Pace(), Pace(USUAL)):
        assert known.after(_SETTINGS, 50, TELLING / 2) == known
        assert known.after(_SETTINGS, 10_000, 0.0) == known
    # A clock that jumped is no machine.
    assert Pace().after(_SETTINGS, 1_000, 1e12).rows == SLOWEST
    assert Pace().after(BuildSettings(epochs=1000), 10**6, 0.6).rows == QUICKEST
