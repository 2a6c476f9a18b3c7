"""`Chooser`: from all that could be named, the labels that there is room for."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from galaxy_desktop.model.gliding import Gliding
from galaxy_desktop.model.label_candidates import Candidates, Found
from galaxy_desktop.model.label_choice import Choice
from galaxy_desktop.model.label_kinds import Kind, Measure
from galaxy_desktop.model.label_pins import pin
from galaxy_desktop.model.label_tracks import Track
from galaxy_desktop.model.label_wish import Wish
from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.region_sight import RegionSight
from galaxy_desktop.model.regions import Region
from galaxy_desktop.model.world import World

_SPARE = (1, 3)
"""In motion so many landmarks more than are wanted may come, and so many stay that are shown: some
are on their way in or out at any time, and they come and go less often."""


class Chooser:
    """Chooses labels and the side of its star that each stands on, greedily.

    First what is chosen; then regions; then, from afar, landmarks, and whoever else there is room
    for.

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
        self.candidates, self._sight = candidates, RegionSight(world, regions)

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions that may be named."""
        return self._sight.regions

    def choose(
        self,
        pose: Pose,
        wish: Wish,
        tracks: Sequence[Track] = (),
        gliding: Gliding | None = None,
    ) -> list[Track]:
        """Return the labels from now on: those before, wanted or not, and new ones.

        All the steps of `choose_in_steps` at once.
        """
        steps = self.choose_in_steps(pose, wish, tracks, gliding)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                labels: list[Track] = end.value
                return labels

    def choose_in_steps(
        self,
        pose: Pose,
        wish: Wish,
        tracks: Sequence[Track] = (),
        gliding: Gliding | None = None,
    ) -> Generator[None, None, list[Track]]:
        """Choose labels a little in each step; return those from now on.

        One step looks at what stands out from afar, one at who is near, one finds room for these:
        each takes about a third of the time.

        Parameters
        ----------
        pose : Pose
        wish : Wish
        tracks : sequence of Track
            The labels so far, which are changed. What is shown has an advantage; without any, the
            answer depends on the view alone.
        gliding : Gliding, optional
            While artists are elsewhere than the world says, the names that are shown stay with
            them; who else could be named is not known then.

        Returns
        -------
        list of Track
            The ones that others give way to, first.
        """
        choice = Choice(self._world, self._measure, pose, wish, tracks, gliding)
        shown = [track for track in tracks if track.wanted and track.kind in ("landmark", "star")]
        for track in tracks:
            track.wanted = False
        pin(choice)
        displaced = gliding is not None and gliding.displaced
        if wish.names and (displaced or self.candidates is None):
            _keep(choice, shown, gliding)
        elif wish.names and self.candidates is not None:
            candidates = self.candidates
            self._name_regions(choice)
            left = wish.names - self._name_landmarks(choice, candidates)
            yield
            most, sight = 20 + 3 * left, min(max(wish.look.labels, 0.25), 2.0) ** 0.5
            found = candidates.find(pose, wish.size, choice.shown, most, sight)
            yield
            _name_artists(choice, candidates, found, left)
        return choice.tracks()

    def _name_landmarks(self, choice: Choice, candidates: Candidates) -> int:
        wish, named = choice.wish, 0
        most = round(wish.landmarks * candidates.far(choice.pose))
        if not most:
            return 0
        found = candidates.landmarks_seen(choice.pose, wish.size, choice.shown)
        spare = _SPARE if choice.old else (0, 0)
        for artist, place in _places(choice, found):
            if named < most + spare[artist in choice.old]:
                named += choice.name(artist, "landmark", *place)
        return named

    def _name_regions(self, choice: Choice) -> None:
        # Among the stars, where there is much to read, the names of what lies behind only disturb.
        share = 0.3 if self._sight.outside(choice.pose) else 0.12
        left = 2 + round(share * choice.wish.names)
        for region, x, y, light in self._sight.seen(choice.pose, choice.wish.size, choice.old):
            if left <= 0:
                break
            left -= choice.name_region(region, x, y, light * choice.modesty)


def _name_artists(choice: Choice, candidates: Candidates, found: Found, left: int) -> None:
    for artist, place in _places(choice, found):
        if left <= 0:
            break
        kind: Kind = "landmark" if candidates.is_landmark(artist) else "star"
        left -= choice.name(artist, kind, *place)


def _keep(choice: Choice, shown: list[Track], gliding: Gliding | None) -> None:
    """Want the names that are shown, but of artists that fade away."""
    for track in shown:
        there = gliding is None or gliding.presence([track.artist])[0] > 0.5
        if there and not choice.is_named(track.artist):
            choice.keep(track)


def _places(choice: Choice, found: Found) -> list[tuple[int, tuple[float, float, float, float]]]:
    """Return artists, and for each the pixel of its star, the standoff and the light."""
    off, _ = choice.standoff(found.depths, found.artists, ringed=False)
    light = found.light * choice.modesty
    x, y = found.pixels.T
    places = zip(x.tolist(), y.tolist(), off.tolist(), light.tolist(), strict=True)
    return list(zip(found.artists.tolist(), places, strict=True))
