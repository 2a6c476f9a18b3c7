"""The measured work of the window's model: pointing at stars, typing names, averaging."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.benchmarks.child import Answer

SIZE = (1280.0, 800.0)
CHECKED = 20
"""So many answers of each kind are compared with those of testing every star."""


def pick(artists: int, kind: str, picks: int, workers: int) -> Answer:
    """Point at an invented galaxy from several places; the figures are milliseconds."""
    from galaxy_desktop.model.picking import Picker

    del workers
    world = _world(artists, kind)
    started = time.perf_counter()
    _ = world.tree
    tree = time.perf_counter() - started
    quick, slow = Picker(world), Picker(world)
    started = time.perf_counter()
    quick.prepare()
    blocks = time.perf_counter() - started
    figures: dict[str, Any] = {"tree": 1000 * tree, "blocks": 1000 * blocks, "wrong": 0}
    for where in ("outside", "inside", "far"):
        rng = np.random.default_rng(1)
        times, every, hits = [], [], 0
        for number in range(picks):
            pose, x, y = _question(world, where, rng)
            started = time.perf_counter()
            found = quick.pick(pose, x, y, SIZE)
            times.append(1000 * (time.perf_counter() - started))
            hits += found is not None
            if number < CHECKED:
                started = time.perf_counter()
                figures["wrong"] += slow.pick(pose, x, y, SIZE) != found
                every.append(1000 * (time.perf_counter() - started))
        figures[where] = {**_summary(times), "every star": statistics.median(every), "hits": hits}
    return {"seconds": blocks, **figures}, {}


def type_names(artists: int, typed: list[str], workers: int) -> Answer:
    """Type names letter by letter; the figures are milliseconds."""
    from galaxy_desktop.model.search import Search

    del workers
    search = Search(_named(artists))
    started = time.perf_counter()
    search.prepare()
    prepare = time.perf_counter() - started
    rows, every = {}, []
    for name in typed:
        times = []
        for end in range(1, len(name) + 1):
            # The usual noise of a machine is no matter of the search: the better of two.
            times += [min(_timed(search.find, name[:end]) for _ in range(2))]
        found = search.find(name)
        first = found.hits[0].name if found.hits else f"? {' / '.join(found.suggestions)}"
        rows[name] = {"first": first, **_summary(times)}
        every += times
    return {"seconds": prepare, "prepare": 1000 * prepare, "typed": rows, **_summary(every)}, {}


def average(artists: int, moves: int, workers: int) -> Answer:
    """Move the sliders of the averager; the figures are milliseconds."""
    from galaxy_desktop.model.mix import Mix
    from galaxy_desktop.model.mix_answer import answer
    from galaxy_desktop.model.world import World

    del workers
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(artists, 8)).astype(np.float32)
    names = [f"Artist {k}" for k in range(artists)]
    fame = 100 * rng.random(artists) ** 3
    world = World(_galaxy(names, vectors[:, :3], fame, vectors=vectors))
    started = time.perf_counter()
    _ = world.directions, world.place_of
    prepare = time.perf_counter() - started
    mix = Mix(world)
    asked: dict[str, dict[str, float]] = {}

    def measure(name: str, move: Callable[[int], object], count: int) -> None:
        times = []
        for number in range(count):
            move(number)
            artists = [mix.artist(place) for place in range(len(mix.ingredients))]
            # The usual noise of a machine is no matter of the answer: the better of two.
            times.append(min(_timed(answer, mix.recipe, world, artists) for _ in range(2)))
        asked[name] = _summary(times)

    for count in (2, 8):
        while len(mix.ingredients) < count:
            mix.add(int(rng.integers(artists)))

        def weigh(number: int, count: int = count) -> None:
            mix.set_weight(number % count, (number * 37 % 100 + 1) / 100)

        measure(f"between {count}, a weight", weigh, moves)
    measure("between 8, popularity", lambda number: mix.set_fame(number % 30, 90), moves)
    mix.ask("path")
    for length in (8, 30):
        mix.set_length(length)
        measure(
            f"path of {length}, popularity",
            lambda number: mix.set_fame(number % 30, 95),
            max(10, moves // 10),
        )
    return {"seconds": prepare, "prepare": 1000 * prepare, "asked": asked}, {}


def _timed(call: Callable[..., Any], *arguments: Any) -> float:
    started = time.perf_counter()
    call(*arguments)
    return 1000 * (time.perf_counter() - started)


def _summary(times: list[float]) -> dict[str, float]:
    return {
        "median": statistics.median(times),
        "p95": float(np.percentile(times, 95)),
        "slowest": max(times),
    }


def _question(world: Any, where: str, rng: np.random.Generator) -> tuple[Any, float, float]:
    from galaxy_desktop.model.pose import looking_at

    if where == "inside":
        eye = world.positions[rng.integers(len(world))] + rng.normal(0, 0.02, 3)
        pose = looking_at(eye, world.positions[rng.integers(len(world))])
    else:
        eye = rng.normal(size=3)
        eye *= (3 if where == "outside" else 30) / np.linalg.norm(eye)
        pose = looking_at(eye, (0, 0, 0))
    spread = 20.0 if where == "far" else 250.0
    x, y = np.array(SIZE) / 2 + rng.uniform(-spread, spread, 2)
    return pose, float(x), float(y)


def _world(artists: int, kind: str) -> Any:
    from galaxy_desktop.model.world import World

    rng = np.random.default_rng(7)
    places = rng.normal(size=(artists, 3))
    if kind == "clustered":
        middles = rng.normal(size=(max(4, artists // 200), 3))
        sizes = 0.01 + 0.02 * rng.pareto(1.5, len(middles))
        which = rng.integers(0, len(middles), artists)
        places = middles[which] + places * sizes[which][:, None]
    places /= np.sqrt(np.square(places).sum(axis=1).mean())
    return World(_galaxy([""] * artists, places, 100 * rng.random(artists) ** 3))


def _named(artists: int) -> Any:
    """Return the atlas, filled up with artists who are called by words from its names."""
    from embedding.galaxy_file import load
    from galaxy_desktop.model.atlas import atlas_file

    atlas = load(atlas_file())
    rng = random.Random(1)
    words = [word for name in atlas.names for word in name.split()]
    more = max(0, artists - len(atlas))
    invented = [" ".join(rng.choices(words, k=rng.choice((1, 2, 2, 3)))) for _ in range(more)]
    names = [*atlas.names, *invented][:artists]
    fame = [*atlas.popularity.tolist(), *(rng.randrange(60) for _ in invented)][:artists]
    aliases = [*(atlas.aliases or [()] * len(atlas)), *[()] * more][:artists]
    return _galaxy(names, np.zeros((artists, 3)), fame, aliases=aliases)


def _galaxy(names: list[str], places: Any, fame: npt.ArrayLike, **more: Any) -> Any:
    from embedding.galaxy import Galaxy

    more.setdefault("vectors", np.zeros((len(names), 8), np.float32))
    return Galaxy(
        names=names,
        positions=np.asarray(places, np.float32),
        popularity=np.asarray(fame, np.uint8),
        indptr=np.zeros(len(names) + 1, np.int32),
        indices=np.empty(0, np.int32),
        **more,
    )
