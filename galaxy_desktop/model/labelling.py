"""`Labeller`: which names are shown, where on the picture, and how visible at this moment."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

import numpy as np

from galaxy_desktop.model.edge_pointer import EdgePointer, edge_pointer
from galaxy_desktop.model.gliding import Gliding
from galaxy_desktop.model.label_candidates import Candidates
from galaxy_desktop.model.label_chooser import Chooser
from galaxy_desktop.model.label_kinds import POINTER, Measure, PlacedLabel, letter_size
from galaxy_desktop.model.label_tracks import (
    FADE_IN,
    FADE_OUT,
    Floats,
    Geometry,
    Layout,
    Track,
    exchanged,
    faded,
    hold_within,
    room,
)
from galaxy_desktop.model.label_wish import Wish
from galaxy_desktop.model.look import Look
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.reforming import Reforming
from galaxy_desktop.model.regions import Region, find_regions
from galaxy_desktop.model.world import World

INTERVAL = 0.11
"""Seconds between two choices of names while the camera moves."""
_REST = 0.3
"""Seconds after which a camera that stands still is at rest."""
_SHIFT = 4.0
"""Logical pixels that names must have moved before they are chosen anew."""
_STRIDE = 0.004
"""Units of R that the camera must have moved."""
_SLIDE = 0.09
"""Seconds in which the selected name follows when it changes sides or goes to the edge."""


class Labeller:
    """Chooses names and carries them along as the camera moves.

    Names are chosen now and then, placed in each frame. A name that is shown keeps its side of its
    star; it comes and goes by fading. No two that are visible ever overlap. Hovered and selected
    names come first, then those related to the selected one, then highlighted ones, then the rest.

    In motion names that are shown have an advantage, so that none flickers. Once the camera has
    come to rest, and nothing is pointed at, they are chosen as if none had been shown: a view that
    is come back to has the same names, whatever was seen on the way.

    Parameters
    ----------
    world : World
    measure : Measure
        How large texts are.

    Attributes
    ----------
    world : World
    choices : int
        How often names were chosen.
    """

    def __init__(self, world: World, measure: Measure) -> None:
        self.choices = 0
        self.world, self._measure = world, measure
        self._chooser = Chooser(world, measure)
        self._preparing = Lock()
        self._tracks: list[Track] = []
        self._layout = Layout([], world.star_unit, 1.0)
        self._wish: Wish | None = None
        self._chosen_ready = False
        self._chosen_pose: Pose | None = None
        self._choosing: tuple[Generator[None, None, list[Track]], Pose] | None = None
        self._chosen_stars: Floats = np.zeros((0, 2))
        self._since = self._still = 0.0
        self._settled = self._resting = self._fresh = False
        self._last_pose: Pose | None = None
        self._pointer: EdgePointer | None = None
        self._pointer_alpha = 0.0
        self._slide = np.zeros(2)
        self._last_middle: Floats | None = None
        self._last_side = 0
        self._riding = False
        self._chosen_stamp: tuple[Any, ...] = ()

    # -- What is known of the world --------------------------------------------------------------

    def prepare(self) -> None:
        """Find landmarks and regions; for a worker thread. Until then only what is chosen is named.

        0.2 s for the 40,000 artists of the atlas with their tags.
        """
        with self._preparing:
            if not self.ready:
                world = self.world
                _ = world.tree
                regions = find_regions(world)
                self._chooser = Chooser(world, self._measure, Candidates(world), regions)

    @property
    def ready(self) -> bool:
        """Whether `prepare` is done."""
        return self._chooser.candidates is not None

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions that have names."""
        return self._chooser.regions

    # -- Frames ----------------------------------------------------------------------------------

    @property
    def settled(self) -> bool:
        """Whether another frame would show the same, as long as nothing is changed."""
        return self._settled

    @property
    def resting(self) -> bool:
        """Whether the camera stood still in the last frame: names may stand on whole pixels."""
        return self._resting

    @property
    def pointer(self) -> EdgePointer | None:
        """Where the arrow is that points to the selected star; None while that is seen."""
        return self._pointer

    def update(
        self,
        pose: Pose,
        size: tuple[float, float],
        dt: float,
        hovered: int | None = None,
        selected: int | None = None,
        related: Sequence[int] = (),
        highlights: Sequence[int] = (),
        look: Look | None = None,
        gliding: Gliding | None = None,
        strengths: Sequence[float] = (),
    ) -> list[PlacedLabel]:
        """Let time pass and return the labels of this frame, the ones to be drawn first, first.

        Parameters
        ----------
        pose : Pose
        size : (float, float)
            Of the picture, logical pixels.
        dt : float
            Seconds since the last frame.
        hovered, selected : int, optional
            Artists.
        related : sequence of int
            Artists related to the selected one.
        highlights : sequence of int
            Artists that are lit besides.
        look : Look, optional
            Its `labels`, `label_size` and `star_size` count.
        gliding : Gliding, optional
            Where the artists are seen; names go with them.
        strengths : sequence of float
            How much each of the highlights matters; without, the better known matter more.
        """
        if min(size) <= 0:
            return []
        wish = Wish(size, hovered, selected, tuple(related), tuple(highlights), look or Look())
        wish = replace(wish, strengths=tuple(strengths))
        self._since += dt
        self._resting, self._last_pose = self._last_pose in (None, pose), pose
        self._still = self._still + dt if self._resting else 0.0
        choices, riding = self.choices, gliding is not None and gliding.displaced
        if riding or self._riding:
            self._ride(gliding, wish)
        geometry = self._layout.place(pose, size)
        stamp = gliding.stamp if gliding is not None else ()
        moved = self._moved(pose, geometry) or stamp != self._chosen_stamp
        asked = wish != self._wish or self._chosen_ready != self.ready or riding != self._riding
        self._riding = riding
        due = moved and self._since >= INTERVAL - 1e-9
        stale = hovered is None and not (self._fresh and self._chosen_pose == pose)
        # While the stars are elsewhere nobody knows which names would be best.
        stale = stale and not riding and self.ready
        rested = stale and self._still >= _REST and self._since >= INTERVAL - 1e-9
        at_once = asked or rested or (due and riding)
        if at_once or (due and self._choosing is None):
            self._since, self._chosen_stamp = 0.0, stamp
        if at_once:
            self._choose(pose, wish, gliding, anew=not asked and rested)
        elif self._choosing is not None or due:
            self._choose_on(pose, wish, gliding)
        if self.choices != choices:
            geometry = self._layout.place(pose, size)
            moved = self._moved(pose, geometry)
            stale = hovered is None and not self._fresh and not riding and self.ready
        fading = self._fade(pose, size, dt, geometry)
        self._settled = not (moved or fading or stale or self._choosing is not None)
        return self._placed(geometry)

    def inherit(self, before: Labeller, change: Reforming) -> None:
        """Go on with the names that another galaxy shows, of the artists that are in this one."""
        tracks = [
            track if track.artist < 0 else replace(track, key=new, artist=new)
            for track in before._tracks
            if (new := change.artist(track.artist) if track.artist >= 0 else -1) is not None
        ]
        self._tracks = tracks
        self._layout = Layout(tracks, self.world.star_unit, 1.0)
        self._riding, self._last_pose = True, before._last_pose
        self._pointer, self._pointer_alpha = before._pointer, before._pointer_alpha
        self._last_middle, self._last_side = before._last_middle, before._last_side

    def reset(self) -> None:
        """Forget which names are shown: what follows depends on nothing before."""
        self._tracks, self._wish, self._chosen_pose = [], None, None
        self._choosing = None
        self._layout = Layout([], self.world.star_unit, 1.0)
        self._pointer, self._pointer_alpha = None, 0.0
        self._last_middle = None
        self._slide[:] = 0

    def at(self, labels: Sequence[PlacedLabel], x: float, y: float) -> int | None:
        """Return the artist whose name is at a place of the picture, None where there is none."""
        for label in reversed(labels):
            inside = 0 <= x - label.x <= label.width and 0 <= y - label.y <= label.height
            if inside and label.alpha > 0.3 and isinstance(label.key, int):
                return label.key
        return None

    # -- Within ----------------------------------------------------------------------------------

    def _moved(self, pose: Pose, geometry: Geometry) -> bool:
        """Return whether the camera moved so far that other names may be better."""
        before = self._chosen_pose
        if before is None:
            return True
        if pose == before:
            return False
        stride = np.linalg.norm(np.subtract(pose.position, before.position))
        if stride > _STRIDE * self.world.radius or pose.fov != before.fov:
            return True
        if 1 - float(pose.forward @ before.forward) > 1e-5:
            return True
        shift = np.abs(geometry.stars - self._chosen_stars)
        return bool((shift > _SHIFT).any())

    def _ride(self, gliding: Gliding | None, wish: Wish) -> None:
        """Bring the names to where their stars are."""
        named = [track for track in self._tracks if track.artist >= 0]
        if gliding is None or not named:
            return
        places = gliding.places([track.artist for track in named]).tolist()
        for track, (x, y, z) in zip(named, places, strict=True):
            track.anchor = (x, y, z)
        self._layout = Layout(self._tracks, self.world.star_unit, wish.look.star_size)

    def _choose(
        self, pose: Pose, wish: Wish, gliding: Gliding | None = None, *, anew: bool
    ) -> None:
        """Choose names: in motion from those that are shown, `anew` by the view alone."""
        self._chosen_ready = self.ready
        if anew:
            goal = self._chooser.choose(pose, wish)
            tracks, self._fresh = exchanged(self._tracks, goal)
        else:
            self._fresh = not self._tracks and wish.hovered is None
            tracks = self._chooser.choose(pose, wish, self._tracks, gliding)
        self._take_over(tracks, wish, pose)

    def _choose_on(self, pose: Pose, wish: Wish, gliding: Gliding | None) -> None:
        """Go on with a choice of names from this pose, or from that in which it was begun.

        A choice takes a quarter of what a frame may take: where the picture moves, each frame does
        a third of it.
        """
        if self._choosing is None:
            # Of copies: what is shown fades on as it is until the choice is made.
            so_far = [replace(track) for track in self._tracks]
            self._choosing = self._chooser.choose_in_steps(pose, wish, so_far, gliding), pose
        steps, begun = self._choosing
        try:
            next(steps)
        except StopIteration as end:
            tracks: list[Track] = end.value
            alphas = {track.key: track.alpha for track in self._tracks}
            for track in tracks:
                track.alpha = alphas.get(track.key, 0.0)
            self._fresh = not self._tracks and wish.hovered is None
            self._take_over(tracks, wish, begun)

    def _take_over(self, tracks: list[Track], wish: Wish, pose: Pose) -> None:
        """Show the labels that were chosen from a pose."""
        self.choices += 1
        self._choosing = None
        self._tracks, self._wish, self._chosen_pose = tracks, wish, pose
        self._layout = Layout(tracks, self.world.star_unit, wish.look.star_size)
        self._chosen_stars = self._layout.place(pose, wish.size).stars

    def _fade(self, pose: Pose, size: tuple[float, float], dt: float, geometry: Geometry) -> bool:
        """Bring the labels' alphas forward; return whether there is more to come."""
        tracks = self._tracks
        sliding = self._hold(pose, size, dt, geometry)
        alpha = np.array([track.alpha for track in tracks], np.float64)
        goal = np.array([track.light if track.wanted else 0.0 for track in tracks], np.float64)
        seen = ~np.isnan(geometry.middles).any(axis=1)
        alive = seen & ((goal > 0) | (alpha > 0))
        allowed = np.where(seen, room(geometry, alive), 0.0)
        after = faded(alpha, goal, allowed, dt)
        for track, value in zip(tracks, after.tolist(), strict=True):
            track.alpha = value
        # A name may be away from its goal for good, where there is no room for it.
        fading = bool((np.abs(after - np.minimum(goal * allowed, allowed)) > 1e-3).any())
        to = 1.0 if self._pointer is not None else 0.0
        step = np.clip(to - self._pointer_alpha, -dt / FADE_OUT, dt / FADE_IN)
        self._pointer_alpha = to if self._pointer is None else self._pointer_alpha + float(step)
        return fading or sliding or abs(to - self._pointer_alpha) > 1e-3

    def _hold(self, pose: Pose, size: tuple[float, float], dt: float, geometry: Geometry) -> bool:
        """Keep chosen names in the picture, the selected one at its edge if its star is out."""
        was_out, self._pointer = self._pointer is not None, None
        found = False
        sliding = False
        for place, track in enumerate(self._tracks):
            if not track.ringed:
                continue
            middle = geometry.middles[place]
            # The name of the one selected before comes later, and fades where it is.
            leading = track.kind == "selected" and not found
            if leading:
                found = True
                box = (track.width, track.height)
                pointer = edge_pointer(pose, np.array(track.anchor), size, box)
                if pointer is not None:
                    middle[:] = (
                        pointer.label_x + track.width / 2,
                        pointer.label_y + track.height / 2,
                    )
                    geometry.rings[place] = 0.0
                self._pointer = pointer
                jumps = (pointer is not None) != was_out or track.side != self._last_side
                sliding = self._follow(middle, jumps, dt)
                self._last_side = track.side
            middle[:] = hold_within(middle[None], geometry.halves[place][None], size)[0]
            if leading:
                self._last_middle = middle.copy()
        if not found:
            self._last_middle = None
            self._slide[:] = 0
        return sliding

    def _follow(self, middle: Floats, jumps: bool, dt: float) -> bool:
        """Let the selected name slide to another side, to the edge or back, and not jump."""
        if jumps and self._last_middle is not None:
            self._slide = self._last_middle - middle
        self._slide *= np.exp(-dt / _SLIDE)
        middle += self._slide
        if float(np.abs(self._slide).max()) < 0.25:
            self._slide[:] = 0
            return False
        return True

    def _placed(self, geometry: Geometry) -> list[PlacedLabel]:
        wide, high = self._wish.size if self._wish is not None else (0.0, 0.0)
        corners = (geometry.middles - geometry.halves).tolist()
        labels = [
            PlacedLabel(t.key, t.text, x, y, t.width, t.height, t.alpha, t.kind, t.size)
            for t, (x, y) in zip(self._tracks, corners, strict=True)
            if t.alpha > 0.004 and -t.width < x < wide and -t.height < y < high
        ]
        # What was chosen first is drawn last.
        labels.reverse()
        pointer = self._pointer
        if pointer is not None and self._wish is not None and self._pointer_alpha > 0.004:
            side = letter_size(POINTER, factor=self._wish.look.label_size)
            labels.append(
                PlacedLabel(
                    POINTER,
                    "",
                    pointer.x - side / 2,
                    pointer.y - side / 2,
                    side,
                    side,
                    self._pointer_alpha,
                    POINTER,
                    side,
                    pointer.angle,
                )
            )
        return labels
