"""How often a service is asked, and how long it is left alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embedding.progress import Cancelled, CancelToken
from embedding.sources.rate_limit import RateLimit
from embedding.sources.retrying import Patience, retry_after
from embedding.sources.source import Rate

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Clock:
    """Time that passes only where somebody waits."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


@given(
    st.integers(1, 50),
    st.floats(0.1, 10),
    st.lists(st.floats(0, 5), min_size=1, max_size=120),
)
def test_no_window_holds_more_requests_than_allowed(
    requests: int, seconds: float, gaps: list[float]
) -> None:
    clock = Clock()
    limit, times = RateLimit(Rate(requests, seconds), clock), []
    for gap in gaps:
        clock.now += gap
        limit.take_turn(clock.pause)
        times.append(clock.now)
    for begin in times:
        assert sum(begin <= time < begin + seconds for time in times) <= requests


def test_it_asks_as_often_as_allowed_and_no_less() -> None:
    clock = Clock()
    limit = RateLimit(Rate(50, 5.0), clock)
    for _ in range(1001):
        limit.take_turn(clock.pause)
    assert clock.now - 100 == pytest.approx(20 * 5 * 1.02)


def test_a_service_of_ones_own_is_asked_at_once() -> None:
    clock = Clock()
    limit = RateLimit(None, clock)
    for _ in range(100):
        limit.take_turn(clock.pause)
    assert clock.now == 100
    limit.hold(3)
    limit.take_turn(clock.pause)
    assert clock.now == 103


def test_a_wait_ends_when_the_user_wants_to_stop() -> None:
    token = CancelToken()
    limit = RateLimit(Rate(1, 3600.0))
    limit.take_turn(token.pause)
    token.cancel()
    with pytest.raises(Cancelled):
        limit.take_turn(token.pause)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0), (" 120 ", 120), ("Mon, 23 Nov 2026 12:00:30 GMT", 30),
        ("Mon, 23 Nov 2026 11:00:00 GMT", 0), (None, None), ("", None), ("soon", None),
        ("-5", None), ("1.5", None), ("٣", None), ("9" * 400, None), ("Mon, 99 Nov 2026", None),
    ],
)  # fmt: skip
def test_what_retry_after_says(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_is_too_odd(header: str) -> None:
    wait = retry_after(header, NOW)
    assert wait is None or wait >= 0


@given(st.integers(1, 40), st.integers())
def test_waits_grow_up_to_a_limit_and_are_drawn_by_lot(attempt: int, seed: int) -> None:
    patience = Patience(first=1.0, most=60.0)
    wait = patience.wait(attempt, random.Random(seed))
    assert 0 <= wait <= min(60.0, 2.0 ** (attempt - 1))
    draw: Callable[[int], float] = lambda lot: patience.wait(attempt, random.Random(lot))  # noqa: E731
    assert len({draw(lot) for lot in range(10)}) == 10
