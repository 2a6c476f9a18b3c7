"""The tour: pictures of a galaxy, of an average and a path in it, and of it being built anew."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from embedding.errors import InputError
from embedding.png import write_png
from galaxy_desktop.commands.pictures import read_for_pictures, studio_of
from galaxy_desktop.model import framing
from galaxy_desktop.model.group_view import group_view
from galaxy_desktop.model.mix import Mix
from galaxy_desktop.model.mix_in_space import MixInSpace
from galaxy_desktop.model.presets import PRESETS
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.tour import Tour
from galaxy_desktop.model.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from galaxy_desktop.ui.studio import Pixels, Studio

_FAMOUS = 200
"""Among so many of the best known is one to average with the best known of all."""
_UNLIKE = 0.35
"""The cosine that they should have: different, and yet with something between them."""
_STEPS = 8
_EPOCHS = 1
"""Of the build that is seen on its way: it is about where the stars go, not about the last bit."""
_HALF = 0.5


def tour(args: Namespace) -> None:
    """Draw the stops of the tour, an average, a path and a rebuild; see `arguments.parser`.

    Raises
    ------
    GalaxyError
        As for `pictures.screenshot`; or the folder cannot be made.
    """
    world, settings = read_for_pictures(args)
    folder: Path = args.tour
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the folder cannot be made ({error.strerror})", where=folder, remedy="give another one"
        ) from error
    with studio_of(world, settings) as studio:
        pictures = _pictures(studio, world, settings, args.size)
        for number, (name, picture) in enumerate(pictures, 1):
            target = folder / f"{number}-{name}.png"
            write_png(target, picture)
            print(target, flush=True)


def _pictures(
    studio: Studio, world: World, settings: Settings, size: tuple[int, int]
) -> Iterator[tuple[str, Pixels]]:
    """Yield what there is to see, each with the name of its file."""
    stops = Tour(world, size[0] / size[1], settings.fov).stops
    for stop in stops:
        yield stop.name, studio.take(stop.pose, size, stop.selected)
    yield from _averages(studio, world, settings, size)
    positions = _rebuilt(world)
    if positions is not None:
        yield "a-rebuild-half-way", studio.glide(positions, _HALF, stops[0].pose, size)


def _averages(
    studio: Studio, world: World, settings: Settings, size: tuple[int, int]
) -> Iterator[tuple[str, Pixels]]:
    state, mix = AppState(world, settings), Mix(world)
    space = MixInSpace(mix, state)
    for artist in _unlike(world):
        mix.add(artist)
    space.shown = True
    home = framing.home_pose(world, size[0] / size[1], settings.fov)
    least = framing.SURVEY * world.star_unit
    for name in ("an-average", "a-path"):
        if name == "a-path":
            mix.ask("path")
            mix.set_length(_STEPS)
        if mix.answer.artists:
            pose, _ = group_view(state.places(list(space.artists)), home, size, least)
            lit = state.highlights, state.threads, state.strengths
            yield name, studio.take(pose, size, None, *lit)


def _unlike(world: World) -> list[int]:
    """Return the best known artist, and a well-known one that is unlike it."""
    directions = world.directions
    known = [int(a) for a in np.argsort(-world.fame, kind="stable")[:_FAMOUS]]
    known = [artist for artist in known if directions.points_somewhere[artist]]
    if len(known) < 2:
        return known
    units = directions.exact(known)
    off = np.abs(units[1:] @ units[0] - _UNLIKE)
    return [known[0], known[1 + int(np.argmin(off))]]


def _rebuilt(world: World) -> npt.NDArray[np.float32] | None:
    """Return where the artists stand in another build of the same graph; None: there is none."""
    from embedding.pipeline import build
    from embedding.settings import BuildSettings

    (islands,) = (preset for preset in PRESETS if preset.title == "Islands")
    wanted = replace(islands.apply(BuildSettings()), epochs=_EPOCHS, min_component=1)
    try:
        other = World(build(world.galaxy.graph(), wanted, earlier=world.galaxy))
    except InputError:
        # So few artists that no galaxy can be made of them.
        return None
    places = np.full((len(world), 3), np.nan, np.float32)
    for artist in range(len(other)):
        place = world.find_key(other.key(artist))
        if place is not None:
            places[place] = other.positions[artist]
    return places
