"""Side by side with fastnode2vec and grape, at settings as equal as they allow."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from embedding.link_prediction import hold_out
from tests.benchmarks.bench import Bench, megabytes
from tests.benchmarks.figures import held_out_auc, shortfall, trained_figures
from tests.benchmarks.measure import Outcome
from tests.benchmarks.report import Goal
from tests.benchmarks.worlds import save_graph

NAME = "peers"
ABOUT = "own engine, fastnode2vec and grape side by side (10,000; full 100,000 too)"
SEED = 1
SHARED: dict[str, Any] = {"p": 2.5, "q": 0.5, "negative": 5, "alpha": 0.025, "min_alpha": 0.0001}
# grape has negative sampling only, so all three meet there: node2vec's own published settings.
LONG_WALKS = {"walks": 10, "length": 80, "window": 10, "epochs": 1, "hs": False, "seed": SEED}
# Those of the galaxy itself, for whoever has hierarchical softmax.
GALAXY = {"walks": 20, "length": 10, "window": 7, "epochs": 5, "hs": True, "seed": SEED}
PACKAGES = {"fastnode2vec": "fastnode2vec", "grape": "ensmallen"}


def main(bench: Bench) -> None:
    """Embed the same graph, a tenth of its relations held out, with every contestant."""
    there = [peer for peer in PACKAGES if _installed(bench, peer)]
    for peer in PACKAGES.keys() - set(there):
        bench.report.say(f"{peer} is skipped: it is not installed (the extra `bench` has it).")
    for size in bench.pick([1_000], [10_000], [10_000, 100_000]):
        graph = bench.graph(size)
        world = bench.world(size)
        training = world.with_name(f"training-{world.name}")
        if not training.exists():
            save_graph(training, hold_out(graph, seed=SEED).training)
        _compare(bench, size, training, SHARED | LONG_WALKS, 4, there, "negatives only")
        if "fastnode2vec" in there:
            chosen = ["fastnode2vec"]
            _compare(bench, size, training, SHARED | GALAXY, 8, chosen, "hs and 5 negatives")


def _compare(
    bench: Bench,
    size: int,
    training: Path,
    settings: dict[str, Any],
    dims: int,
    peers: list[str],
    what: str,
) -> None:
    outcomes = {"own": bench.run("jobs:embed", graph=str(training), settings=settings, dims=dims)}
    for peer in peers:
        outcomes[peer] = bench.run_peer(
            f"peer_jobs:{peer}", graph=str(training), settings=settings, dims=dims
        )
    quality = {name: _figures(bench, size, outcome) for name, outcome in outcomes.items()}
    own = outcomes["own"]
    bench.report.table(
        f"{size:,} artists, {what}, {dims}-D, {settings['walks']} walks of {settings['length']},"
        f" window {settings['window']}, epochs: {settings['epochs']}, workers: {bench.workers}",
        [
            "engine",
            "seconds",
            "peak MB",
            "own is faster by",
            "connection ratio",
            "Recall@20",
            "link AUC",
        ],
        [
            [
                name,
                outcome.seconds,
                megabytes(outcome.peak),
                outcome.seconds / own.seconds,
                *quality[name].values(),
            ]
            for name, outcome in outcomes.items()
        ],
    )
    for peer in peers:
        faster = outcomes[peer].seconds / own.seconds
        bench.report.goal(Goal(f"own against {peer}, times faster", faster, 1, "at least", "x"))
        for key, figure in quality["own"].items():
            worse = shortfall(key, figure, quality[peer][key])
            bench.report.goal(Goal(f"{key} worse than {peer}'s", worse, 3, "at most", "%"))


def _figures(bench: Bench, size: int, outcome: Outcome) -> dict[str, float]:
    graph, vectors = bench.graph(size), outcome.arrays["vectors"]
    auc = held_out_auc(graph, vectors, SEED)
    return trained_figures(graph, vectors, vectors) | {"link_auc": auc}


def _installed(bench: Bench, peer: str) -> bool:
    find = f"import sys, importlib.util as u; sys.exit(u.find_spec({PACKAGES[peer]!r}) is None)"
    return subprocess.run([bench.peer_python, "-c", find], check=False).returncode == 0
