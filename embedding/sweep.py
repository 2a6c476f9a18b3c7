"""A grid of settings, each tried, measured and drawn, to see which galaxy to fly to."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

from embedding import sweep_steps as steps
from embedding.arrays import Float32, Int32
from embedding.atomic import atomic_write
from embedding.errors import GalaxyError, InputError
from embedding.graph import ArtistGraph
from embedding.picture import FRONT, SIDE, draw
from embedding.pipeline import popularity_from_degrees
from embedding.png import png_bytes
from embedding.progress import Cancelled, CancelToken, OnProgress, Progress, silent
from embedding.projection import project
from embedding.pruning import prune
from embedding.quality import measure
from embedding.settings import BuildSettings
from embedding.sweep_grid import SweepGrid, SweepResult
from embedding.sweep_report import render
from embedding.sweep_store import SweepStore, make_folder

__all__ = ["SweepGrid", "SweepResult", "report_path", "run_sweep"]

PICTURE_SIZE = (560, 420)


def run_sweep(
    graph: ArtistGraph,
    grid: SweepGrid,
    out: Path,
    *,
    on_progress: OnProgress = silent,
    cancel: CancelToken | None = None,
) -> list[SweepResult]:
    """Try every setting of a grid and leave one HTML report with pictures and figures.

    What is done is kept at once in a folder beside the report, ``NAME.work``. A sweep that was
    killed goes on where it was when it is run again, and a wider grid takes over what a smaller
    one has found; other data or settings never mix with it. The folder may be thrown away.

    Parameters
    ----------
    graph : ArtistGraph
        Pruned here as a build does, by the base settings of `grid`.
    grid : SweepGrid
    out : Path
        The report, ``.html``; or a folder, made if it is not there, for its ``sweep.html``.
    on_progress : callable, optional
        Told ``sweep`` with how many settings are done, and the stages within each.
    cancel : CancelToken, optional
        Looked at between settings and within each.

    Returns
    -------
    list of SweepResult
        One for each of ``grid.settings()``, in that order. A setting that failed says why in
        `SweepResult.error`; it is tried again by the next run, and does not stop the others.

    Raises
    ------
    InputError
        A value of the grid, the graph, or the place for the report is no good.
    Cancelled
        `cancel` was set; the report shows what was done until then.
    """
    cancel = cancel or CancelToken()
    cancel.check()
    settings = grid.settings()
    graph = prune(graph, grid.base.max_artists, grid.base.min_component)
    if min(grid.dims) > len(graph):
        raise _too_many_dims(min(grid.dims), len(graph))
    report = report_path(out)
    if report.parent == out:
        make_folder(out)
    store = SweepStore(report.with_suffix(".work"), graph)

    found = {each: store.load(each) for each in settings}
    results = {each: result for each, result in found.items() if result is not None}
    sweep = _Sweep(graph, store, on_progress, cancel)

    def write_report() -> None:
        done = [results[each] for each in settings if each in results]
        with atomic_write(report) as file:
            file.write(render(graph, done, len(settings)))

    try:
        if not report.exists():
            write_report()  # says now, not after hours, if it cannot be written
    except InputError:
        store.leave()
        raise
    on_progress(Progress("sweep", len(results), len(settings)))
    try:
        for _, group in itertools.groupby(settings, key=lambda each: (each.p, each.q)):
            missing = [each for each in group if each not in results]
            for result in sweep.of_one_walk(missing):
                results[result.settings] = result
                on_progress(Progress("sweep", len(results), len(settings)))
    finally:
        write_report()
    return [results[each] for each in settings]


def report_path(out: Path) -> Path:
    """Return where the report for `out` goes: itself if it is ``.html``, else a file in it."""
    if out.suffix.lower() in (".html", ".htm") and not out.is_dir():
        return out
    return out / "sweep.html"


class _Sweep:
    """Tries settings on one graph."""

    def __init__(
        self, graph: ArtistGraph, store: SweepStore, on_progress: OnProgress, cancel: CancelToken
    ) -> None:
        self._graph, self._store = graph, store
        self._on_progress, self._cancel = on_progress, cancel
        self._edges = graph.edge_list()
        known = graph.popularity
        self._fame = popularity_from_degrees(graph.degrees) if known is None else known
        self._compiled: set[tuple[int, bool, bool]] = set()

    def of_one_walk(self, settings: list[BuildSettings]) -> Iterator[SweepResult]:
        """Yield the result of each of some settings with the same p and q, stored."""
        walks, walk_seconds = None, 0.0
        for each in settings:
            self._cancel.check()
            try:
                self._compile(each)
                if walks is None:
                    walks, walk_seconds = self._walked(each)
                result = self._tried(each, walks, walk_seconds)
            except Cancelled:
                raise
            except Exception as error:  # whatever it is, the other settings are worth having
                yield SweepResult(each, error=_sentence(error))
                continue
            self._store.save(result)
            yield result

    def _compile(self, settings: BuildSettings) -> None:
        kernel = (settings.dims, settings.hs, settings.negative > 0)
        if kernel not in self._compiled:
            steps.warm_up(settings, self._on_progress, self._cancel)
            self._compiled.add(kernel)

    def _walked(self, settings: BuildSettings) -> tuple[Int32, float]:
        started = time.perf_counter()
        walks = steps.walk(self._graph, settings, self._on_progress, self._cancel)
        return walks, time.perf_counter() - started

    def _tried(self, settings: BuildSettings, walks: Int32, walk_seconds: float) -> SweepResult:
        graph = self._graph
        if settings.dims > len(graph):
            raise _too_many_dims(settings.dims, len(graph))
        started = time.perf_counter()
        vectors = steps.train(walks, len(graph), settings, self._on_progress, self._cancel)
        train_seconds = time.perf_counter() - started
        self._cancel.check()
        positions = project(vectors, settings.lengths, settings.engine)
        quality = measure(graph.indptr, graph.indices, positions, vectors)
        front, side = (self._drawn(positions, angle) for angle in (FRONT, SIDE))
        return SweepResult(settings, quality, walk_seconds, train_seconds, front, side)

    def _drawn(self, positions: Float32, angle: tuple[float, float]) -> bytes:
        image = draw(positions, self._fame, self._edges, size=PICTURE_SIZE, angle=angle)
        return png_bytes(image, colours=256)


def _too_many_dims(dims: int, artists: int) -> InputError:
    return InputError(
        f"{dims} dimensions are more than the {artists} artists there are",
        where="--dims",
        remedy=f"give at most {artists}",
    )


def _sentence(error: Exception) -> str:
    if isinstance(error, GalaxyError):
        return str(error)
    return " ".join(f"{type(error).__name__}: {error}".split())
