"""Two embeddings at once: same bits, one progress, one end."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest

from embedding import training
from embedding.progress import Cancelled, CancelToken, Progress, silent
from embedding.settings import BuildSettings
from embedding.training import train_both

WALKS = np.zeros((4, 3), np.int32)


class Call(NamedTuple):
    dims: int
    on_epoch: Callable[..., None] | None
    tell: Callable[[Progress], None]
    cancel: CancelToken


def fake(monkeypatch: pytest.MonkeyPatch, work: Callable[[Call], Any]) -> list[int]:
    """Put `work(call)` in the trainer's place; return the dims of each call."""
    calls: list[int] = []

    def train(_walks, artists, _settings, dims, on_epoch, on_progress, cancel, _on_block=None):
        calls.append(dims)
        work(Call(dims, on_epoch, on_progress, cancel))
        return np.full((artists, dims), dims, np.float32)

    monkeypatch.setattr(training, "_train", train)
    return calls


def both(settings: BuildSettings, **more: Any) -> tuple[Any, Any]:
    about = {"on_epoch": None, "on_progress": silent, "cancel": CancelToken(), **more}
    return train_both(WALKS, 5, settings, **about)


def wait_for_cancel(cancel: CancelToken) -> None:
    for _ in range(500):
        cancel.check()
        time.sleep(0.01)
    pytest.fail("nobody cancelled")


def test_both_run_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(2, timeout=5)
    calls = fake(monkeypatch, lambda _: together.wait())
    first, second = both(BuildSettings(workers=2))
    assert (first.shape, second.shape) == ((5, 4), (5, 8))
    assert sorted(calls) == [4, 8]


def test_one_worker_trains_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = fake(monkeypatch, lambda _: None)
    both(BuildSettings(workers=1))
    assert calls == [4, 8]


def test_equal_dimensions_are_trained_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = fake(monkeypatch, lambda _: None)
    first, second = both(BuildSettings(workers=2, dims=8))
    assert calls == [8]
    assert first is second


@pytest.mark.parametrize("failing", [4, 8])
def test_an_error_in_one_stops_the_other(monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    ended = []

    def work(call: Call) -> None:
        if call.dims == failing:
            raise ZeroDivisionError
        try:
            wait_for_cancel(call.cancel)
        finally:
            ended.append(call.dims)

    fake(monkeypatch, work)
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError):
        both(BuildSettings(workers=2))
    assert ended == [12 - failing]
    assert threading.active_count() == before


@pytest.mark.parametrize("workers", [1, 2])
def test_cancel_stops_both(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    fake(monkeypatch, lambda call: wait_for_cancel(call.cancel))
    token = CancelToken()
    threading.Timer(0.05, token.cancel).start()
    with pytest.raises(Cancelled):
        both(BuildSettings(workers=workers), cancel=token)


def test_an_error_in_on_epoch_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(call: Call) -> None:
        if call.on_epoch is None:
            wait_for_cancel(call.cancel)
        else:
            call.on_epoch(1, np.zeros((5, call.dims), np.float32))

    def on_epoch(*_):
        raise BrokenPipeError

    fake(monkeypatch, work)
    with pytest.raises(BrokenPipeError):
        both(BuildSettings(workers=2), on_epoch=on_epoch)


@pytest.mark.parametrize("quick", [4, 8])
def test_progress_is_of_one_after_the_other_though_they_run_at_once(
    monkeypatch: pytest.MonkeyPatch, quick: int
) -> None:
    busy, half = threading.Lock(), threading.Barrier(2, timeout=5)
    steps: list[Progress] = []

    def on_progress(step: Progress) -> None:
        assert busy.acquire(blocking=False), "called from two threads at once"
        time.sleep(0.0002)
        steps.append(step)
        busy.release()

    def work(call: Call) -> None:
        call.tell(Progress("compile", 0, 0))
        for done in range(51):
            if done == (50 if call.dims == quick else 25):
                half.wait()
            call.tell(Progress("anything", done, 50))

    fake(monkeypatch, work)
    both(BuildSettings(workers=2), on_progress=on_progress)
    assert steps.count(Progress("compile", 0, 0)) == 2
    told = [step for step in steps if step.total]
    first = [step for step in told if step.stage == "train 4-D"]
    second = [step for step in told if step.stage == "train 8-D"]
    assert told == first + second
    assert [step.done for step in first] == list(range(51))
    assert [step.done for step in second] == list(range(second[0].done, 51))
    assert second[0].done >= (24 if quick == 4 else 49)
    assert {step.total for step in told} == {50}


@pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="no such policy on this system")
@pytest.mark.parametrize("watched", [True, False])
def test_where_the_first_is_watched_the_second_stands_back(
    monkeypatch: pytest.MonkeyPatch, watched: bool
) -> None:
    policies: dict[int, int] = {}
    fake(monkeypatch, lambda call: policies.update({call.dims: os.sched_getscheduler(0)}))
    before = os.sched_getscheduler(0)
    both(BuildSettings(workers=2), on_block=(lambda *_: None) if watched else None)
    assert policies == {4: before, 8: os.SCHED_IDLE if watched else before}
    assert os.sched_getscheduler(0) == before


def test_progress_is_named_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[Progress] = []
    fake(monkeypatch, lambda call: call.tell(Progress("x", 1, 1)))
    both(BuildSettings(workers=1), on_progress=steps.append)
    assert steps == [Progress("train 4-D", 1, 1), Progress("train 8-D", 1, 1)]


def test_the_reference_engine_tells_of_blocks_at_its_epochs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from embedding import reference

    def train(_walks, artists, settings, dims, on_epoch, _on_progress, _cancel):
        vectors = np.zeros((artists, dims), np.float32)
        for epoch in range(settings.epochs):
            if on_epoch is not None:
                on_epoch(epoch + 1, vectors)
        return vectors

    monkeypatch.setattr(reference, "reference_train", train)
    epochs: list[int] = []
    shares: list[float] = []
    settings = BuildSettings(engine="reference", epochs=4)
    both(
        settings,
        on_epoch=lambda epoch, _: epochs.append(epoch),
        on_block=lambda share, _: shares.append(share),
    )
    assert epochs == [1, 2, 3, 4]
    assert shares == [0.25, 0.5, 0.75, 1]
