"""How long each key takes while somebody types a name."""

from __future__ import annotations

from tests.benchmarks.bench import Bench, set_for
from tests.benchmarks.report import Goal

NAME = "searching"
ABOUT = "search among 100,000 names while somebody types, with and without slips"

TYPED = (
    "daft punk",
    "bjork",
    "metalica",
    "ac/dc",
    "beyonce",
    "sigur ros",
    "beatels",
    "the weeknd",
    "raadiohaedd",
    "tupac",
    "guns and roses",
    "florence and the machine",
    "red hot chilli pepers",
    "kendirck lamar",
    "viktor tsoi",
    "кино",
    "椎名林檎",
    "فيروز",
    "zhou jielun",
    "qqqqqqqq",
)


def main(bench: Bench) -> None:
    """Type twenty names, each key a search."""
    size = bench.pick(20_000, 100_000, 100_000)
    figures = bench.run("model_jobs:type_names", artists=size, typed=TYPED).figures
    bench.report.table(
        f"Each key while typing, among {size:,} names; milliseconds",
        ["typed", "comes first", "median", "95%", "slowest"],
        [
            [name, of["first"], of["median"], of["p95"], of["slowest"]]
            for name, of in figures["typed"].items()
        ],
    )
    bench.report.say(f"  The index takes {figures['prepare']:,.0f} ms to make, beside the window.")
    note = set_for(100_000, size)
    for text, key in (("a key, 95 in 100", "p95"), ("the slowest key of all", "slowest")):
        bench.report.goal(Goal(text, figures[key], 15, "at most", " ms", note))
