import itertools
import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from embedding import sweep, sweep_steps
from embedding.errors import InputError
from embedding.graph import ArtistGraph
from embedding.progress import Cancelled, CancelToken
from embedding.settings import BuildSettings
from embedding.sweep import SweepGrid, report_path, run_sweep


def ring(n=40, **about):
    i = np.arange(n)
    return ArtistGraph.from_edges(
        [f"artist {k}" for k in i],
        np.tile(i, 2),
        np.concatenate(((i + 1) % n, (i + 3) % n)),
        **about,
    )


GRAPH = ring(title="Rings")
GRID = SweepGrid(p=(0.5, 2.0), q=(1.0,), dims=(3, 4))


def measured(_indptr, _indices, positions, vectors):
    return {
        "connection_ratio": float(np.abs(positions).mean()),
        "bowl_index": float(vectors.mean()),
    }


class Steps:
    """Stands in for walking and training, and remembers what was asked of it."""

    def __init__(self):
        self.walked, self.trained, self.warmed = [], [], []
        self.fail = self.cancel_after = None

    def walk(self, graph, settings, _on_progress, _cancel):
        self.walked.append((settings.p, settings.q))
        return np.zeros((len(graph), 2), np.int32)

    def train(self, _walks, artists, settings, _on_progress, cancel):
        if self.fail is not None and self.fail(settings):
            raise RuntimeError("the <trainer> broke\nbadly")
        self.trained.append(settings)
        if self.cancel_after == len(self.trained):
            cancel.cancel()
        rng = np.random.default_rng(settings.dims)
        angle = np.arange(artists) * 2 * np.pi / artists
        vectors = rng.normal(size=(artists, settings.dims)) * 0.1 * settings.p
        vectors[:, 0] += np.cos(angle)
        vectors[:, 1] += np.sin(angle)
        return vectors.astype(np.float32)

    def warm_up(self, settings, _on_progress, _cancel):
        self.warmed.append(settings)


@pytest.fixture(autouse=True)
def steps(monkeypatch):
    fake = Steps()
    for name in ("walk", "train", "warm_up"):
        monkeypatch.setattr(sweep_steps, name, getattr(fake, name))
    # Measuring and drawing are tested elsewhere.
    monkeypatch.setattr(sweep, "measure", measured)
    monkeypatch.setattr(sweep, "PICTURE_SIZE", (12, 9))
    return fake


def rows(report):
    return report.read_text("utf-8").count("data-number=")


# The grid


def test_the_grid_holds_every_combination_once_and_keeps_equal_walks_together():
    grid = SweepGrid(
        p=(0.5, 1, 1.0), q=(2.0, 1.0), dims=(3, 4), epochs=(1, 5), hs=(True, False), negative=(0, 5)
    )
    settings = grid.settings()
    assert len(settings) == len(set(settings)) == 2 * 2 * 2 * 2 * 3
    assert not any(not s.hs and not s.negative for s in settings)
    pairs = [(s.p, s.q) for s in settings]
    changes = sum(a != b for a, b in itertools.pairwise(pairs))
    assert changes == 3


def test_the_grid_takes_all_else_from_its_base():
    grid = SweepGrid(p=(1.0,), q=(1.0,), base=BuildSettings(walks=3, window=2, seed=9))
    (only,) = grid.settings()
    assert (only.walks, only.window, only.seed) == (3, 2, 9)


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"p": ()}, "--p"),
        ({"q": (0.0,)}, "--q"),
        ({"p": (float("nan"),)}, "--p"),
        ({"dims": (0,)}, "--dims"),
        ({"epochs": (0,)}, "--epochs"),
        ({"hs": (False,), "negative": (0,)}, "--negative"),
    ],
)
def test_a_grid_that_means_nothing_is_refused_before_any_work(values, where, steps, tmp_path):
    with pytest.raises(InputError, match=where):
        run_sweep(GRAPH, SweepGrid(**values), tmp_path / "r.html")
    assert not list(tmp_path.iterdir())
    assert not steps.walked


# Running


def test_it_tries_all_walks_once_for_each_p_and_q_and_leaves_a_report(steps, tmp_path):
    told = []
    results = run_sweep(GRAPH, GRID, tmp_path / "r.html", on_progress=told.append)
    assert [r.settings for r in results] == GRID.settings()
    assert steps.walked == [(0.5, 1.0), (2.0, 1.0)]
    assert len(steps.trained) == 4
    assert [(t.done, t.total) for t in told if t.stage == "sweep"] == [(i, 4) for i in range(5)]
    for result in results:
        assert set(result.quality) == {"connection_ratio", "bowl_index"}
        assert result.front.startswith(b"\x89PNG")
        assert result.front != result.side
        assert not result.error
        assert not result.reused
    assert rows(tmp_path / "r.html") == 4


