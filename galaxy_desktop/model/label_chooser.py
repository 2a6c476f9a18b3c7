"""`Chooser`: from all that could be named, the labels that there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.edge_pointer import MARGIN, edge_pointer
from galaxy_desktop.model.label_boxes import Occupancy
from galaxy_desktop.model.label_candidates import Candidates
from galaxy_desktop.model.label_kinds import Key, Kind, Measure, letter_size
from galaxy_desktop.model.label_text import label_text
from galaxy_desktop.model.label_tracks import MIDDLE, SIDES, Floats, Track, standoff
from galaxy_desktop.model.look import Look
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.regions import Region
from galaxy_desktop.model.world import World

_AREA = 24_000.0
"""Logical pixels of picture for each name."""
_FEWEST, _MOST = 10, 110
_NEW, _OLD = (14.0, 7.0), (-3.0, -3.0)
"""How much wider and higher than its box the place of a new name must be, and that of one that is
shown: it stays in a place where it would not come."""
_CHOSEN = (6.0, 3.0)
_WIDE = (24.0, 12.0)
_RIM = (4.0, -2.0)
"""How far within the picture a new name must be, and one that is shown."""
_DOT = 4.0
_BESIDE, _ALL_SIDES = (0, 1, 2, 3), (0, 1, 2, 3, 4, 5, 6, 7)
_MODEST = 0.78
"""How strongly the other names show while some are chosen."""
_PINNED = 60
_LONG = 56
_SEEN = ((0.016, 0.024), (0.042, 0.055), (0.06, 0.08))
"""By level: from which size on a region is named, and from which on fully; its radius as a part of
the height of the picture."""
_FAINT = (0.5, 0.3)
"""A region that would be named more faintly than this is not; and one that is named, no longer."""
_WITHIN = (0.24, 0.34)
"""From these sizes on it is all around, and its name goes."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be named, whatever the pose; see `Labeller.update`."""

    size: tuple[float, float]
    hovered: int | None
    selected: int | None
    related: tuple[int, ...]
    highlights: tuple[int, ...]
    look: Look

    @property
    def names(self) -> int:
        """How many names there may be."""
        if self.look.labels <= 0:
            return 0
        room = self.size[0] * self.size[1] / _AREA / self.look.label_size**1.3
        return max(1, round(float(min(max(room, _FEWEST), _MOST)) * self.look.labels))


class Chooser:
    """Chooses labels and the side of its star that each stands on, greedily.

    Parameters
    ----------
    world : World
    measure : Measure
    candidates : Candidates, optional
        Without, only what is hovered, selected, related or highlighted is named.
    regions : sequence of Region
    """

    def __init__(
        self,
        world: World,
        measure: Measure,
        candidates: Candidates | None = None,
        regions: Sequence[Region] = (),
    ) -> None:
        self._world, self._measure = world, measure
        self.candidates, self.regions = candidates, tuple(regions)
        self._centres = np.array([r.centre for r in regions], np.float64).reshape(-1, 3)
        self._keys = [_region_key(region) for region in regions]
        self._radii = np.array([r.radius for r in regions], np.float64)
        seen = np.array([_SEEN[r.level] for r in regions], np.float64).reshape(-1, 2)
        self._from, self._fully = seen[:, 0], seen[:, 1]

    def choose(self, pose: Pose, wish: Wish, tracks: Sequence[Track]) -> list[Track]:
        """Return the labels from now on: those before, wanted or not, and new ones.

        Parameters
        ----------
        pose : Pose
        wish : Wish
        tracks : sequence of Track
            The labels so far.

        Returns
        -------
        list of Track
            The ones that others give way to, first.
        """
        choice = _Choice(self._world, self._measure, pose, wish, tracks)
        for track in tracks:
            track.wanted = False
        choice.pin()
        if wish.names and self.candidates is not None:
            self._name_regions(choice)
            self._name_artists(choice)
        return choice.tracks()

    def _name_regions(self, choice: _Choice) -> None:
        pose, size = choice.pose, choice.wish.size
        if not self.regions:
            return
        pixels, depths = pose.project(self._centres, size)
        before = depths > 1e-9
        seen = self._radii * pose.focal(1.0) / np.where(before, depths, np.inf)
        light = np.clip((seen - self._from) / (self._fully - self._from), 0, 1)
        light *= np.clip((_WITHIN[1] - seen) / (_WITHIN[1] - _WITHIN[0]), 0, 1)
        outside = float(np.linalg.norm(np.array(pose.position) - self._world.centre))
        unit = self._world.radius
        light *= 1 - 0.4 * np.clip(
            (depths - max(0.5 * unit, outside - 0.9 * unit)) / (2 * unit), 0, 1
        )
        light *= choice.modesty
        # Among the stars, where there is much to read, the names of what lies behind only disturb.
        share = 0.3 if outside > unit else 0.12
        most = 2 + round(share * choice.wish.names)
        new = np.array([key not in choice.old for key in self._keys], bool)
        places = np.flatnonzero(before & (light >= np.where(new, *_FAINT))).tolist()
        # A region that is named goes before one that would be.
        places.sort(key=lambda place: bool(new[place]))
        for place in places:
            if most <= 0:
                break
            x, y = pixels[place].tolist()
            most -= choice.name_region(self.regions[place], x, y, float(light[place]))

    def _name_artists(self, choice: _Choice) -> None:
        assert self.candidates is not None
        wish = choice.wish
        shown = [t.artist for t in choice.old.values() if t.artist >= 0]
        most, sight = 20 + 4 * wish.names, min(max(wish.look.labels, 0.25), 2.0) ** 0.5
        found = self.candidates.find(choice.pose, wish.size, shown, most, sight)
        off, _ = choice.standoff(found.depths, found.artists, ringed=False)
        left = wish.names
        for artist, light, (x, y), away in zip(
            found.artists.tolist(),
            (found.light * choice.modesty).tolist(),
            found.pixels.tolist(),
            off.tolist(),
            strict=True,
        ):
            if left <= 0:
                break
            kind: Kind = "landmark" if self.candidates.is_landmark(artist) else "star"
            left -= choice.name(artist, kind, x, y, away, light)


