"""`Recipe`: which artists are averaged, how much of each, and what is asked about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from embedding.averaging import MOST_RESULTS
from embedding.paths import FEWEST, MOST
from galaxy_desktop.model.ingredient_colours import COLOURS
from galaxy_desktop.model.pose_json import is_number

MOST_INGREDIENTS = len(COLOURS)
SHORTEST, LONGEST = FEWEST, MOST
"""So many artists are on a path, both ends included."""
ANY_FAME = (0, 100)
COUNTS = (10, MOST_RESULTS)
"""So many results at first, and when more are asked for."""

Question = Literal["between", "path"]
Fame = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One artist of a recipe.

    Attributes
    ----------
    key : str
        `World.key`: tells the artist from all others, in any galaxy.
    name : str
        For where the artist is not in the galaxy.
    weight : float
        How much of it, 0 to 1.
    minus : bool
        Whether it is taken away.
    colour : int
        Its place in `ingredient_colours.COLOURS`.
    """

    key: str
    name: str
    weight: float = 1.0
    minus: bool = False
    colour: int = 0

    @property
    def amount(self) -> float:
        """The weight with its sign."""
        return -self.weight if self.minus else self.weight


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is averaged and asked.

    Attributes
    ----------
    ingredients : tuple of Ingredient
        At most `MOST_INGREDIENTS`, each artist once.
    question : {"between", "path"}
        Who lies between all of them, or a path from the first to the second.
    length : int
        Artists on the path, `SHORTEST` to `LONGEST`.
    fame : (int, int)
        The popularity that an answer must have, both ends included.
    count : int
        How many results are wanted, one of `COUNTS`; there may be fewer.
    """

    ingredients: tuple[Ingredient, ...] = ()
    question: Question = "between"
    length: int = 8
    fame: Fame = ANY_FAME
    count: int = COUNTS[0]

    @property
    def title(self) -> str:
        """What it is called in a list."""
        if self.question == "path":
            return " → ".join(each.name for each in self.ingredients[:2])
        words = ""
        for each in self.ingredients:
            words += (
                f"{(' − ' if each.minus else ' + ') if words else '− ' * each.minus}{each.name}"
            )
        return words.strip()

    def is_like(self, other: Recipe) -> bool:
        """Return whether both ask the same of the same artists, but for how much and how long."""
        return self._who() == other._who()

    def _who(self) -> tuple[object, ...]:
        if self.question == "path":
            return ("path", *(each.key for each in self.ingredients[:2]))
        return ("between", frozenset((each.key, each.minus) for each in self.ingredients))


def to_json(recipe: Recipe) -> dict[str, Any]:
    """Return a recipe as plain JSON values."""
    return {
        "ingredients": [
            {"key": each.key, "name": each.name, "weight": each.weight, "minus": each.minus}
            for each in recipe.ingredients
        ],
        "question": recipe.question,
        "length": recipe.length,
        "fame": list(recipe.fame),
        "count": recipe.count,
    }


def from_json(content: object) -> Recipe:
    """Return a recipe from JSON values; what is no good is left out, or as at the beginning."""
    if not isinstance(content, dict):
        return Recipe()
    entries = content.get("ingredients")
    found: dict[str, Ingredient] = {}
    for entry in entries if isinstance(entries, list) else ():
        each = _ingredient(entry)
        if each is not None and len(found) < MOST_INGREDIENTS:
            found.setdefault(each.key, each)
    usual = Recipe()
    length = content.get("length")
    return Recipe(
        tuple(replace(each, colour=place) for place, each in enumerate(found.values())),
        "path" if content.get("question") == "path" else "between",
        length if type(length) is int and SHORTEST <= length <= LONGEST else usual.length,
        _fame(content.get("fame")),
        COUNTS[-1] if content.get("count") == COUNTS[-1] else COUNTS[0],
    )


def _ingredient(entry: object) -> Ingredient | None:
    if not isinstance(entry, dict):
        return None
    key, name = entry.get("key"), entry.get("name")
    weight: Any = entry.get("weight")
    if not isinstance(key, str) or not isinstance(name, str):
        return None
    if not is_number(weight) or not 0 <= weight <= 1:
        return None
    return Ingredient(key, name, float(weight), entry.get("minus") is True)


def _fame(value: Any) -> Fame:
    if not isinstance(value, list) or len(value) != 2 or any(type(end) is not int for end in value):
        return ANY_FAME
    low, high = value
    return (low, high) if 0 <= low <= high <= 100 else ANY_FAME