def test_every_kernel_is_compiled_before_its_time_is_taken(steps, tmp_path):
    grid = SweepGrid(p=(1, 2), q=(1,), dims=(3, 4), hs=(True, False))
    run_sweep(GRAPH, grid, tmp_path / "r.html")
    assert len(steps.warmed) == 4
    assert {(s.dims, s.hs) for s in steps.warmed} == {(3, True), (3, False), (4, True), (4, False)}


def test_a_second_run_does_nothing_again(steps, tmp_path):
    first = run_sweep(GRAPH, GRID, tmp_path / "r.html")
    steps.walked.clear()
    steps.trained.clear()
    second = run_sweep(GRAPH, GRID, tmp_path / "r.html")
    assert not steps.walked
    assert not steps.trained
    assert all(r.reused for r in second)
    for a, b in zip(first, second, strict=True):
        assert (a.quality, a.seconds, a.front, a.side) == (b.quality, b.seconds, b.front, b.side)


def test_a_wider_grid_only_tries_what_is_new(steps, tmp_path):
    run_sweep(GRAPH, GRID, tmp_path / "r.html")
    steps.trained.clear()
    run_sweep(GRAPH, replace(GRID, dims=(3, 4, 5)), tmp_path / "r.html")
    assert [s.dims for s in steps.trained] == [5, 5]


def test_after_a_cancel_the_report_shows_what_is_done_and_the_next_run_goes_on(steps, tmp_path):
    steps.cancel_after = 2
    with pytest.raises(Cancelled):
        run_sweep(GRAPH, GRID, tmp_path / "r.html", cancel=CancelToken())
    done = rows(tmp_path / "r.html")
    assert done < 4
    assert "not done yet" in (tmp_path / "r.html").read_text("utf-8")
    steps.cancel_after = None
    before = len(steps.trained)
    assert len(run_sweep(GRAPH, GRID, tmp_path / "r.html")) == 4
    assert len(steps.trained) - before == 4 - done
    assert rows(tmp_path / "r.html") == 4


def test_a_cancel_before_the_start_leaves_nothing(tmp_path):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        run_sweep(GRAPH, GRID, tmp_path / "r.html", cancel=token)
    assert not list(tmp_path.iterdir())


def test_what_is_done_outlives_a_kill(steps, tmp_path, monkeypatch):
    class Killed(BaseException):
        pass

    train = steps.train

    def third_kills(*arguments):
        if len(steps.trained) == 2:
            raise Killed
        return train(*arguments)

    monkeypatch.setattr(sweep_steps, "train", third_kills)
    with pytest.raises(Killed):
        run_sweep(GRAPH, GRID, tmp_path / "r.html")
    monkeypatch.setattr(sweep_steps, "train", train)
    (tmp_path / "r.html").unlink()
    results = run_sweep(GRAPH, GRID, tmp_path / "r.html")
    assert [r.reused for r in results] == [True, True, False, False]


@pytest.mark.parametrize(
    "other",
    [
        ring(44),
        ring(popularity=np.arange(40, dtype=np.uint8)),
        replace(GRAPH, weights=np.full(GRAPH.indices.size, 2.0, np.float32)),
    ],
)
def test_other_data_never_takes_this_result(tmp_path, other):
    run_sweep(GRAPH, GRID, tmp_path / "r.html")
    assert not any(r.reused for r in run_sweep(other, GRID, tmp_path / "r.html"))
    assert all(r.reused for r in run_sweep(GRAPH, GRID, tmp_path / "r.html"))


@pytest.mark.parametrize("change", [{"seed": 2}, {"walks": 3}, {"alpha": 0.05}, {"window": 3}])
def test_other_settings_never_take_this_result(tmp_path, change):
    run_sweep(GRAPH, GRID, tmp_path / "r.html")
    other = replace(GRID, base=replace(GRID.base, **change))
    assert not any(r.reused for r in run_sweep(GRAPH, other, tmp_path / "r.html"))


def test_threads_and_the_averager_change_nothing_of_a_result(tmp_path):
    run_sweep(GRAPH, GRID, tmp_path / "r.html")
    other = replace(GRID, base=replace(GRID.base, workers=2, averager_dims=5))
    assert all(r.reused for r in run_sweep(GRAPH, other, tmp_path / "r.html"))


