"""Pictures of a galaxy, with no window and no display."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING

from embedding.errors import InputError
from embedding.lookup import Lookup
from embedding.png import write_png
from galaxy_desktop.commands.described import described
from galaxy_desktop.commands.reading import read
from galaxy_desktop.model import framing
from galaxy_desktop.model.settings import Settings, SettingsStore
from galaxy_desktop.model.storage import Places
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
    world, settings = read_for_pictures(args)
    pose = framing.home_pose(world, args.size[0] / args.size[1], settings.fov)
    selected = None
    if args.at is not None:
        found = Lookup(world.galaxy).resolve(args.at)
        if found.note:
            print(found.note)
        selected = found.index
        stop = framing.SURVEY * world.star_unit
        pose = framing.arrival(pose, world.positions[selected], stop)
    with studio_of(world, settings) as studio:
        write_png(args.screenshot, studio.take(args.pose or pose, args.size, selected))
    print(args.screenshot)


def _of_window(args: Namespace) -> None:
    """Draw what the window shows, which says so on the standard input."""
    from galaxy_desktop.jobs.picture_job import Shown

    shown = Shown.from_json(sys.stdin.read())
    world = read("" if args.galaxy is None else str(args.galaxy))
    if world.shape != shown.shape:
        raise InputError(
            "the file holds another galaxy by now", where=args.galaxy, remedy="open it again"
        )
    with studio_of(world, shown.settings) as studio:
        picture = studio.take(
            shown.pose,
            args.size,
            shown.selected,
            shown.highlights,
            shown.threads,
            shown.strengths,
        )
        write_png(args.screenshot, picture)


def read_for_pictures(args: Namespace) -> tuple[World, Settings]:
    """Return the galaxy and how the user wants it to look; print what it is.

    Raises
    ------
    GalaxyError
        The galaxy cannot be read.
    """
    world = read("" if args.galaxy is None else str(args.galaxy))
    print(described(world.galaxy))
    settings = SettingsStore(Places.of_user()).load()
    if args.no_labels:
        settings = replace(settings, look=replace(settings.look, labels=0.0))
    return world, settings


def studio_of(world: World, settings: Settings) -> Studio:
    """Return what draws a galaxy without a window; to be entered."""
    # Qt writes the names; without a display it needs to be told that it has none.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from galaxy_desktop.commands.qt_start import say_no_missing_scripts
    from galaxy_desktop.ui.studio import Studio

    say_no_missing_scripts()
    return Studio(world, settings)
