"""Names chosen in a small galaxy, by a measure of texts that needs no window."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from galaxy_desktop.model.label_kinds import Kind, PlacedLabel
from galaxy_desktop.model.labelling import Labeller
from galaxy_desktop.model.pose import Pose, looking_at
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.worlds import world

SIZE = (1280.0, 800.0)
FRAME = 1 / 60
angle, distance = st.floats(0, 6.3), st.floats(0.05, 4.0)


def measure(text: str, kind: Kind, size: int) -> tuple[float, float]:
    plate = 12 if kind in ("selected", "hovered") else 0
    return 0.55 * size * len(text) + plate, 1.35 * size + plate / 2


def galaxy(n: int = 1500, seed: int = 1) -> World:
    """Return clusters of artists, with tags."""
    rng = np.random.default_rng(seed)
    cluster = rng.integers(0, 12, n)
    middles = rng.normal(size=(12, 3))
    places = middles[cluster] + rng.normal(size=(n, 3)) * 0.15
    return world(places, 100 * rng.random(n) ** 3, tags=[(f"scene {c}",) for c in cluster.tolist()])


def labeller(stars: World) -> Labeller:
    made = Labeller(stars, measure)
    made.prepare()
    return made


def boxes(labels: Iterable[PlacedLabel]) -> set[tuple[object, str, float, float]]:
    return {(b.key, b.kind, round(b.x, 6), round(b.y, 6)) for b in labels}


def assert_apart(labels: list[PlacedLabel]) -> None:
    for one, other in combinations(labels, 2):
        across = max(one.x, other.x) - min(one.x + one.width, other.x + other.width)
        down = max(one.y, other.y) - min(one.y + one.height, other.y + other.height)
        assert max(across, down) >= -1e-6, (one, other)


def around(stars: World, turn: float, away: float, height: float = 0.4) -> Pose:
    place = stars.centre + np.array([np.sin(turn), height, np.cos(turn)]) * away * stars.radius
    return looking_at(place, stars.centre)


def flight(stars: World, frames: int = 480) -> list[Pose]:
    """Return a way around and into the galaxy."""
    ways = np.linspace(0, 1, frames)
    return [around(stars, 1.5 * s, 2.4 - 2.1 * s, 0.5 - 0.4 * s) for s in ways]


def rested(names: Labeller, pose: Pose, hovered: int | None = None) -> list[PlacedLabel]:
    for _ in range(80):
        shown = names.update(pose, SIZE, FRAME, hovered)
    assert names.settled
    return shown
