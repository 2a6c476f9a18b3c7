"""What a recipe leads to in a galaxy: the engine's own answer, or a sentence that says why none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from embedding.averaging import Average, Averager
from embedding.errors import InputError
from embedding.paths import Path, path
from galaxy_desktop.model.recipe import ANY_FAME, Recipe
from galaxy_desktop.model.world import World


@dataclass(frozen=True, slots=True)
class Answer:
    """An average, a path, or a sentence.

    Attributes
    ----------
    sentence : str
        Why there is neither; "" where there is one.
    waiting : bool
        Whether nothing is wrong, and artists are to be picked yet.
    average : Average or None
    path : Path or None
    taking_part : tuple of int
        The places in the recipe of the ingredients that were asked about: the first one's share of
        a result comes first.
    """

    sentence: str = ""
    waiting: bool = False
    average: Average | None = None
    path: Path | None = None
    taking_part: tuple[int, ...] = ()

    @property
    def artists(self) -> tuple[int, ...]:
        """The artists found: the results, the best first, or the path from end to end."""
        if self.path is not None:
            return self.path.artists
        return tuple(found.index for found in self.average.results) if self.average else ()


def answer(recipe: Recipe, world: World, artists: list[int | None]) -> Answer:
    """Answer a recipe.

    Parameters
    ----------
    recipe : Recipe
    world : World
    artists : list of (int or None)
        Of each ingredient; None for one that is not in this galaxy.
    """
    here = [place for place, artist in enumerate(artists) if artist is not None]
    if recipe.question == "path":
        here = here[:2]
    if len(here) < 2:
        return _too_few(recipe, here)
    found = [artist for artist in artists if artist is not None][: len(here)]
    if sentence := _without_vector(world, found) or _weightless(recipe, here):
        return Answer(sentence, taking_part=tuple(here))
    fame = None if recipe.fame == ANY_FAME else recipe.fame
    popularity = world.galaxy.popularity
    if sentence := _none_left(recipe, world, found):
        return Answer(sentence, taking_part=tuple(here))
    try:
        if recipe.question == "path":
            way = path(
                world.directions,
                found[0],
                found[1],
                recipe.length,
                popularity=popularity,
                popularity_range=fame,
            )
            return Answer(path=way, taking_part=tuple(here))
        average = Averager(world.directions).average(
            found,
            [recipe.ingredients[place].amount for place in here],
            count=recipe.count,
            popularity=popularity,
            popularity_range=fame,
        )
    except InputError as error:
        return Answer(_sentence(error), taking_part=tuple(here))
    return Answer(average=average, taking_part=tuple(here))


def _too_few(recipe: Recipe, here: list[int]) -> Answer:
    gone = [each.name for place, each in enumerate(recipe.ingredients) if place not in here]
    if gone:
        more = "another artist" if here else "two artists"
        sentence = f"{_listed(gone)} {'is' if len(gone) == 1 else 'are'} not in this galaxy: "
        return Answer(f"{sentence}pick {more} to go on.", taking_part=tuple(here))
    if not here:
        sentence = (
            "Pick two artists to see who lies between them: find them here, drag a name in, or"
            " press A on a star."
        )
    elif recipe.question == "path":
        sentence = "Pick a second artist to see a path that leads there."
    else:
        sentence = "Pick a second artist to see who lies between the two."
    return Answer(sentence, waiting=True, taking_part=tuple(here))


def _without_vector(world: World, artists: list[int]) -> str:
    lost = [a for a in artists if not world.directions.points_somewhere[a]]
    if not lost:
        return ""
    names = _listed([world.name(artist) for artist in lost])
    return f"Too little is known about {names} to say who is alike: pick somebody else."


def _weightless(recipe: Recipe, here: list[int]) -> str:
    if recipe.question == "path" or any(recipe.ingredients[place].amount > 0 for place in here):
        return ""
    if any(recipe.ingredients[place].weight for place in here):
        return "There is nothing to take away from: add an artist, or give one a weight above 0."
    return "Every weight is 0, so there is nothing to look for: raise one of them."


def _none_left(recipe: Recipe, world: World, asked: list[int]) -> str:
    """Return a sentence where nobody is left to answer with, or too few for a path."""
    low, high = recipe.fame
    popularity = world.galaxy.popularity
    left = int(np.count_nonzero(world.directions.allowed(popularity, (low, high), asked)))
    wanted = recipe.length - len(asked) if recipe.question == "path" else 1
    if left >= wanted:
        return ""
    every = recipe.fame == ANY_FAME
    said = f"of {low}" if low == high else f"from {low} to {high}"
    span = "in this galaxy" if every else f"of a popularity {said}"
    if not left:
        return f"Nobody else is {span}{'.' if every else ': widen the range.'}"
    others = "1 other artist is" if left == 1 else f"{left} other artists are"
    mend = "make the path shorter" if every else "widen the range, or make the path shorter"
    return f"Only {others} {span}, too few for a path of {recipe.length}: {mend}."


def _sentence(error: InputError) -> str:
    """Return an error of the engine as the window says it."""
    remedy = f": {error.remedy}" if error.remedy else ""
    text = " ".join(f"{error.problem}{remedy}.".split())
    return text[:1].upper() + text[1:]


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
