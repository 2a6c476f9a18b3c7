"""The program and its file type in the menus of a Linux desktop, for one user.

After the XDG's specifications of desktop entries, shared MIME info and icon themes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from embedding.atomic import atomic_write
from embedding.errors import InputError
from galaxy_desktop.model.assets import asset_file

ID = "galaxy-desktop"
MIME = "application/x-galaxy"

_ENTRY = """\
[Desktop Entry]
Type=Application
Version=1.5
Name=Galaxy Desktop
GenericName=Music Explorer
Comment=Fly through the world of music
Exec={command} --from-menu %f
Icon={id}
Terminal=false
Categories=AudioVideo;Audio;Science;DataVisualization;
Keywords=music;artists;galaxy;graph;map;
MimeType={mime};
StartupWMClass={id}
StartupNotify=true
"""

_TYPE = """\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{mime}">
    <comment>Galaxy of artists</comment>
    <icon name="{id}"/>
    <glob pattern="*.galaxy"/>
  </mime-type>
</mime-info>
"""


def install() -> list[Path]:
    """Put the program and its file type into the user's menu; return the files made.

    Raises
    ------
    InputError
        This is no Linux, or a file cannot be written.
    """
    icon = asset_file("icon.svg", "the icon").read_bytes()
    texts = {"id": ID, "mime": MIME}
    contents = (
        _ENTRY.format(command=_command(), **texts).encode(),
        _TYPE.format(**texts).encode(),
        icon,
    )
    files = _files()
    for path, content in zip(files, contents, strict=True):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"the folder cannot be made ({error.strerror})",
                where=path.parent,
                remedy="see to it that it can be written",
            ) from error
        with atomic_write(path) as file:
            file.write(content)
    _tell_the_desktop()
    return files


def uninstall() -> list[Path]:
    """Take it out again; return the files removed.

    Raises
    ------
    InputError
        This is no Linux, or a file cannot be removed.
    """
    removed = []
    for path in _files():
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise InputError(
                f"the file cannot be removed ({error.strerror})",
                where=path,
                remedy="see to it that its folder can be written",
            ) from error
        removed.append(path)
    if removed:
        _tell_the_desktop()
    return removed


def _files() -> list[Path]:
    if not sys.platform.startswith(("linux", "freebsd")):
        raise InputError("only Linux has a menu of this kind")
    data = _data_home()
    return [
        data / "applications" / f"{ID}.desktop",
        data / "mime" / "packages" / f"{ID}.xml",
        data / "icons" / "hicolor" / "scalable" / "apps" / f"{ID}.svg",
    ]


def _data_home() -> Path:
    wanted = os.environ.get("XDG_DATA_HOME", "")
    # The specification wants a relative one passed over.
    return Path(wanted) if Path(wanted).is_absolute() else Path.home() / ".local" / "share"


def _command() -> str:
    """Return how the program is started from anywhere, quoted as a desktop entry wants it."""
    script = Path(sys.executable).with_name(ID)
    parts = [str(script)] if script.is_file() else [sys.executable, "-m", "galaxy_desktop"]
    return " ".join(map(_quoted, parts))


def _quoted(text: str) -> str:
    for letter in '\\"`$':
        text = text.replace(letter, f"\\{letter}")
    # Once for the argument and once for the file, where a backslash is an escape too.
    return '"' + text.replace("\\", "\\\\").replace("%", "%%") + '"'


def _tell_the_desktop() -> None:
    """Let menus and file managers read the folders again, where they need to be told."""
    data = _data_home()
    for program, folder in (
        ("update-desktop-database", data / "applications"),
        ("update-mime-database", data / "mime"),
        ("gtk-update-icon-cache", data / "icons" / "hicolor"),
    ):
        if found := shutil.which(program):
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                subprocess.run([found, str(folder)], capture_output=True, timeout=30, check=False)