class _Choice:
    """One choice, while it is being made."""

    def __init__(
        self, world: World, measure: Measure, pose: Pose, wish: Wish, tracks: Sequence[Track]
    ) -> None:
        self._world, self._measure = world, measure
        self.pose, self.wish = pose, wish
        self.old: dict[Key, Track] = {t.key: t for t in tracks if t.wanted or t.alpha > 0}
        self._pinned: list[Track] = []
        self._born: list[Track] = []
        self._done: set[int] = set()
        self._taken = Occupancy(*wish.size)
        self.modesty = 1.0

    def tracks(self) -> list[Track]:
        pinned = {id(track) for track in self._pinned}
        rest = [track for track in self.old.values() if id(track) not in pinned]
        return [*self._pinned, *rest, *self._born]

    def standoff(
        self, depths: Floats, artists: npt.NDArray[np.intp], *, ringed: bool
    ) -> tuple[Floats, Floats]:
        fame = self._world.fame[artists].astype(np.float64)
        focal = self.pose.focal(self.wish.size[1])
        rings = np.full(len(artists), ringed)
        unit = self._world.star_unit
        return standoff(depths, fame, rings, focal, unit, self.wish.look.star_size)

    # -- What always wins --------------------------------------------------------------------------

    def pin(self) -> None:
        """Name what is selected, hovered, related and highlighted, in this order."""
        wish = self.wish
        if wish.selected is not None and wish.names:
            self._pin(wish.selected, "selected")
        if wish.hovered is not None and wish.hovered not in self._done:
            self._pin(wish.hovered, "hovered")
        if not wish.names:
            return
        kinds: tuple[tuple[Kind, tuple[int, ...]], ...] = (
            ("related", wish.related if wish.selected is not None else ()),
            ("highlight", wish.highlights),
        )
        for kind, artists in kinds:
            if artists:
                self.modesty = _MODEST
                self._pin_many(kind, np.array(artists, np.intp))

    def _pin(self, artist: int, kind: Kind) -> None:
        world, size = self._world, self.wish.size
        pixels, depths = self.pose.project(world.positions[[artist]], size)
        off, rings = self.standoff(depths, np.array([artist]), ringed=True)
        (x, y), away, ring = pixels[0].tolist(), float(off[0]), float(rings[0])
        inside = 0 <= x <= size[0] and 0 <= y <= size[1]
        if not inside and kind != "selected":
            return
        track = self._track(artist, kind, ringed=True)
        box = (track.width, track.height)
        if not inside:
            pointer = edge_pointer(self.pose, world.positions[artist], size, box)
            if pointer is not None:
                self._taken.take(pointer.label_x, pointer.label_y, *box)
                self._taken.take(pointer.x - MARGIN, pointer.y - MARGIN, 2 * MARGIN, 2 * MARGIN)
        else:
            sides = [track.side, *(side for side in _ALL_SIDES if side != track.side)]
            if artist not in self.old:
                sides = list(_ALL_SIDES)
            side = self._fitting(sides, x, y, away, box, (0.0, 0.0), _RIM[0])
            if side is None:
                side = self._fitting(sides, x, y, away, box, (0.0, 0.0), None)
            track.side = sides[0] if side is None else side
            self._taken.take(x - ring, y - ring, 2 * ring, 2 * ring)
            self._take(track, x, y, away)
        self._keep(track, self._pinned)

    def _pin_many(self, kind: Kind, artists: npt.NDArray[np.intp]) -> None:
        size = self.wish.size
        pixels, depths = self.pose.project(self._world.positions[artists], size)
        seen = ((pixels > 0) & (pixels < size)).all(axis=1)
        artists, pixels, depths = artists[seen], pixels[seen], depths[seen]
        fame = self._world.fame[artists].astype(np.float64)
        # The nearer of equally famous ones.
        order = np.lexsort((artists, depths / self._world.radius - 2 * fame))
        left = min(_PINNED, 8 + self.wish.names)
        off, _ = self.standoff(depths, artists, ringed=False)
        for place in order.tolist():
            if left <= 0:
                break
            x, y = pixels[place].tolist()
            left -= self.name(int(artists[place]), kind, x, y, float(off[place]), 1.0)

    # -- One label ---------------------------------------------------------------------------------

    def name(self, artist: int, kind: Kind, x: float, y: float, off: float, light: float) -> bool:
        """Name an artist if there is room; return whether there is."""
        if artist in self._done:
            return False
        old = self.old.get(artist)
        pinned = kind in ("related", "highlight")
        if old is not None and old.ringed:
            # It was hovered until now: whatever comes, its place is a new one.
            sides: Sequence[int] = (old.side, *_BESIDE)
        elif old is not None:
            sides = (old.side,)
        else:
            sides = _ALL_SIDES if pinned else _BESIDE
            size = letter_size(kind, float(self._world.fame[artist]), 0, self._factor)
            # Before a text is measured: is there room for any?
            if self._fitting(sides, x, y, off, (2 * size, size), (0.0, 0.0), _RIM[0]) is None:
                return False
        track = self._track(artist, kind)
        pad = _OLD if old is not None else _CHOSEN if pinned else _NEW
        rim = _RIM[old is not None]
        side = self._fitting(sides, x, y, off, (track.width, track.height), pad, rim)
        if side is None:
            return False
        track.side, track.light = side, light
        self._take(track, x, y, off)
        self._taken.take(x - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT)
        self._keep(track, self._pinned if pinned else self._born)
        return True

    def name_region(self, region: Region, x: float, y: float, light: float) -> bool:
        """Name a region if there is room; return whether there is."""
        key = _region_key(region)
        old = self.old.get(key)
        size = letter_size("region", 0, region.level, self._factor)
        text = label_text(region.name, 28)
        width, height = self._measure(text, "region", size)
        pad = _WIDE if old is None else _OLD
        rim = _RIM[old is not None]
        if self._fitting((MIDDLE,), x, y, 0, (width, height), pad, rim) is None:
            return False
        track = old or Track(
            key, "region", text, size, -1, region.centre, 0.0, width, height, MIDDLE
        )
        track.size, track.width, track.height = size, width, height
        track.light = light
        self._take(track, x, y, 0)
        self._keep(track, self._born)
        return True

    @property
    def _factor(self) -> float:
        return self.wish.look.label_size

    def _track(self, artist: int, kind: Kind, *, ringed: bool = False) -> Track:
        """Return the label of an artist: the one there is, changed to this kind, or a new one."""
        fame = float(self._world.fame[artist])
        size = letter_size(kind, fame, 0, self._factor)
        old = self.old.get(artist)
        if old is not None and (old.kind, old.size, old.ringed) == (kind, size, ringed):
            return old
        columns = _LONG if ringed else 34
        text = label_text(self._world.galaxy.names[artist], columns)
        width, height = self._measure(text, kind, size)
        if old is None:
            x, y, z = self._world.positions[artist].tolist()
            return Track(
                artist, kind, text, size, artist, (x, y, z), fame, width, height, 0, ringed
            )
        new = replace(
            old, kind=kind, text=text, size=size, width=width, height=height, ringed=ringed
        )
        if ringed:
            new.light = 1.0
        return new

    def _keep(self, track: Track, among: list[Track]) -> None:
        track.wanted = True
        if track.artist >= 0:
            self._done.add(track.artist)
        if track.key in self.old:
            self.old[track.key] = track
            if among is self._pinned:
                among.append(track)
        else:
            among.append(track)

    def _take(self, track: Track, x: float, y: float, off: float) -> None:
        left, top = _corner(track.side, x, y, off, track.width, track.height)
        self._taken.take(left, top, track.width, track.height)

    def _fitting(
        self,
        sides: Sequence[int],
        x: float,
        y: float,
        off: float,
        box: tuple[float, float],
        pad: tuple[float, float],
        rim: float | None,
    ) -> int | None:
        """Return the first side at which a box is free, `pad` around it, `rim` from the edge."""
        width, height = box
        for side in sides:
            left, top = _corner(side, x, y, off, width, height)
            if rim is not None and not self._within(left, top, width, height, rim):
                continue
            if self._taken.free(
                left - pad[0], top - pad[1], width + 2 * pad[0], height + 2 * pad[1]
            ):
                return side
        return None

    def _within(self, left: float, top: float, width: float, height: float, rim: float) -> bool:
        wide, high = self.wish.size
        right, bottom = left + width, top + height
        return left >= rim and top >= rim and right <= wide - rim and bottom <= high - rim


def _region_key(region: Region) -> str:
    return f"region:{region.name}"


def _corner(
    side: int, x: float, y: float, off: float, width: float, height: float
) -> tuple[float, float]:
    """Return the top left corner of a box at one side of a star."""
    across, down = _SIDES[side]
    if across and down:
        off *= 0.7
    return x + across * off + (across - 1) * width / 2, y + down * off + (down - 1) * height / 2


_SIDES: list[tuple[int, int]] = [(int(a), int(b)) for a, b in SIDES]
