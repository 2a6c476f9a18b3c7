"""From the words a user gives to the artist a crawl begins at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from embedding.errors import InputError, UnknownArtistError
from embedding.folding import fold
from embedding.readers.fields import clean_name
from embedding.sources.limits import Budget
from embedding.sources.records import FoundArtist
from embedding.sources.source import Source
from embedding.sources.store import CrawlStore

_SUGGESTED = 3


def find_seeds(
    source: Source,
    store: CrawlStore,
    names: Sequence[str],
    keys: Sequence[str] = (),
    *,
    budget: Budget,
    on_remark: Callable[[str], None],
) -> list[int]:
    """Return the artists' numbers in the store; a request for each name that was not asked for yet.

    Parameters
    ----------
    source : Source
    store : CrawlStore
    names : sequence of str
        As the user writes them.
    keys : sequence of str
        Ids, in the source or of MusicBrainz, of artists that the store knows.
    budget : Budget
        Told of each request.
    on_remark : callable
        Told a sentence where a name could stand for several artists.

    Raises
    ------
    UnknownArtistError
        Nobody has such a name; the nearest names are offered where the source gives some.
    InputError
        No artist in the store has such a key.
    SourceError, SourceDown
        See `embedding.sources.errors`.
    Cancelled
    """
    numbers: list[int] = []
    for key in keys:
        number = store.number_of(key.removeprefix(f"{source.name}:"))
        if number is None:
            raise InputError(
                f'no answer so far names an artist with the key "{key}"',
                where="--near",
                remedy="give its name with --seed",
            )
        numbers.append(number)
    for name in names:
        _require_name(name)
        kept = store.seed_answer(name)
        if kept is None:
            budget.spend()
            artist, remark = choose(name, source.find(name), source.title)
            kept = store.keep_seed(name, artist, remark), remark
        if kept[1]:
            on_remark(kept[1])
        numbers.append(kept[0])
    return list(dict.fromkeys(numbers))


def _require_name(text: str) -> None:
    """Refuse what is no name: empty, endless, or bytes of the command line that are no text."""
    try:
        clean_name(text)
    except ValueError as error:
        raise InputError(str(error), where="--seed", remedy="give the name of an artist") from None


def choose(name: str, found: Sequence[FoundArtist], title: str) -> tuple[FoundArtist, str]:
    """Return the artist that a name stands for, and what is to be said of the choice, or "".

    Of several who are called so it is the one with the most listeners, else the one that the
    source has first. A name spelled exactly so goes before one that differs in accents or case.

    Raises
    ------
    UnknownArtistError
        Nobody is called so, but others nearly so.
    InputError
        Nobody is called anything like it.
    """
    alike = [each for each in found if fold(each.name) == fold(name)]
    if not alike:
        near = list(dict.fromkeys(each.name for each in found))[:_SUGGESTED]
        if near:
            raise UnknownArtistError(name, near, where=title)
        raise InputError(
            f'no artist is called "{name}"', where=title, remedy="check how it is spelled"
        )
    exact = [each for each in alike if each.name == name] or alike
    best = max(exact, key=lambda each: -1 if each.listeners is None else each.listeners)
    if len(exact) == 1:
        return best, ""
    which = f" ({best.comment})" if best.comment else ""
    return best, (
        f'{title} knows {len(exact)} artists called "{name}": the best known{which} was taken.'
    )
