"""Pictures of a galaxy, with no window and no display."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from embedding.errors import InputError
from embedding.lookup import Lookup
from embedding.png import write_png
from galaxy_desktop.commands.described import described
from galaxy_desktop.commands.reading import read
from galaxy_desktop.model import framing
from galaxy_desktop.model.settings import Settings, SettingsStore
from galaxy_desktop.model.storage import Places
from galaxy_desktop.model.tour import Tour
from galaxy_desktop.model.world import World

if TYPE_CHECKING:
    from galaxy_desktop.ui.studio import Studio


def screenshot(args: Namespace) -> None:
    """Draw one picture; see `arguments.parser`.

    Raises
    ------
    GalaxyError
        The galaxy cannot be read, the artist is not in it, nothing here draws, or the file cannot
        be written.
    """
    if args.from_window:
        _of_window(args)
        return
    world, settings = _read(args)
    pose = framing.home_pose(world, args.size[0] / args.size[1], settings.fov)
    selected = None
    if args.at is not None:
        found = Lookup(world.galaxy).resolve(args.at)
        if found.note:
            print(found.note)
        selected = found.index
        stop = framing.stop_distance(world.radius, None)
        pose = framing.arrival(pose, world.positions[selected], stop)
    with _studio(world, settings) as studio:
        write_png(args.screenshot, studio.take(args.pose or pose, args.size, selected))
    print(args.screenshot)


def tour(args: Namespace) -> None:
    """Draw the stops of the tour; see `arguments.parser`.

    Raises
    ------
    GalaxyError
        As for `screenshot`; or the folder cannot be made.
    """
    world, settings = _read(args)
    folder: Path = args.tour
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the folder cannot be made ({error.strerror})", where=folder, remedy="give another one"
        ) from error
    stops = Tour(world, args.size[0] / args.size[1], settings.fov).stops
    with _studio(world, settings) as studio:
        for number, stop in enumerate(stops, 1):
            target = folder / f"{number}-{stop.name}.png"
            write_png(target, studio.take(stop.pose, args.size, stop.selected))
            print(target)


def _of_window(args: Namespace) -> None:
    """Draw what the window shows, which says so on the standard input."""
    from galaxy_desktop.jobs.picture_job import Shown

    shown = Shown.from_json(sys.stdin.read())
    world = read("" if args.galaxy is None else str(args.galaxy))
    if world.shape != shown.shape:
        raise InputError(
            "the file holds another galaxy by now", where=args.galaxy, remedy="open it again"
        )
    with _studio(world, shown.settings) as studio:
        picture = studio.take(
            shown.pose, args.size, shown.selected, shown.highlights, shown.threads
        )
        write_png(args.screenshot, picture)


def _read(args: Namespace) -> tuple[World, Settings]:
    """Return the galaxy and how the user wants it to look; print what it is."""
    world = read("" if args.galaxy is None else str(args.galaxy))
    print(described(world.galaxy))
    settings = SettingsStore(Places.of_user()).load()
    if args.no_labels:
        settings = replace(settings, look=replace(settings.look, labels=0.0))
    return world, settings


def _studio(world: World, settings: Settings) -> Studio:
    # Qt writes the names; without a display it needs to be told that it has none.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from galaxy_desktop.ui.studio import Studio

    return Studio(world, settings)
