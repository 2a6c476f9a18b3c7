"""The measured work of naming stars."""

from __future__ import annotations

import os
import statistics
import time
from typing import Any

import numpy as np

from tests.benchmarks.child import Answer

SIZE = (1280.0, 800.0)
FRAME = 1 / 30
FRAMES_A_CHOICE = 4


def fly(galaxy: str, workers: int) -> Answer:
    """Fly the tour of a galaxy and name its stars; the figures are milliseconds."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PyQt6.QtGui import QGuiApplication

    from embedding.galaxy_file import load
    from galaxy_desktop.model.label_candidates import Candidates
    from galaxy_desktop.model.label_chooser import Chooser
    from galaxy_desktop.model.label_kinds import PlacedLabel
    from galaxy_desktop.model.label_tracks import Track
    from galaxy_desktop.model.label_wish import Wish
    from galaxy_desktop.model.labelling import Labeller
    from galaxy_desktop.model.look import Look
    from galaxy_desktop.model.tour import Tour
    from galaxy_desktop.model.world import World
    from galaxy_desktop.ui.label_painter import LabelPainter

    del workers
    app = QGuiApplication([])
    world = World(load(galaxy))
    _ = world.tree
    painter = LabelPainter()
    labeller = Labeller(world, painter.measure)
    prepare = _milliseconds(labeller.prepare)
    tour = Tour(world)
    chooser = Chooser(world, painter.measure, Candidates(world), labeller.regions)
    times: dict[str, list[float]] = {"choice": [], "frame": [], "writing": []}
    wish, named = Wish(SIZE, None, None, (), (), Look()), list[Track]()
    written: dict[tuple[str, str, int], PlacedLabel] = {}
    for frame, seconds in enumerate(np.arange(0, tour.duration, FRAME).tolist()):
        pose = tour.pose_at(seconds)
        started = time.perf_counter()
        labels = labeller.update(pose, SIZE, FRAME)
        times["frame"].append(1000 * (time.perf_counter() - started))
        if frame % FRAMES_A_CHOICE == 0:
            # As a whole, what the frames do by thirds.
            started = time.perf_counter()
            named = chooser.choose(pose, wish, named)
            times["choice"].append(1000 * (time.perf_counter() - started))
        for label in labels:
            written.setdefault((label.text, label.kind, label.size), label)
    for label in list(written.values())[:200]:
        times["writing"].append(_milliseconds(painter.paint, label, 1.0))
    del app
    figures: dict[str, Any] = {what: _summary(some) for what, some in times.items()}
    return {"seconds": prepare / 1000, "prepare": prepare, **figures}, {}


def _milliseconds(call: Any, *arguments: Any) -> float:
    started = time.perf_counter()
    call(*arguments)
    return 1000 * (time.perf_counter() - started)


def _summary(times: list[float]) -> dict[str, float]:
    return {
        "median": statistics.median(times),
        "p95": float(np.percentile(times, 95)),
        "slowest": max(times),
        "count": len(times),
    }
