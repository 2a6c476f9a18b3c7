"""The errors a user can mend: each is one sentence that says what, where, and what to do."""

from __future__ import annotations

from os import PathLike, fspath


class GalaxyError(Exception):
    """Base of every error with a message meant for the user; ``str(error)`` is one sentence."""


class InputError(GalaxyError):
    """Something given to the program is wrong.

    Parameters
    ----------
    problem : str
        What is wrong, without a final full stop: ``"the weight 'nan' is not a number"``.
    where : str or PathLike, optional
        The file, option or field that is wrong.
    line : int, optional
        The line in that file, counted from 1.
    remedy : str, optional
        What to do about it, without a final full stop: ``"correct or remove that line"``.
    """

    def __init__(
        self,
        problem: str,
        *,
        where: str | PathLike[str] | None = None,
        line: int | None = None,
        remedy: str | None = None,
    ) -> None:
        self.problem, self.line, self.remedy = problem, line, remedy
        self.where = None if where is None else fspath(where)
        text = problem
        if self.where is not None:
            place = self.where if line is None else f"{self.where}, line {line}"
            text = f"{place}: {text}"
        if remedy is not None:
            text = f"{text}; {remedy}"
        # A name taken from a file may hold a line break; the message stays one line all the same.
        super().__init__(" ".join(f"{text}.".split()))


class GalaxyFileError(InputError):
    """A ``.galaxy`` file is broken, truncated, foreign or hostile."""


class UnknownArtistError(InputError):
    """A name that no artist of the galaxy has; ``suggestions`` holds the nearest spellings."""

    def __init__(self, name: str, suggestions: list[str], *, where: str | None = None) -> None:
        self.name, self.suggestions = name, suggestions
        near = " or ".join(f'"{s}"' for s in suggestions)
        remedy = f"try {near}" if near else "look it up with galaxy-embed search"
        super().__init__(f'no artist is called "{name}"', where=where, remedy=remedy)
