"""`Mix`: the artists that are being averaged, kept by key, and what lies between them."""

from __future__ import annotations

from dataclasses import replace

from psygnal import Signal

from galaxy_desktop.model.ingredient_colours import free_colour
from galaxy_desktop.model.mix_answer import Answer, answer
from galaxy_desktop.model.recipe import (
    COUNTS,
    LONGEST,
    MOST_INGREDIENTS,
    SHORTEST,
    Fame,
    Ingredient,
    Question,
    Recipe,
)
from galaxy_desktop.model.world import World


class Mix:
    """The averager of a window.

    The answer is worked out when it is asked for, and kept until something changes. In another
    galaxy the same artists are averaged, by key; those that are not there wait.

    Events
    ------
    changed() : the recipe or the galaxy is another, and so may be the answer
    refused(str) : why an artist was not taken, one sentence

    Parameters
    ----------
    world : World
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, world: World) -> None:
        self._world = world
        self._recipe = Recipe()
        self._answer: Answer | None = None
        #: Of artists that share a key, the ones that were meant; in this galaxy alone.
        self._meant: dict[str, int] = {}

    @property
    def world(self) -> World:
        """The galaxy that is asked about."""
        return self._world

    @world.setter
    def world(self, world: World) -> None:
        if world is not self._world:
            self._world = world
            self._meant.clear()
            self._recipe = self._spelt(self._recipe)
            self._tell()

    @property
    def recipe(self) -> Recipe:
        """What is averaged and asked."""
        return self._recipe

    @property
    def ingredients(self) -> tuple[Ingredient, ...]:
        """The artists, with how much of each."""
        return self._recipe.ingredients

    @property
    def answer(self) -> Answer:
        """What the recipe leads to in this galaxy."""
        if self._answer is None:
            artists = [self.artist(place) for place in range(len(self.ingredients))]
            self._answer = answer(self._recipe, self._world, artists)
        return self._answer

    def artist(self, place: int) -> int | None:
        """Return the artist of an ingredient, None where it is not in this galaxy."""
        key = self.ingredients[place].key
        meant = self._meant.get(key)
        return meant if meant is not None else self._world.find_key(key)

    def has(self, artist: int) -> bool:
        """Return whether an artist is among the ingredients."""
        return any(self.artist(place) == artist for place in range(len(self.ingredients)))

    # -- Ingredients -----------------------------------------------------------------------------

    def add(self, artist: int) -> bool:
        """Add an artist at the end; return whether it was taken."""
        if self._refuses(artist):
            return False
        if len(self.ingredients) == MOST_INGREDIENTS:
            self.refused.emit(
                f"{MOST_INGREDIENTS} artists are averaged already: remove one to add another."
            )
            return False
        colour = free_colour([each.colour for each in self.ingredients])
        made = Ingredient(self._key(artist), self._world.name(artist), colour=colour)
        self._put((*self.ingredients, made))
        return True

    def replace(self, place: int, artist: int) -> bool:
        """Put an artist in the place of another, as much of it; return whether it was taken."""
        if self._refuses(artist, place):
            return False
        self._change(place, key=self._key(artist), name=self._world.name(artist))
        return True

    def remove(self, place: int) -> None:
        """Take an ingredient out."""
        self._put((*self.ingredients[:place], *self.ingredients[place + 1 :]))

    def move(self, place: int, to: int) -> None:
        """Put an ingredient at another place."""
        rest = list(self.ingredients)
        rest.insert(to, rest.pop(place))
        self._put(tuple(rest))

    def swap(self) -> None:
        """Let the first two change places: the other way round."""
        if len(self.ingredients) > 1:
            self.move(0, 1)

    def clear(self) -> None:
        """Take all of them out."""
        self._put(())

    def set_weight(self, place: int, weight: float) -> None:
        """Say how much of an ingredient, 0 to 1."""
        self._change(place, weight=min(1.0, max(0.0, weight)))

    def set_minus(self, place: int, minus: bool) -> None:
        """Take an ingredient away, or add it."""
        self._change(place, minus=minus)

    # -- What is asked ---------------------------------------------------------------------------

    def ask(self, question: Question) -> None:
        """Ask who lies between them, or for a path from the first to the second."""
        self._set(replace(self._recipe, question=question))

    def set_length(self, length: int) -> None:
        """Say how many artists are on a path, both ends included."""
        self._set(replace(self._recipe, length=min(LONGEST, max(SHORTEST, length))))

    def set_fame(self, low: int, high: int) -> None:
        """Look only for artists of a popularity from `low` to `high`, both included."""
        fame: Fame = max(0, min(low, high, 100)), min(100, max(low, high, 0))
        self._set(replace(self._recipe, fame=fame))

    def show_more(self, more: bool) -> None:
        """Ask for more results than at first, or no longer."""
        self._set(replace(self._recipe, count=COUNTS[-1] if more else COUNTS[0]))

    def restore(self, recipe: Recipe) -> None:
        """Average what was averaged before."""
        self._meant.clear()
        self._set(self._spelt(recipe))

    # -- Within ----------------------------------------------------------------------------------

    def _refuses(self, artist: int, place: int | None = None) -> bool:
        """Return whether an artist is an ingredient already, and say so."""
        key = self._world.key(artist)
        keys = [each.key for each in self.ingredients]
        # Without ids namesakes share a key: one may stand in for the other, but not beside it.
        if key not in keys or (keys.index(key) == place and self.artist(place) != artist):
            return False
        self.refused.emit(f"{self._world.name(artist)} is among them already.")
        return True

    def _key(self, artist: int) -> str:
        """Return the key of an artist, and remember which of those who share it is meant."""
        key = self._world.key(artist)
        if self._world.find_key(key) == artist:
            self._meant.pop(key, None)
        else:
            self._meant[key] = artist
        return key

    def _change(self, place: int, **changes: object) -> None:
        each = replace(self.ingredients[place], **changes)  # type: ignore[arg-type]
        self._put((*self.ingredients[:place], each, *self.ingredients[place + 1 :]))

    def _put(self, ingredients: tuple[Ingredient, ...]) -> None:
        self._set(replace(self._recipe, ingredients=ingredients))

    def _set(self, recipe: Recipe) -> None:
        if recipe != self._recipe:
            self._recipe = recipe
            self._tell()

    def _tell(self) -> None:
        self._answer = None
        self.changed.emit()

    def _spelt(self, recipe: Recipe) -> Recipe:
        """Return a recipe with the names of this galaxy; who is not in it keeps the old one."""
        name, find = self._world.name, self._world.find_key
        spelt = (
            each if (artist := find(each.key)) is None else replace(each, name=name(artist))
            for each in recipe.ingredients
        )
        return replace(recipe, ingredients=tuple(spelt))
