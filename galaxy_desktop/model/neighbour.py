"""`Hopper`: from star to star by the Tab key, the way one looks."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.world import World

_TRAIL = 64
"""So many stars back one can go, and none of them is hopped to again meanwhile."""
_CONE = math.cos(math.radians(55))
"""What lies within this angle of the look is ahead."""
_IN_VIEW = math.cos(math.radians(40))
_LOOKED_AT = math.radians(1.5)
"""The stars within this angle of the middle of the view are all in the middle."""
_FIRST = 32
"""So many nearest stars are looked at first; then four times as many, and so on."""


class Hopper:
    """Hops to the nearest star ahead that was not just visited.

    Parameters
    ----------
    world : World

    Attributes
    ----------
    at : int or None
        The star hopped to last.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._trail: deque[int] = deque(maxlen=_TRAIL)
        self._selected: int | None = None
        self.at: int | None = None

    def hop(self, pose: Pose, selected: int | None) -> int | None:
        """Go on from the selected star if it is another by now, else from where the last hop went.

        If neither is in view any more, the hop is to the star in the middle.

        Parameters
        ----------
        pose : Pose
            Where the camera is, or is on its way to. Its look says what is ahead.
        selected : int or None
            The artist whose card is open.

        Returns
        -------
        int or None
            The star to go to. None where there is no other, or none in view to begin with.
        """
        start = self._start(pose, selected)
        if start is None:
            star = self.middle(pose)
        else:
            self._visit(start)
            star = self._next(pose, start)
        if star is not None:
            self._visit(star)
            self.at = star
        return star

    def back(self, selected: int | None) -> int | None:
        """Return the star that was visited before; None where there is none."""
        here = self.at if selected in (None, self._selected) else selected
        if len(self._trail) > 1 and self._trail[-1] == here:
            self._trail.pop()
        star = self._trail[-1] if self._trail else None
        self._selected, self.at = selected, star
        return star if star != here else None

    def _start(self, pose: Pose, selected: int | None) -> int | None:
        """Return from where to hop, None if it is not in view."""
        changed = selected if selected != self._selected else None
        self._selected = selected
        for star in (changed, self.at, selected):
            if star is not None:
                away = self._world.positions[star] - np.array(pose.position)
                if away @ pose.forward >= _IN_VIEW * np.linalg.norm(away):
                    return star
        return None

    def middle(self, pose: Pose) -> int | None:
        """Return the star in the middle of the view, else the one nearest to it.

        Of several there, it is the one last hopped to, else the best known.
        """
        away = self._world.positions - np.array(pose.position)
        depths = away @ pose.forward
        across = np.linalg.norm(away - depths[:, None] * pose.forward, axis=1)
        angles = np.where(depths > 0, np.arctan2(across, depths), np.inf)
        if not np.isfinite(angles).any():
            return None
        within = np.flatnonzero(angles <= _LOOKED_AT)
        if self.at in within:
            return self.at
        if within.size:
            return int(within[np.argmax(self._world.fame[within])])
        return int(np.argmin(angles))

    def _visit(self, star: int) -> None:
        if not self._trail or self._trail[-1] != star:
            self._trail.append(star)

    def _next(self, pose: Pose, start: int) -> int | None:
        """Return the nearest star ahead; without any the nearest of all; lastly one visited."""
        here, count = self._world.positions[start].astype(np.float64), len(self._world)
        visited = np.array([*self._trail, start])
        nearest: int | None = None
        looked = min(count, _FIRST)
        while True:
            found = np.atleast_1d(self._world.tree.query(here, k=looked)[1])
            fresh = found[~np.isin(found, visited)]
            if fresh.size and nearest is None:
                nearest = int(fresh[0])
            away = self._world.positions[fresh] - here
            length = np.linalg.norm(away, axis=1)
            # Who stands at the same point is as good as ahead: it would never be reached else.
            ahead = np.flatnonzero(away @ pose.forward >= _CONE * length)
            if ahead.size:
                return int(fresh[ahead[0]])
            # Who has no one ahead among so many stands at the rim.
            if looked == count or looked >= _FIRST * 64:
                break
            looked = min(count, looked * 4)
        if nearest is not None:
            return nearest
        # All have been visited: the one longest ago.
        return next((star for star in self._trail if star != start), None)
