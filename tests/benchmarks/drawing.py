"""Full quality, frame by frame, beside vispy's Markers, a plain program and three.js."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from embedding.arrays import Array
from embedding.picture import write_png
from galaxy_desktop.model.atlas import atlas_file
from tests.benchmarks import three_js
from tests.benchmarks.bench import Bench, set_for
from tests.benchmarks.drawing_jobs import CONTESTANTS, open_world
from tests.benchmarks.galaxies import keep_galaxy
from tests.benchmarks.measure import JobFailed
from tests.benchmarks.report import Goal
from tests.benchmarks.stages import SIZE, Where, has_display, turn

NAME = "drawing"
ABOUT = "frames a second at full quality, beside vispy's Markers and three.js (100,000 stars)"

#: With what EGL is asked to draw, the surest last; "" lets it choose, by the display too.
PLATFORMS = ("", "device", "surfaceless")
THREE = "three.js Points"
POSES = 8
#: Times faster than Markers, and than three.js, that ours has to be.
MARKERS_GOAL, THREE_GOAL = 3.0, 1.0


@dataclass(slots=True)
class Frames:
    """What one contestant drew, in several rounds.

    Attributes
    ----------
    rounds : list of ndarray of float64
        Seconds of each frame, round by round.
    renderer : str
    """

    rounds: list[Array] = field(default_factory=list)
    renderer: str = ""

    def add(self, times: Array, renderer: str) -> None:
        """Take in a round."""
        self.rounds.append(times)
        self.renderer = renderer

    @property
    def rate(self) -> float:
        """Frames a second: the median of the rounds."""
        return statistics.median(times.size / float(times.sum()) for times in self.rounds)

    def milliseconds(self, percentile: float) -> float:
        """Return a percentile of all frames."""
        return 1000 * float(np.percentile(np.concatenate(self.rounds), percentile))


def main(bench: Bench) -> None:
    """Let all draw in turn, so that the machine's mood hits them alike, several times over."""
    size = bench.pick(20_000, 100_000, 100_000)
    galaxy = keep_galaxy(bench.out / "worlds", size)
    note = set_for(100_000, size)
    rounds = bench.pick(1, 3, 5)
    platform = best_platform(bench)
    if platform is None:
        bench.report.say("Drawing without a window is skipped: EGL gives no OpenGL here.")
    else:
        atlas = _compare(bench, atlas_file(), "offscreen", platform, 1)
        _table(bench, "the atlas of music", atlas, "offscreen")
        found = _compare(bench, galaxy, "offscreen", platform, rounds)
        _table(bench, f"{size:,} stars", found, "offscreen")
        _goals(bench, found, "without a window", note)
    if has_display():
        found = _compare(bench, galaxy, "window", "", rounds)
        _table(bench, f"{size:,} stars", found, "window")
        _goals(bench, found, "in a window", note)
    else:
        bench.report.say("Drawing in a window, and three.js, are skipped: there is no display.")


def best_platform(bench: Bench) -> str | None:
    """Return with which platform EGL draws best: on a graphics card if there is one."""
    working = None
    for platform in PLATFORMS:
        try:
            found = bench.run("drawing_jobs:renderer", platform=platform).figures["renderer"]
        except JobFailed:
            continue
        working = platform
        if not _software(found):
            break
    return working


def _compare(
    bench: Bench, galaxy: Path, where: Where, platform: str, rounds: int
) -> dict[str, Frames]:
    """Return what each contestant drew."""
    found = {name: Frames() for name in CONTESTANTS}
    three = where == "window" and _has_three(bench)
    if three:
        found[THREE] = Frames()
    world = open_world(str(galaxy))
    seconds = bench.pick(0.3, 0.8, 2.0)
    for _ in range(rounds):
        for name in CONTESTANTS:
            outcome = bench.run(
                "drawing_jobs:frames",
                contestant=name,
                galaxy=str(galaxy),
                where=where,
                platform=platform,
                poses=POSES,
                seconds=seconds,
            )
            found[name].add(outcome.arrays["times"], outcome.figures["renderer"])
            picture = _picture_file(bench, f"{galaxy.stem} {where} {name}")
            write_png(picture, outcome.arrays["picture"])
        if three:
            answer = three_js.measure(world, turn(world, POSES), seconds)
            found[THREE].add(np.array(answer["times"]), answer["renderer"])
            three_js.save_picture(answer, _picture_file(bench, f"{galaxy.stem} {where} {THREE}"))
    return found


def _table(bench: Bench, what: str, found: dict[str, Frames], where: Where) -> None:
    own = found["own"]
    place = "in a window" if where == "window" else "without a window (EGL)"
    bench.report.table(
        f"{what} at {SIZE[0]}x{SIZE[1]}, {place}, by {own.renderer}",
        ["contestant", "frames/s", "ms, median", "ms, 95%", "own is faster by"],
        [
            [
                name,
                frames.rate,
                frames.milliseconds(50),
                frames.milliseconds(95),
                own.rate / frames.rate,
            ]
            for name, frames in found.items()
        ],
    )
    for name, frames in found.items():
        if frames.renderer != own.renderer:
            bench.report.say(f"  {name} is drawn by {frames.renderer}.")


def _goals(bench: Bench, found: dict[str, Frames], place: str, note: str) -> None:
    own = found["own"]
    if not _software(own.renderer):
        note = "set for drawing without a graphics card"
    for peer, least in (("Markers", MARKERS_GOAL), (THREE, THREE_GOAL)):
        if peer in found:
            text = f"{place}, against {peer}, times faster"
            faster = own.rate / found[peer].rate
            bench.report.goal(Goal(text, faster, least, "at least", "x", note))


def _software(renderer: str) -> bool:
    # Here, so that all other benchmarks run where there is no OpenGL at all.
    from galaxy_desktop.scene.graphics import Graphics

    return Graphics(renderer, "").software


def _has_three(bench: Bench) -> bool:
    why = three_js.missing()
    if why:
        bench.report.say(f"three.js is skipped: {why}.")
    return not why


def _picture_file(bench: Bench, name: str) -> Path:
    """Return where to leave what was drawn: one can see there that all drew the same stars."""
    bench.out.mkdir(parents=True, exist_ok=True)
    plain = name.lower().replace(",", "").replace(".", "").replace(" ", "-")
    return bench.out / f"drawing-{plain}.png"
