"""`Choice`: one choice of labels while it is being made, and the room that they take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.gliding import Gliding
from galaxy_desktop.model.label_boxes import Occupancy
from galaxy_desktop.model.label_kinds import Key, Kind, Measure, letter_size
from galaxy_desktop.model.label_text import label_text
from galaxy_desktop.model.label_tracks import MIDDLE, SIDES, Floats, Track, standoff
from galaxy_desktop.model.label_wish import Wish
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.region_sight import region_key
from galaxy_desktop.model.regions import Region
from galaxy_desktop.model.world import World

_NEW, _COMING, _OLD = (14.0, 7.0), (24.0, 9.0), (-3.0, -3.0)
"""How much wider and higher than its box the place of a name must be: where no names were, where
it comes among others, whose stars may be on their way to it, and where it is shown already. So it
stays where it would not come."""
_PINNED = (6.0, 3.0)
_WIDE = (24.0, 12.0)
RIM = (4.0, -2.0)
"""How far within the picture a new name must be, and one that is shown."""
_DOT = 4.0
_BESIDE, ALL_SIDES = (0, 1, 2, 3), (0, 1, 2, 3, 4, 5, 6, 7)
_LONG, _SHORT, _REGION = 56, 34, 28
"""Columns of a name: of one that is pointed at or selected, of others, of a region."""


class Choice:
    """The labels chosen so far, and where the picture is still free.

    Parameters
    ----------
    world : World
    measure : Measure
    pose : Pose
    wish : Wish
    tracks : sequence of Track
        The labels until now; what is shown has an advantage, and keeps its side of its star.
    gliding : Gliding, optional
        Where the artists are seen. None: where the world says.

    Attributes
    ----------
    old : dict from key to Track
        The labels until now that can still be seen.
    modesty : float
        How strongly all but chosen names show, from 0 to 1.
    """

    def __init__(
        self,
        world: World,
        measure: Measure,
        pose: Pose,
        wish: Wish,
        tracks: Sequence[Track],
        gliding: Gliding | None = None,
    ) -> None:
        self.world, self.pose, self.wish = world, pose, wish
        self._seen = gliding or Gliding(world)
        self.old: dict[Key, Track] = {t.key: t for t in tracks if t.wanted or t.alpha > 0}
        self.modesty = 1.0
        self._measure = measure
        self._new = _COMING if self.old else _NEW
        self._pinned: list[Track] = []
        self._born: list[Track] = []
        self._done: set[int] = set()
        self._taken = Occupancy(*wish.size)

    @property
    def shown(self) -> list[int]:
        """The artists that are named until now."""
        return [track.artist for track in self.old.values() if track.artist >= 0]

    def is_named(self, artist: int) -> bool:
        """Return whether an artist has its label already."""
        return artist in self._done

    def tracks(self) -> list[Track]:
        """Return all labels, the ones that others give way to, first."""
        pinned = {id(track) for track in self._pinned}
        rest = [track for track in self.old.values() if id(track) not in pinned]
        return [*self._pinned, *rest, *self._born]

    # -- One label ---------------------------------------------------------------------------------

    def name(
        self,
        artist: int,
        kind: Kind,
        x: float,
        y: float,
        off: float,
        light: float,
        wanted: Sequence[int] = (),
    ) -> bool:
        """Name an artist if there is room; return whether there is.

        Parameters
        ----------
        artist : int
        kind : Kind
        x, y : float
            The pixel of its star.
        off : float
            How far from there the name begins; see `standoff`.
        light : float
            How strongly it shows, from 0 to 1.
        wanted : sequence of int
            The sides for a new name, the best first; without any, the usual ones.
        """
        if artist in self._done:
            return False
        old = self.old.get(artist)
        pinned = kind in ("related", "highlight")
        pad = _OLD if old is not None else _PINNED if pinned else self._new
        if old is not None and old.ringed:
            # It was hovered until now: whatever comes, its place is a new one.
            sides: Sequence[int] = (old.side, *_BESIDE)
        elif old is not None:
            sides = (old.side,)
        else:
            sides = wanted or (ALL_SIDES if pinned else _BESIDE)
            size = letter_size(kind, float(self.world.fame[artist]), 0, self._factor)
            # Before a text is measured: is there room for any?
            if self.fitting(sides, x, y, off, (2 * size, size), RIM[0], pad) is None:
                return False
        track = self.track(artist, kind)
        rim = RIM[old is not None]
        side = self.fitting(sides, x, y, off, (track.width, track.height), rim, pad)
        if side is None:
            return False
        track.side, track.light = side, light
        self.take_box(track, x, y, off)
        self.take_around(x, y, _DOT)
        self.keep(track, pinned=pinned)
        return True

    def name_region(self, region: Region, x: float, y: float, light: float) -> bool:
        """Name a region if there is room at a pixel; return whether there is."""
        key = region_key(region)
        old = self.old.get(key)
        size = letter_size("region", 0, region.level, self._factor)
        text = label_text(region.name, _REGION)
        width, height = self._measure(text, "region", size)
        pad = _WIDE if old is None else _OLD
        rim = RIM[old is not None]
        if self.fitting((MIDDLE,), x, y, 0, (width, height), rim, pad) is None:
            return False
        track = old or Track(
            key, "region", text, size, -1, region.centre, 0.0, width, height, MIDDLE
        )
        track.size, track.width, track.height = size, width, height
        track.light = light
        self.take_box(track, x, y, 0)
        self.keep(track)
        return True

    def standoff(
        self, depths: Floats, artists: npt.NDArray[np.intp], *, ringed: bool
    ) -> tuple[Floats, Floats]:
        """Return how far from their stars names begin, and the radii of their rings."""
        fame = self.world.fame[artists].astype(np.float64)
        focal = self.pose.focal(self.wish.size[1])
        rings = np.full(len(artists), ringed)
        unit = self.world.star_unit
        return standoff(depths, fame, rings, focal, unit, self.wish.look.star_size)

    # -- Its parts ---------------------------------------------------------------------------------

    def places(self, artists: list[int] | npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
        """Return where some artists are seen, shape (k, 3)."""
        return self._seen.places(artists)

    def track(self, artist: int, kind: Kind, *, ringed: bool = False) -> Track:
        """Return the label of an artist: the one there is, changed to this kind, or a new one."""
        fame = float(self.world.fame[artist])
        size = letter_size(kind, fame, 0, self._factor)
        old = self.old.get(artist)
        if old is not None and (old.kind, old.size, old.ringed) == (kind, size, ringed):
            return old
        text = label_text(self.world.galaxy.names[artist], _LONG if ringed else _SHORT)
        width, height = self._measure(text, kind, size)
        if old is None:
            x, y, z = self.places([artist])[0].tolist()
            return Track(
                artist, kind, text, size, artist, (x, y, z), fame, width, height, 0, ringed
            )
        new = replace(
            old, kind=kind, text=text, size=size, width=width, height=height, ringed=ringed
        )
        if ringed:
            new.light = 1.0
        return new

    def keep(self, track: Track, *, pinned: bool = False) -> None:
        """Want a label; of those that are pinned, the first comes first whatever was before."""
        track.wanted = True
        if track.artist >= 0:
            self._done.add(track.artist)
        if track.key in self.old:
            self.old[track.key] = track
        elif not pinned:
            self._born.append(track)
        if pinned:
            self._pinned.append(track)

    def take_box(self, track: Track, x: float, y: float, off: float) -> None:
        """Let no other name be where a label is now."""
        self.take(*corner(track.side, x, y, off, track.width, track.height), track)

    def take(self, left: float, top: float, box: Track) -> None:
        """Let no other name be where a label would be with this corner."""
        self._taken.take(left, top, box.width, box.height)

    def take_around(self, x: float, y: float, reach: float) -> None:
        """Let no name be so near to a pixel."""
        self._taken.take(x - reach, y - reach, 2 * reach, 2 * reach)

    def fitting(
        self,
        sides: Sequence[int],
        x: float,
        y: float,
        off: float,
        box: tuple[float, float],
        rim: float | None,
        pad: tuple[float, float] = (0.0, 0.0),
    ) -> int | None:
        """Return the first side at which a box is free, `pad` around it, `rim` from the edge."""
        width, height = box
        for side in sides:
            left, top = corner(side, x, y, off, width, height)
            if rim is not None and not self._within(left, top, width, height, rim):
                continue
            if self._taken.free(
                left - pad[0], top - pad[1], width + 2 * pad[0], height + 2 * pad[1]
            ):
                return side
        return None

    @property
    def _factor(self) -> float:
        return self.wish.look.label_size

    def _within(self, left: float, top: float, width: float, height: float, rim: float) -> bool:
        wide, high = self.wish.size
        right, bottom = left + width, top + height
        return left >= rim and top >= rim and right <= wide - rim and bottom <= high - rim


def corner(
    side: int, x: float, y: float, off: float, width: float, height: float
) -> tuple[float, float]:
    """Return the top left corner of a box at one side of a star."""
    across, down = _SIDES[side]
    if across and down:
        off *= 0.7
    return x + across * off + (across - 1) * width / 2, y + down * off + (down - 1) * height / 2


_SIDES: list[tuple[int, int]] = [(int(a), int(b)) for a, b in SIDES]
