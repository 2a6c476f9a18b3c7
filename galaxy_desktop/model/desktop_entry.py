"""The program's entry in the menu of a Linux desktop, its icon there, and its type of file."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from embedding.atomic import atomic_write
from embedding.errors import InputError
from galaxy_desktop.model.assets import asset_file

APP_ID = "galaxy-desktop"
"""What desktops know the program by; the window says the same."""
MIME_TYPE = "application/x-galaxy-desktop"

_ENTRY = f"""\
[Desktop Entry]
Type=Application
Version=1.5
Name=Galaxy Desktop
GenericName=Music Explorer
Comment=Fly through the world of music as a galaxy of artists
Exec={{exec}} %f
Icon={APP_ID}
Terminal=false
Categories=AudioVideo;Audio;Education;
Keywords=music;artists;galaxy;discover;graph;
MimeType={MIME_TYPE};
StartupNotify=true
StartupWMClass={APP_ID}
"""
_MIME = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{MIME_TYPE}">
    <comment>Galaxy of artists</comment>
    <sub-class-of type="application/zip"/>
    <icon name="{APP_ID}"/>
    <glob pattern="*.galaxy" weight="60"/>
  </mime-type>
</mime-info>
"""
_TOOL_SECONDS = 30


@dataclass(frozen=True, slots=True)
class EntryFiles:
    """The files of the entry under the user's data folder.

    Parameters
    ----------
    data : Path
        Such as ``~/.local/share``.
    """

    data: Path

    @classmethod
    def of_user(cls) -> EntryFiles:
        """Return those of the user that runs this.

        Raises
        ------
        InputError
            This system has no such menus.
        """
        if sys.platform in ("win32", "darwin"):
            raise InputError("menu entries of this kind are for Linux and its like only")
        chosen = os.environ.get("XDG_DATA_HOME", "")
        # The standard has a relative path ignored.
        absolute = Path(chosen).is_absolute() if chosen else False
        return cls(Path(chosen) if absolute else Path.home() / ".local" / "share")

    @property
    def entry(self) -> Path:
        """What the menu reads."""
        return self.data / "applications" / f"{APP_ID}.desktop"

    @property
    def icon(self) -> Path:
        """The icon, in the theme that all others fall back on."""
        return self.data / "icons" / "hicolor" / "scalable" / "apps" / f"{APP_ID}.svg"

    @property
    def mime(self) -> Path:
        """What says that ``*.galaxy`` is a type of file."""
        return self.data / "mime" / "packages" / f"{APP_ID}.xml"

    @property
    def all(self) -> tuple[Path, ...]:
        """All three."""
        return (self.entry, self.icon, self.mime)

    def install(self, command: Sequence[str | Path]) -> list[str]:
        """Write all files and return a line about each thing done.

        Parameters
        ----------
        command : sequence of str or Path
            The program, with an absolute path, and its first arguments.

        Raises
        ------
        InputError
            A file cannot be written; the path of the program cannot stand in an entry.
        """
        entry = _ENTRY.format(exec=exec_line(command))
        icon = asset_file("icon.svg", "the icon").read_bytes()
        contents = (entry.encode("utf-8", "surrogateescape"), icon, _MIME.encode())
        lines = []
        for path, content in zip(self.all, contents, strict=True):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise InputError(
                    f"the folder cannot be made ({error.strerror})",
                    where=path.parent,
                    remedy="set XDG_DATA_HOME to a folder that can be written",
                ) from error
            with atomic_write(path) as file:
                file.write(content)
            lines.append(f"Wrote {path}")
        return lines + self._tell_desktop()

    def uninstall(self) -> list[str]:
        """Delete what `install` wrote and return a line about each thing done.

        Raises
        ------
        InputError
            A file cannot be deleted.
        """
        lines = []
        for path in self.all:
            try:
                path.unlink()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise InputError(
                    f"the file cannot be deleted ({error.strerror})", where=path
                ) from error
            lines.append(f"Removed {path}")
        return lines + self._tell_desktop() if lines else ["There was no entry to remove."]

    def _tell_desktop(self) -> list[str]:
        """Have the desktop's own tools read the folders again, where they are."""
        lines = []
        for tool, folder in (
            ("update-desktop-database", self.entry.parent),
            ("update-mime-database", self.mime.parent.parent),
        ):
            found = shutil.which(tool)
            if found is None:
                lines.append(f"{tool} is not here; the menu may need a new login.")
            elif _runs([found, str(folder)]):
                lines.append(f"Ran {tool} {folder}")
            else:
                lines.append(f"{tool} failed; the menu may need a new login.")
        # A theme whose folder is newer is read anew.
        with contextlib.suppress(OSError):
            os.utime(self.icon.parents[2])
        return lines


def own_command(program: str) -> list[str]:
    """Return the command that starts this program again.

    Parameters
    ----------
    program : str
        How it was started: ``sys.argv[0]``.
    """
    path = Path(program)
    if path.name == "__main__.py" or not program:
        return [sys.executable, "-m", "galaxy_desktop"]
    found = path if path.is_file() else shutil.which(program)
    if found is None:
        return [sys.executable, "-m", "galaxy_desktop"]
    # Not resolved: a link that is kept up to date is worth more than what it points at today.
    return [str(Path(found).absolute())]


def exec_line(command: Sequence[str | Path]) -> str:
    """Return a command as it stands after ``Exec=``.

    Each argument is quoted as the Desktop Entry Specification says, and the whole escaped as any
    text in such a file.

    Raises
    ------
    InputError
        A control character is in it, or an equals sign in the program: no entry can hold these.
    """
    words = [os.fspath(word) for word in command]
    if "=" in words[0] or any(ord(c) < 32 or ord(c) == 127 for word in words for c in word):
        raise InputError(
            "this path cannot stand in a menu entry",
            where=words[0],
            remedy="install the program in a folder with a plain name",
        )
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    for letter in '\\"`$':
        word = word.replace(letter, f"\\{letter}")
    # A percent sign alone would be a field code; and a backslash is written twice in any text.
    return '"' + word.replace("%", "%%").replace("\\", "\\\\") + '"'


def _runs(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_TOOL_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
