"""``python -m tests.benchmarks``: run all benchmarks, or some, and print what they find."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from types import ModuleType

from tests.benchmarks import (
    averaging,
    crawling,
    drawing,
    flying,
    fresh_process,
    gliding,
    labelling,
    listeners,
    peers,
    picking,
    reading,
    real_data,
    rebuilding,
    scaling,
    searching,
    skipgram_training,
    starting,
    walking,
    whole_build,
)
from tests.benchmarks.bench import Bench
from tests.benchmarks.measure import REPO, JobFailed
from tests.benchmarks.report import Report, machine

# The quick ones first, so that there is something to read while the long ones run.
BENCHMARKS: dict[str, ModuleType] = {
    module.NAME: module
    for module in (
        walking,
        reading,
        picking,
        labelling,
        searching,
        averaging,
        crawling,
        starting,
        drawing,
        flying,
        gliding,
        rebuilding,
        fresh_process,
        listeners,
        scaling,
        skipgram_training,
        whole_build,
        peers,
        real_data,
    )
}


def main(argv: list[str] | None = None) -> int:
    """Run what is asked for; return 1 if a benchmark broke, whether or not goals are met."""
    options = _parser().parse_args(argv)
    if options.list:
        for name, module in BENCHMARKS.items():
            print(f"{name:10} {module.ABOUT}")
        return 0
    about = machine()
    print(
        f"{about['processor']}, {about['cores']} cores, load {about['load']};"
        f" Python {about['python']}, "
        + ", ".join(f"{name} {version}" for name, version in about["packages"].items())
    )
    if about["load"] is not None and about["load"] > 0.5:
        print("Others are using this machine: trust the ratios of one table, and them a little.")
    goals, broken = [], 0
    for name in options.only or BENCHMARKS:
        bench = Bench(
            Report(name), options.out, options.scale, options.workers, options.peer_python
        )
        bench.report.say(f"\n== {name}: {BENCHMARKS[name].ABOUT}")
        started = time.perf_counter()
        try:
            BENCHMARKS[name].main(bench)
        except JobFailed as failure:
            broken += 1
            bench.report.say(f"  This benchmark broke. {failure}")
        bench.report.say(f"  took {time.perf_counter() - started:,.0f} s")
        bench.report.write(
            options.out, about | {"scale": options.scale, "workers": options.workers}
        )
        goals += bench.report.goals
    met = sum(goal.met for goal in goals)
    print(f"\n{met} of {len(goals)} goals met", f"{broken} benchmarks broke" if broken else "")
    for goal in goals:
        if not goal.met:
            print(f"  {goal}")
    return 1 if broken else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description="Measure the engine and the window, side by side with others on the same data.",
        epilog="Results are left in out/bench as JSON and as text, one of each a benchmark.",
    )
    parser.set_defaults(scale="default")
    scale = parser.add_mutually_exclusive_group()
    scale.add_argument(
        "--quick",
        dest="scale",
        action="store_const",
        const="quick",
        help="small worlds: a few minutes",
    )
    scale.add_argument(
        "--full",
        dest="scale",
        action="store_const",
        const="full",
        help="the sizes that the goals are set for: some hours, most of them the reference's",
    )
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        choices=list(BENCHMARKS),
        help="this benchmark only; may be given again (--list shows the names)",
    )
    parser.add_argument("--list", action="store_true", help="show the benchmarks and end")
    parser.add_argument(
        "--workers",
        type=int,
        default=1,
        help="threads of every contestant (default 1: more would make the reference's memory"
        " grow, for it copies its tables into every process)",
    )
    parser.add_argument("--out", type=Path, default=REPO / "out" / "bench", help="for results")
    parser.add_argument(
        "--peer-python",
        default=os.environ.get("GALAXY_BENCH_PYTHON", sys.executable),
        help="an interpreter that has fastnode2vec and grape (default: this one)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
