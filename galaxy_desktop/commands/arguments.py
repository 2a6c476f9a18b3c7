"""The arguments of ``galaxy-desktop``."""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from embedding.commands.options import Parser

if TYPE_CHECKING:
    from galaxy_desktop.model.pose import Pose

LARGEST = (7680, 4320)
"""A picture may be so large: 8K."""
_SMALLEST = 16
_USUAL = (1920, 1080)
_OTHER_PICTURES = (".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".svg", ".pdf")


class _Version(argparse.Action):
    """Looks the version up when it is asked for: that takes longer than all else here."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import version

        print(version("galaxy-desktop"))
        parser.exit()


def parsed(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the arguments, those of the process by default.

    Raises
    ------
    InputError
        They mean nothing, or nothing together.
    """
    made = parser()
    args = made.parse_args(argv)
    # Where one of these would change nothing, who gave it expects something else.
    if args.screenshot is None:
        _refuse(made, "--screenshot", {"--at": args.at, "--pose": args.pose})
        if args.tour is None:
            look = {"--size": args.size, "--no-labels": args.no_labels or None}
            _refuse(made, "--screenshot and --tour", look)
    args.size = args.size or _USUAL
    return args


def _refuse(made: Parser, without: str, given: Mapping[str, object]) -> None:
    for option, value in given.items():
        if value is not None:
            made.error(f"argument {option}: only for {without}")


def parser() -> Parser:
    """Return the parser; it raises `InputError` for what means nothing."""
    made = Parser(
        prog="galaxy-desktop",
        formatter_class=argparse.HelpFormatter,
        description="Fly through a galaxy of artists. Without a file it is the one that was open"
        " last, and the first time the atlas of music that comes with the program. For your own"
        " data: galaxy-embed build.",
        epilog="examples: galaxy-desktop music.galaxy;"
        ' galaxy-desktop --screenshot nina.png --size 3840x2160 --at "Nina Simone"',
    )
    made.add_argument("galaxy", nargs="?", type=Path, metavar="FILE", help="a .galaxy file")
    doing = made.add_argument_group("instead of opening the window").add_mutually_exclusive_group()
    doing.add_argument(
        "--screenshot", type=png, metavar="PNG", help="draw one picture, with no display needed"
    )
    doing.add_argument(
        "--tour", type=Path, metavar="FOLDER", help="fly a tour and leave eight pictures"
    )
    doing.add_argument(
        "--install-desktop-entry",
        action="store_true",
        help="put the program and the .galaxy file type into your Linux menu",
    )
    doing.add_argument(
        "--uninstall-desktop-entry", action="store_true", help="take them out of it again"
    )
    doing.add_argument("--version", action=_Version, nargs=0, help="print the version")
    picture = made.add_argument_group("of a picture, or of the tour")
    picture.add_argument(
        "--size",
        type=size,
        metavar="WxH",
        help=f"pixels ({_USUAL[0]}x{_USUAL[1]}; at most {LARGEST[0]}x{LARGEST[1]})",
    )
    where = picture.add_mutually_exclusive_group()
    where.add_argument("--at", metavar="ARTIST", help="before this artist")
    where.add_argument(
        "--pose",
        type=pose,
        metavar="X,Y,Z,YAW,PITCH[,FOV]",
        help="from this place in the galaxy's units, looking there, in degrees;"
        " write --pose=-1,... where X is negative",
    )
    picture.add_argument("--no-labels", action="store_true", help="without names")
    made.add_argument(
        "--events",
        action="store_true",
        help="print what happens in the window as lines of JSON, for tests and scripts",
    )
    # What the window shows comes as JSON from the standard input: see jobs/picture_job.py.
    made.add_argument("--from-window", action="store_true", help=argparse.SUPPRESS)
    # A menu shows nothing of what a program prints.
    made.add_argument("--from-menu", action="store_true", help=argparse.SUPPRESS)
    return made


def png(text: str) -> Path:
    """Return where a picture goes.

    Raises
    ------
    argparse.ArgumentTypeError
        Its name is that of another kind of picture.
    """
    path = Path(text)
    if path.suffix.lower() in _OTHER_PICTURES:
        raise argparse.ArgumentTypeError(f"{text!r} is no PNG picture: end its name in .png")
    return path


def size(text: str) -> tuple[int, int]:
    """Return width and height from "1920x1080".

    Raises
    ------
    argparse.ArgumentTypeError
        It is no size, or too large or small.
    """
    across, _, down = text.lower().replace("×", "x").partition("x")
    if not (across.isdecimal() and down.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is no size: write width x height, as 1920x1080")
    found = (int(across), int(down))
    if min(found) < _SMALLEST or found[0] > LARGEST[0] or found[1] > LARGEST[0]:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no size from {_SMALLEST} to {LARGEST[0]} pixels a side"
        )
    return found


def pose(text: str) -> Pose:
    """Return a pose from "x,y,z,yaw,pitch" or "x,y,z,yaw,pitch,fov".

    Raises
    ------
    argparse.ArgumentTypeError
        It is none.
    """
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in (5, 6) or not all(map(math.isfinite, numbers)):
        raise argparse.ArgumentTypeError(f"{text!r} is not five or six numbers between commas")
    # numpy comes with it: not for those who ask for something else.
    from galaxy_desktop.model.pose import STEEPEST, Pose
    from galaxy_desktop.model.pose_json import is_number

    if not all(map(is_number, numbers)):
        raise argparse.ArgumentTypeError(f"{text!r} is farther away than any star")
    x, y, z, yaw, pitch, *rest = numbers
    fov = rest[0] if rest else 60.0
    steepest = math.degrees(STEEPEST)
    if abs(pitch) > steepest or not 1 <= fov <= 150:
        raise argparse.ArgumentTypeError(
            f"{text!r}: the pitch is at most {steepest:g}, and the field of view 1 to 150 degrees"
        )
    return Pose((x, y, z), math.radians(yaw), math.radians(pitch), fov)
