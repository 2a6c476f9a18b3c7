"""`Recents`: what was averaged lately, kept from start to start."""

from __future__ import annotations

from psygnal import Signal

from galaxy_desktop.model.recipe import Recipe, from_json, to_json
from galaxy_desktop.model.storage import JsonFile, Places, Tell, to_nobody

MOST_KEPT = 20


class Recents:
    """Averages and paths of the user, the most recent first; on the disk after every change.

    Events
    ------
    changed() : another list than before

    Parameters
    ----------
    places : Places
    tell : callable, optional
        Gets one sentence whenever something went wrong.
    """

    changed = Signal()

    def __init__(self, places: Places, tell: Tell = to_nobody) -> None:
        self._file = JsonFile(places.data / "averages.json", "recent averages", tell=tell)
        self._all: list[Recipe] = []

    def load(self) -> None:
        """Read them from the disk; entries that are none are left out, and that is told."""
        entries = self._file.load().get("averages", [])
        found = [from_json(entry) for entry in entries] if isinstance(entries, list) else [Recipe()]
        self._all = [recipe for recipe in found if len(recipe.ingredients) > 1][:MOST_KEPT]
        self._file.tell_of_lost(sum(len(recipe.ingredients) < 2 for recipe in found), len(found))
        self.changed.emit()

    @property
    def all(self) -> tuple[Recipe, ...]:
        """Every one, the most recent first."""
        return tuple(self._all)

    def note(self, recipe: Recipe) -> None:
        """Put one first; the same artists with other weights, or at another length, make room."""
        if len(recipe.ingredients) < 2 or self._all[:1] == [recipe]:
            return
        others = [other for other in self._all if not other.is_like(recipe)]
        self._put([recipe, *others][:MOST_KEPT])

    def remove(self, recipe: Recipe) -> None:
        """Forget one."""
        self._put([other for other in self._all if other != recipe])

    def clear(self) -> None:
        """Forget all of them."""
        self._put([])

    def _put(self, recipes: list[Recipe]) -> None:
        if recipes != self._all:
            self._all = recipes
            self._file.save({"averages": [to_json(recipe) for recipe in recipes]})
            self.changed.emit()
