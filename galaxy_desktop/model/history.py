"""`History`: the places that were visited, to go back and forward through as in a browser."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.pose_json import pose_from_json, pose_to_json
from galaxy_desktop.model.reforming import Reforming

MOST = 500
"""So many places are kept, the latest."""
_NEAR, _ALIKE = 0.02, math.cos(math.radians(6))
"""Two places nearer than this, in R, whose looks differ no more than this, are one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere that was visited.

    Attributes
    ----------
    pose : Pose
    artist : str
        The key of the artist that was selected, "" for none.
    """

    pose: Pose
    artist: str = ""


class History:
    """Places in the order of the visits, and which of them is the present one.

    Parameters
    ----------
    radius : float
        R of the galaxy, in its units.
    """

    def __init__(self, radius: float) -> None:
        self._radius = radius
        self._places: list[Place] = []
        self._at = -1

    def __len__(self) -> int:
        """Return how many places are kept."""
        return len(self._places)

    @property
    def present(self) -> Place | None:
        """The place that was visited last, or gone back or forward to."""
        return self._places[self._at] if self._places else None

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place, the earliest first."""
        return tuple(self._places)

    @property
    def at(self) -> int:
        """Which of `places` is the present one, -1 where there is none."""
        return self._at

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier place."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a later place."""
        return self._at < len(self._places) - 1

    def visit(self, place: Place) -> None:
        """Go on to a place; what was forward is forgotten.

        One that is nearly the present one takes its place.
        """
        if self._places and self._same(place, self._places[self._at]):
            self._places[self._at] = place
            return
        self._places[self._at + 1 :] = [place]
        del self._places[:-MOST]
        self._at = len(self._places) - 1

    def back(self, here: Place) -> Place | None:
        """Return the place to go back to, None where there is none.

        Parameters
        ----------
        here : Place
            Where the camera is. If it has strayed from the last place, back goes to that one, and
            forward leads here again.
        """
        if not self.can_go_forward and self._places:
            self.visit(here)
        return self._go(-1)

    def forward(self) -> Place | None:
        """Return the place to go forward to, None where there is none."""
        return self._go(1)

    def go_to(self, at: int) -> Place | None:
        """Return the place of this number, now the present one; None where there is none."""
        return self._go(at - self._at)

    def reformed(self, change: Reforming) -> History:
        """Return the history in a galaxy that has taken over: a place moves with its artist.

        Places of artists that are gone are left out.
        """
        history = History(change.new.radius)
        for i, place in enumerate(self._places):
            if place.artist:
                artist = change.old.find_key(place.artist)
                way = None if artist is None else change.moved(artist)
                if way is None:
                    continue
                place = replace(place, pose=place.pose.moved(way))
            history._places.append(place)
            if i <= self._at:
                history._at = len(history._places) - 1
        if history._places:
            history._at = max(history._at, 0)
        return history

    def _go(self, way: int) -> Place | None:
        if not 0 <= self._at + way < len(self._places):
            return None
        self._at += way
        return self._places[self._at]

    def _same(self, one: Place, other: Place) -> bool:
        way = np.subtract(one.pose.position, other.pose.position)
        return (
            one.artist == other.artist
            and float(np.linalg.norm(way)) <= _NEAR * self._radius
            and float(one.pose.forward @ other.pose.forward) >= _ALIKE
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values."""
        places = [{"pose": pose_to_json(p.pose), "artist": p.artist} for p in self._places]
        return {"places": places, "at": self._at}

    @classmethod
    def from_json(cls, value: Any, radius: float) -> History:
        """Return the history from JSON values; what is no place is left out.

        Nobody chose these, so nobody is told.
        """
        history = cls(radius)
        entries, at = (value.get("places"), value.get("at")) if isinstance(value, dict) else ([], 0)
        entries = entries[-MOST:] if isinstance(entries, list) else []
        for entry in entries:
            pose = pose_from_json(entry.get("pose")) if isinstance(entry, dict) else None
            if pose is not None:
                artist = entry.get("artist")
                history._places.append(Place(pose, artist if isinstance(artist, str) else ""))
        history._at = len(history._places) - 1
        if len(history._places) == len(entries) and type(at) is int and 0 <= at < len(entries):
            history._at = at
        return history
