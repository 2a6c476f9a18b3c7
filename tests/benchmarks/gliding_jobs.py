"""The measured window while its galaxy re-forms. Runs in a child of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from tests.benchmarks.child import Answer
from tests.benchmarks.elsewhere import Elsewhere
from tests.benchmarks.window_jobs import SETTLING, Driver, connections, opened


def glide(galaxy: str, seconds: float, previews: int, workers: int) -> Answer:
    """Turn a galaxy by a held key, then do the same while it re-forms, over and over.

    Shapes come as a rebuild sends them: one a second, each on the way to the last, which takes over
    as a galaxy of its own; then it is undone.
    """
    del workers
    from galaxy_desktop.model.departure import Departure
    from galaxy_desktop.model.settings import Settings
    from galaxy_desktop.model.world import World
    from galaxy_desktop.scene.arrangement import arrange

    with opened(galaxy, Settings(welcomed=True, rotate=False)) as driver:
        state, navigator = driver.window.state, driver.explorer.navigator
        rebuilding = driver.window.rebuilding
        assert state is not None
        assert rebuilding is not None
        reshaping = rebuilding.reshaping
        old = state.world
        rng = np.random.default_rng(2)
        # Scenes keep together and go elsewhere: a turn that grows outwards, and some noise.
        angle = 0.9 * np.linalg.norm(old.positions - old.centre, axis=1) / old.radius
        x, y, z = old.positions.T
        turned = [x * np.cos(angle) - z * np.sin(angle), y, x * np.sin(angle) + z * np.cos(angle)]
        goal = np.stack(turned, axis=1) + rng.normal(scale=0.05 * old.radius, size=(len(old), 3))
        new = World(replace(old.galaxy, positions=goal.astype(np.float32)))
        arrange(new)
        new.prepare()
        navigator.press("turn_left")
        driver.wait(SETTLING)
        elsewhere = Elsewhere()
        still = _frames(driver, seconds)
        moving = []
        for share in np.linspace(0.2, 1.0, previews):
            goal = old.positions + (new.positions - old.positions) * np.float32(share)
            reshaping.glide(partial(Departure.glide, positions=goal))
            moving += _frames(driver, 1.0)
        for world in (new, old, new):
            reshaping.reform(world, lambda _: None)
            moving += _frames(driver, 1.5)
        navigator.release("turn_left")
        driver.rested = driver.converged = 0.0
        driver.leg(lambda: state.reform(old))
        others = elsewhere.cores()
        figures = {
            "seconds": sum(moving),
            "renderer": driver.explorer.renderer,
            "view": type(driver.explorer.canvas).__name__,
            "others": others,
            "stars": len(old),
            "lines": connections(old),
        }
    return figures, {"still": np.array(still), "moving": np.array(moving)}


def _frames(driver: Driver, seconds: float) -> list[float]:
    """Let time pass; return the seconds between one frame and the next."""
    begun = max(len(driver.shown) - 1, 0)
    driver.wait(seconds)
    times: list[float] = np.diff(driver.shown[begun:]).tolist()
    return times
