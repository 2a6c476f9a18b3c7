from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galaxy_desktop.scene.quality_control import FULL, TARGET, QualityControl


@given(st.lists(st.floats(1e-4, 2.0), max_size=60), st.integers(1, 10**6), st.integers(0, 10**7))
def test_detail_stays_within_what_there_is(times: list[float], stars: int, lines: int) -> None:
    control = QualityControl(stars, lines)
    for seconds in times:
        control.note(seconds)
        detail = control.detail()
        assert 0.25 <= detail.scale <= 1
        assert detail.stars is None or 0 < detail.stars <= stars
        assert detail.lines is None or 0 <= detail.lines <= lines


@pytest.mark.parametrize("fixed", [0.004, 0.012, 0.018])
def test_it_settles_where_frames_take_their_time(fixed: float) -> None:
    control = QualityControl(100_000, 500_000)

    def seconds() -> float:
        detail = control.detail()
        stars = 100_000 if detail.stars is None else detail.stars
        lines = 500_000 if detail.lines is None else detail.lines
        return fixed + 0.02 * detail.scale**2 + 4e-7 * stars + 8e-7 * lines

    for _ in range(300):
        control.note(seconds())
    later = [seconds()]
    for _ in range(50):
        control.note(seconds())
        later.append(seconds())
    assert max(later) < 1.35 * TARGET
    assert min(later) > 0.6 * TARGET


def test_connections_give_way_first_and_stars_last() -> None:
    control = QualityControl(100_000, 500_000)
    control.effort = 1.0
    assert control.detail() == FULL
    control.effort = 0.9
    assert control.detail().scale == 1
    assert control.detail().stars is None
    assert (control.detail().lines or 0) < 500_000
    control.effort = 0.6
    assert 0.5 < control.detail().scale < 1
    assert control.detail().stars is None
    control.effort = 0.3
    assert control.detail().scale == 0.5
    assert (control.detail().stars or 0) < 100_000


def test_a_fast_machine_ends_with_all_detail() -> None:
    control = QualityControl(100_000, 500_000)
    for _ in range(200):
        control.note(0.004)
    assert control.detail() == FULL