@pytest.mark.parametrize(
    "harm",
    [
        lambda f: f.write_bytes(f.read_bytes()[: f.stat().st_size // 2]),
        lambda f: f.write_bytes(b""),
        lambda f: f.write_bytes(b"\xff" + f.read_bytes()[1:]),
        lambda f: f.unlink(),
    ],
)
@pytest.mark.parametrize("kind", ["*.json", "*-front.png", "*-side.png"])
def test_a_broken_record_is_done_again(tmp_path, kind, harm):
    first = run_sweep(GRAPH, GRID, tmp_path / "r.html")
    harm(next((tmp_path / "r.work").glob(kind)))
    again = run_sweep(GRAPH, GRID, tmp_path / "r.html")
    assert sum(r.reused for r in again) == 3
    assert [r.quality for r in again] == [r.quality for r in first]


@pytest.mark.parametrize("text", ["[]", "null", "{}", '{"quality": 3, "pictures": []}'])
def test_a_foreign_record_is_done_again(tmp_path, text):
    run_sweep(GRAPH, GRID, tmp_path / "r.html")
    for record in (tmp_path / "r.work").glob("*.json"):
        record.write_text(text)
    assert not any(r.reused for r in run_sweep(GRAPH, GRID, tmp_path / "r.html"))


def test_a_record_with_a_figure_that_is_no_number_is_done_again(tmp_path):
    run_sweep(GRAPH, GRID, tmp_path / "r.html")
    record = next((tmp_path / "r.work").glob("*.json"))
    content = json.loads(record.read_text())
    content["quality"]["bowl_index"] = float("nan")
    record.write_text(json.dumps(content))
    assert sum(r.reused for r in run_sweep(GRAPH, GRID, tmp_path / "r.html")) == 3


def test_a_failure_in_one_setting_loses_no_other(steps, tmp_path):
    steps.fail = lambda settings: (settings.p, settings.dims) == (0.5, 3)
    results = run_sweep(GRAPH, GRID, tmp_path / "r.html")
    assert [bool(r.error) for r in results] == [True, False, False, False]
    assert results[0].error == "RuntimeError: the <trainer> broke badly"
    html = (tmp_path / "r.html").read_text("utf-8")
    assert "the &lt;trainer&gt; broke badly" in html
    assert "<trainer>" not in html
    steps.fail = None
    again = run_sweep(GRAPH, GRID, tmp_path / "r.html")
    assert [r.reused for r in again] == [False, True, True, True]
    assert not again[0].error


def test_more_dimensions_than_artists_fail_alone(tmp_path):
    results = run_sweep(GRAPH, replace(GRID, dims=(4, 64)), tmp_path / "r.html")
    assert [bool(r.error) for r in results] == [False, True, False, True]
    assert "64 dimensions are more than the 40 artists" in results[1].error


# The place


def test_the_report_is_the_file_or_stands_in_the_folder(tmp_path):
    (tmp_path / "is.html").mkdir()
    assert report_path(tmp_path / "a.html") == tmp_path / "a.html"
    assert report_path(tmp_path / "new") == tmp_path / "new" / "sweep.html"
    assert report_path(tmp_path / "is.html") == tmp_path / "is.html" / "sweep.html"


def test_a_folder_is_made_for_the_report(tmp_path):
    run_sweep(GRAPH, GRID, tmp_path / "new")
    assert (tmp_path / "new" / "sweep.html").is_file()
    assert (tmp_path / "new" / "sweep.work").is_dir()


def test_a_place_that_is_no_good_is_told_before_any_work(steps, tmp_path):
    (tmp_path / "file").write_text("x")
    for out in (tmp_path / "no" / "r.html", tmp_path / "no" / "r", tmp_path / "file"):
        with pytest.raises(InputError, match=r"create it|another name"):
            run_sweep(GRAPH, GRID, out)
    assert not steps.walked
    assert (tmp_path / "file").read_text() == "x"


def test_an_old_report_stays_until_the_new_one_is_whole(tmp_path):
    run_sweep(GRAPH, GRID, tmp_path / "r.html")
    before = (tmp_path / "r.html").read_bytes()
    seen = []
    other = replace(GRID, p=(7.0,))
    run_sweep(
        GRAPH,
        other,
        tmp_path / "r.html",
        on_progress=lambda _: seen.append((tmp_path / "r.html").read_bytes() == before),
    )
    assert seen
    assert all(seen)
    assert (tmp_path / "r.html").read_bytes() != before


def test_the_work_folder_may_be_thrown_away(tmp_path):
    run_sweep(GRAPH, GRID, tmp_path / "r.html")
    shutil.rmtree(tmp_path / "r.work")
    assert not any(r.reused for r in run_sweep(GRAPH, GRID, tmp_path / "r.html"))
