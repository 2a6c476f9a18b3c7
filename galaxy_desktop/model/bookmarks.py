"""`Bookmarks`: places worth coming back to, kept at once, and found again after a rebuild."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from psygnal import Signal

from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.pose_json import is_number, pose_from_json, pose_to_json
from galaxy_desktop.model.shown_text import shown
from galaxy_desktop.model.storage import JsonFile, Places, Tell, remove, to_nobody, write
from galaxy_desktop.model.world import World

PNG = b"\x89PNG\r\n\x1a\n"
MOST_PICTURE_BYTES = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place and what it is called.

    Attributes
    ----------
    id : str
        Tells it from all others.
    name : str
    pose : Pose
        In the galaxy it was made in.
    artist : str
        The key of the artist it is about, or that it stood nearest to.
    offset : (float, float, float)
        From that artist to the camera, in units of the galaxy's R.
    galaxy : str
        The title of the galaxy it was made in.
    shape : str
        `World.shape` of that galaxy.
    about : bool
        Whether it is about the artist, whose card opens with it; else about the view alone.
    """

    id: str
    name: str
    pose: Pose
    artist: str
    offset: tuple[float, float, float]
    galaxy: str
    shape: str
    about: bool = True

    def pose_in(self, world: World) -> Pose | None:
        """Return where it is in a galaxy; None where its artist is not in it.

        In the galaxy it was made in, the very same pose. In another one, with the artist at the
        same place in the picture.
        """
        if world.shape == self.shape:
            return self.pose
        artist = world.find_key(self.artist)
        if artist is None:
            return None
        place = world.positions[artist] + world.radius * np.array(self.offset)
        return replace(self.pose, position=(float(place[0]), float(place[1]), float(place[2])))


class Bookmarks:
    """All bookmarks in the user's order; every change is on the disk when the call returns.

    Events
    ------
    changed() : one was added, renamed, moved or removed

    Parameters
    ----------
    places : Places
    tell : callable, optional
        Gets one sentence whenever something went wrong.
    """

    changed = Signal()

    def __init__(self, places: Places, tell: Tell = to_nobody) -> None:
        self.tell = tell
        self._file = JsonFile(places.data / "bookmarks.json", "bookmarks", tell=tell)
        self._pictures = places.data / "bookmarks"
        self._all: list[Bookmark] = []

    def load(self) -> None:
        """Read them from the disk; entries that are none are left out, and that is told."""
        entries = self._file.load().get("bookmarks", [])
        found = [_from_json(entry) for entry in entries] if isinstance(entries, list) else [None]
        self._all = list({mark.id: mark for mark in found if mark}.values())
        self._file.tell_of_lost(len(found) - len(self._all), len(found))
        self.changed.emit()

    @property
    def all(self) -> tuple[Bookmark, ...]:
        """Every bookmark."""
        return tuple(self._all)

    def about(self, world: World, artist: int) -> tuple[Bookmark, ...]:
        """Return those about an artist of a world."""
        find = world.find_key
        return tuple(mark for mark in self._all if mark.about and find(mark.artist) == artist)

    def add(
        self,
        name: str,
        pose: Pose,
        world: World,
        artist: int | None = None,
        picture: bytes | None = None,
    ) -> Bookmark:
        """Add one at the end and return it.

        Parameters
        ----------
        name : str
            May be empty: then it is that of the artist.
        pose : Pose
        world : World
            The galaxy that `pose` is in.
        artist : int, optional
            The artist that it is about; default none: the nearest to the camera only says where
            it is.
        picture : bytes, optional
            A small PNG of what is seen there.
        """
        about = artist is not None
        if artist is None:
            apart = np.square(world.positions - np.array(pose.position)).sum(axis=1)
            artist = int(np.argmin(apart))
        offset = (np.array(pose.position) - world.positions[artist]) / world.radius
        mark = Bookmark(
            secrets.token_hex(8),
            _one_line(name) or world.name(artist),
            pose,
            world.key(artist),
            (float(offset[0]), float(offset[1]), float(offset[2])),
            world.galaxy.title,
            world.shape,
            about,
        )
        if picture is not None:
            self._keep_picture(mark, picture)
        self._all.append(mark)
        self._save()
        return mark

    def rename(self, mark: Bookmark, name: str) -> None:
        """Call one differently; an empty name changes nothing."""
        place = self._place(mark)
        if place is not None and _one_line(name):
            self._all[place] = replace(self._all[place], name=_one_line(name))
            self._save()

    def move(self, mark: Bookmark, place: int) -> None:
        """Put one at another place of the list, counted from 0 without itself."""
        at = self._place(mark)
        if at is not None:
            self._all.insert(max(0, place), self._all.pop(at))
            self._save()

    def remove(self, mark: Bookmark) -> None:
        """Delete one and its picture."""
        at = self._place(mark)
        if at is not None:
            del self._all[at]
            self._save()
            remove(self._picture_file(mark))

    def restore(self, mark: Bookmark, place: int, picture: bytes | None = None) -> None:
        """Put one back that was removed, at its place in the list and with its picture."""
        if self._place(mark) is None:
            if picture is not None:
                self._keep_picture(mark, picture)
            self._all.insert(max(0, place), mark)
            self._save()

    def picture(self, mark: Bookmark) -> bytes | None:
        """Return the PNG of one; None where there is none, or something else in its place."""
        try:
            with self._picture_file(mark).open("rb") as file:
                png = file.read(MOST_PICTURE_BYTES + 1)
        except OSError:
            return None
        return png if png.startswith(PNG) and len(png) <= MOST_PICTURE_BYTES else None

    def _place(self, mark: Bookmark) -> int | None:
        return next((i for i, other in enumerate(self._all) if other.id == mark.id), None)

    def _picture_file(self, mark: Bookmark) -> Path:
        return self._pictures / f"{mark.id}.png"

    def _keep_picture(self, mark: Bookmark, png: bytes) -> None:
        path = self._picture_file(mark)
        if problem := write(path, png):
            self.tell(f"The picture of the bookmark could not be saved in {path}: {problem}.")

    def _save(self) -> None:
        self._file.save({"bookmarks": [_to_json(mark) for mark in self._all]})
        self.changed.emit()


def _one_line(name: str) -> str:
    return shown(" ".join(name.split()))


def _to_json(mark: Bookmark) -> dict[str, Any]:
    return asdict(mark) | {"pose": pose_to_json(mark.pose), "offset": list(mark.offset)}


def _from_json(entry: object) -> Bookmark | None:
    if not isinstance(entry, dict):
        return None
    pose = pose_from_json(entry.get("pose"))
    texts = [entry.get(key) for key in ("id", "name", "artist", "galaxy", "shape")]
    offset = entry.get("offset")
    if pose is None or not all(isinstance(text, str) for text in texts):
        return None
    if not isinstance(offset, list) or len(offset) != 3 or not all(map(is_number, offset)):
        return None
    key, name, artist, galaxy, shape = (str(text) for text in texts)
    # It becomes the name of a file.
    if not (key.isascii() and key.isalnum() and name):
        return None
    x, y, z = (float(d) for d in offset)
    about = entry.get("about") is not False
    return Bookmark(key, name, pose, artist, (x, y, z), galaxy, shape, about)
