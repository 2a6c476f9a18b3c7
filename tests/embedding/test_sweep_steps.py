from pathlib import Path

import numpy as np
import pytest

from embedding import sweep, sweep_steps
from embedding.progress import CancelToken, silent
from embedding.settings import BuildSettings
from embedding.sweep import SweepGrid, run_sweep
from tests.embedding.planted import planted

GRAPH = planted()
FEW = BuildSettings(dims=3, walks=4, length=6, epochs=2, workers=1)


def test_the_own_engine_walks_and_trains():
    walks = sweep_steps.walk(GRAPH, FEW, silent, CancelToken())
    assert walks.shape == (4 * len(GRAPH), 6)
    vectors = sweep_steps.train(walks, len(GRAPH), FEW, silent, CancelToken())
    assert vectors.shape == (len(GRAPH), 3)
    assert vectors.dtype == np.float32
    again = sweep_steps.train(walks, len(GRAPH), FEW, silent, CancelToken())
    np.testing.assert_array_equal(vectors, again)


def test_warming_up_tells_of_compiling_and_nothing_else():
    told = []
    sweep_steps.warm_up(FEW, told.append, CancelToken())
    assert {step.stage for step in told} <= {"compile"}


@pytest.mark.parametrize("dims", [3, 40])
def test_warming_up_has_artists_enough_for_any_dimension(dims):
    settings = BuildSettings(dims=dims, negative=0, workers=1)
    sweep_steps.warm_up(settings, silent, CancelToken())


def test_a_sweep_with_the_real_steps_shows_the_bowl_of_negatives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sweep, "PICTURE_SIZE", (32, 24))
    base = BuildSettings(walks=10, workers=1)
    grid = SweepGrid(
        p=(2.5,), q=(0.5,), dims=(3,), epochs=(10,), hs=(True, False), negative=(0, 5), base=base
    )
    results = run_sweep(GRAPH, grid, tmp_path / "r.html")
    assert [r.error for r in results] == [""] * 3
    bowl = {(r.settings.hs, r.settings.negative): r.quality["bowl_index"] for r in results}
    assert bowl[False, 5] > 2 * bowl[True, 0]
    assert all(0 < r.quality["connection_ratio"] < 0.8 for r in results)
    assert all(r.walk_seconds > 0 and r.train_seconds > 0 for r in results)
