"""Quality on real related artists, ours against the reference, mean over seeds."""

from __future__ import annotations

import tempfile
from pathlib import Path

from embedding.graph import ArtistGraph
from embedding.link_prediction import hold_out
from embedding.pruning import components
from embedding.readers import read_graph
from tests.benchmarks.bench import REAL_DATA, Bench
from tests.benchmarks.figures import BETTER, held_out_auc, shortfall, trained_figures
from tests.benchmarks.report import Cell, Goal
from tests.benchmarks.worlds import save_graph

NAME = "quality"
ABOUT = "quality on spotify_related_10k, own against reference, mean of three seeds (quick: one)"
ENGINES = ("own", "reference")


def main(bench: Bench) -> None:
    """Build its largest component whole, and with a tenth of the relations held out."""
    if not REAL_DATA.is_dir():
        bench.report.say("Skipped: spotify_related_10k is not on this machine (../shared/data).")
        return
    with tempfile.TemporaryDirectory(prefix="galaxy-bench-") as folder:  # nothing of it stays
        _compare(bench, Path(folder))


def _compare(bench: Bench, folder: Path) -> None:
    graph = _largest_component(read_graph(REAL_DATA))
    whole = folder / "whole.npz"
    save_graph(whole, graph)
    bench.run("jobs:warm_up", settings={"engine": "own"})
    found: dict[str, dict[str, list[float]]] = {e: {key: [] for key in BETTER} for e in ENGINES}
    seeds = bench.pick([1], [1, 2, 3], [1, 2, 3])
    for seed in seeds:
        training = folder / f"training-{seed}.npz"
        save_graph(training, hold_out(graph, seed=seed).training)
        for engine in ENGINES:
            for key, value in _figures(bench, graph, whole, training, engine, seed).items():
                found[engine][key].append(value)
    means = {e: {k: sum(v) / len(v) for k, v in found[e].items()} for e in ENGINES}
    rows: list[list[Cell]] = [[engine, *means[engine].values()] for engine in ENGINES]
    for engine in ENGINES:
        for i, seed in enumerate(seeds):
            rows.append([f"{engine}, seed {seed}", *(found[engine][key][i] for key in BETTER)])
    bench.report.table(
        f"spotify_related_10k: {len(graph):,} artists, {graph.edges:,} edges, seeds: {len(seeds)}",
        ["engine", *(f"{key} ({way} is better)" for key, way in BETTER.items())],
        rows,
    )
    note = "" if len(seeds) == 3 else "set for three seeds, measured at one"
    for key in BETTER:
        worse = shortfall(key, means["own"][key], means["reference"][key])
        bench.report.goal(Goal(f"{key} worse than the reference's", worse, 3, "at most", "%", note))


def _figures(
    bench: Bench, graph: ArtistGraph, whole: Path, training: Path, engine: str, seed: int
) -> dict[str, float]:
    settings = {"engine": engine, "seed": seed}
    built = bench.run("jobs:build", graph=str(whole), settings=settings)
    held_out = bench.run("jobs:build", graph=str(training), settings=settings)
    auc = held_out_auc(graph, held_out.arrays["vectors"], seed)
    figures = trained_figures(graph, built.arrays["positions"], built.arrays["vectors"])
    return figures | {"link_auc": auc}


def _largest_component(graph: ArtistGraph) -> ArtistGraph:
    labels, sizes = components(graph)
    return graph.subgraph(labels == sizes.argmax())
